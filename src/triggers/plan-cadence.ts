import { CadenceStart } from '../cadences/start.model.js';
import { requestStart, workOn } from '../cadences/start.js';
import { daysBetween, type Day } from '../dates.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { Firing, type FiringRecord } from './firing.model.js';
import { todayIn, type ReadTrigger } from './read-trigger.js';
import { MADE_UP_FOR_DAYS, PLANNED_AHEAD_DAYS } from './trigger.rules.js';
import { belowIn, writeFirings } from './write-firings.js';

/** For so many recipients the cadence is started at once: the record of a start is written anew with every round of it. */
const A_START = 500;

/** By so many days a recipient's own holidays and closures may move its day; before that nobody is looked at. */
const SLACK_DAYS = 60;

/**
 * Plans the cadence for everybody it is time for and for whom it was not set in motion before. A firing is written for each
 * of them first, so that what is broken off in the middle is finished by the next sweep and never done twice.
 * @param day by the campaign's own calendar
 * @returns for how many it is planned now
 */
export async function planCadence(read: ReadTrigger, day: Day, deps: Deps): Promise<number> {
  const away = daysBetween(todayIn(read, deps.now()), day);
  if (away > PLANNED_AHEAD_DAYS + SLACK_DAYS || away < -MADE_UP_FOR_DAYS - SLACK_DAYS) return 0;
  if (!(await othersAreDone(read, deps))) return 0;
  const finished = await markPlanned(read);
  await writeFirings(read, deps);
  const begun = await firingsIn(read, 'begun');
  const below = await belowIn(read, begun, ({ to }) => to);
  if (below.length > 0 && !(await startAll(read, below, deps))) return finished;
  return finished + (await settle(read, begun));
}

/** One cadence at a time is started in a campaign; a start whose process died is finished first. */
async function othersAreDone({ campaign }: ReadTrigger, deps: Deps): Promise<boolean> {
  const underWay = await CadenceStart.findOne({ underWayIn: campaign._id }, { _id: 1 }).lean();
  return !underWay || workOn(underWay._id, deps);
}

const firingsIn = ({ trigger: { _id, milestone } }: ReadTrigger, state: FiringRecord['state']) =>
  Firing.find({ trigger: _id, milestone, state }).sort({ to: 1 }).lean<FiringRecord[]>().exec();

/** @returns false where it is somebody else's by now, or the process is to end */
async function startAll(read: ReadTrigger, begun: readonly FiringRecord[], deps: Deps): Promise<boolean> {
  for (let i = 0; i < begun.length; i += A_START)
    if (!(await start(read, begun.slice(i, i + A_START), deps))) return false;
  return true;
}

async function start(
  { trigger, campaign }: ReadTrigger,
  begun: readonly FiringRecord[],
  deps: Deps,
): Promise<boolean> {
  const wanted = {
    cadence: trigger.cadence!,
    campaign: campaign._id,
    only: begun.map(({ to }) => to),
    trigger: trigger._id,
    firstDueOn: begun.map(({ to, day, how }) => ({ recipient: to, day, how })) as never,
  };
  try {
    return await workOn(await requestStart(wanted, trigger.author, deps.now()), deps);
  } catch (error) {
    if (error instanceof RuleBroken) return false;
    throw error;
  }
}

/** What was begun and has its follow-ups is planned. @returns how many that were */
async function markPlanned(read: ReadTrigger): Promise<number> {
  const begun = await firingsIn(read, 'begun');
  if (begun.length === 0) return 0;
  const rows = await FollowUp.find({ trigger: read.trigger._id }, { recipient: 1 }).lean();
  const there = new Set(rows.map(({ recipient }) => String(recipient)));
  const planned = begun.filter(({ to }) => there.has(String(to)));
  const { modifiedCount } = await Firing.updateMany(stillBegun(planned), { $set: { state: 'planned' } });
  return modifiedCount;
}

/**
 * The same after the cadence was started for these. For whom none could be planned after all, since something came in
 * between, nothing was set in motion: the next sweep looks at them anew.
 */
async function settle(read: ReadTrigger, begun: readonly FiringRecord[]): Promise<number> {
  const count = await markPlanned(read);
  await Firing.deleteMany(stillBegun(begun));
  return count;
}

const stillBegun = (firings: readonly FiringRecord[]) => ({
  _id: { $in: firings.map(({ _id }) => _id) },
  state: 'begun' as const,
});
