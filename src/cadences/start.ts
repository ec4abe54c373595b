import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { QueryFilter, Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import { isDuplicate } from '../database.js';
import type { Deps } from '../deps.js';
import { NotFound, RuleBroken } from '../errors.js';
import { tellRenamedMeanwhile } from '../follow-ups/rename-sender.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { refreshBehind } from '../recipients/refresh-behind.js';
import { User } from '../users/user.model.js';
import { findCadence, readSteps } from './cadences.js';
import { insertRows } from './insert-rows.js';
import { planSteps, type StartPlan, type Starting } from './plan-steps.js';
import { seenStepsOf } from './preview-start.js';
import { CadenceStart, type CadenceStartRecord } from './start.model.js';

/** So many recipients are planned between two looks at the clock, and between other people's pages. */
const ROUND = 25;

/** Who has not been heard of for so many milliseconds has died, and another one goes on. */
const TAKEN_FOR_DEAD = 60_000;

/** So many of those it was not started for are named. */
const NAMED = 100;

type Wanted = {
  cadence: Types.ObjectId;
  campaign: Types.ObjectId;
  only?: Types.ObjectId[];
  despite?: Types.ObjectId[];
} & Pick<CadenceStartRecord, 'seen' | 'trigger' | 'firstDueOn'>;

/**
 * Writes down that a cadence is to be started; `workOn` does it, and a job goes on where a process ended.
 * @throws RuleBroken while one is being started in this campaign: nobody is chased by two cadences
 */
export async function requestStart(
  { cadence, campaign, only, despite, seen, trigger, firstDueOn }: Wanted,
  by: Types.ObjectId,
  now: Date,
): Promise<Types.ObjectId> {
  const of = await Recipient.countDocuments({ campaign, ...(only && { _id: { $in: only } }) });
  const set = {
    ...(only && { only, despite }),
    ...(seen && { seen }),
    ...(trigger && { trigger, firstDueOn }),
  };
  const start = { cadence, campaign, by, at: now, ...set, of, underWayIn: campaign };
  try {
    return (await CadenceStart.create(start))._id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new RuleBroken(
      'A cadence of this campaign is just being started. Nothing was started now: wait until that one is done, then look again.',
    );
  }
}

/** @throws NotFound */
export async function findStart(id: Types.ObjectId): Promise<CadenceStartRecord> {
  const start = await CadenceStart.findById(id).lean<CadenceStartRecord>();
  if (!start) throw new NotFound('There is no such start of a cadence.');
  return start;
}

/** Goes on with every start that nobody works on. @returns how many were finished */
export async function workOnStarts(deps: Deps): Promise<number> {
  const silent = new Date(deps.now().getTime() - TAKEN_FOR_DEAD);
  const open = await CadenceStart.find(
    { finishedAt: null, $or: [{ claim: null }, { 'claim.at': { $lt: silent } }] },
    { _id: 1 },
  ).lean();
  let finished = 0;
  for (const { _id } of open) if (await workOn(_id, deps)) finished += 1;
  return finished;
}

/**
 * Plans the steps of a start for one group of recipients after another and notes how far it is. Only one process does so at a
 * time; should two, the unique index and the fixed Message-IDs keep every step single.
 * @returns whether it is finished
 */
export async function workOn(id: Types.ObjectId, deps: Deps): Promise<boolean> {
  const claim = await claimStart(id, deps.now());
  if (!claim) return false;
  const start = await findStart(id);
  const [cadence, campaign, sender] = await Promise.all([
    findCadence(start.cadence),
    findCampaign(start.campaign),
    User.findById(start.by, { name: 1 }).lean(),
  ]);
  const steps = await readSteps(cadence);
  const starting: Starting = {
    cadence: cadence._id,
    campaign,
    steps,
    isAsSeen: !start.seen || start.seen === seenStepsOf(steps),
    senderName: sender?.name ?? '',
    from: deps.post.from,
    now: deps.now(),
    // a trigger never sets the same step in motion twice, however often its work is begun
    seed: String(start.trigger ?? id),
    despite: start.despite ?? [],
    ...(start.trigger && { trigger: start.trigger, givenTo: givenBy(start) }),
  };
  for (let { after } = start; ;) {
    const recipients = await nextOf(start, after);
    const plans = await planSteps(await refreshBehind(recipients), starting);
    await insertRows(plans, starting, start);
    starting.senderName = await tellRenamedMeanwhile(
      start.by,
      recipients.map(({ _id }) => _id),
      deps,
    );
    if (!(await notePlans(id, claim, plans, deps.now()))) return false;
    if (recipients.length < ROUND) return true;
    if (deps.stopping?.aborted) return false;
    after = recipients.at(-1)!._id;
    await setImmediate();
  }
}

function givenBy({ firstDueOn }: CadenceStartRecord): Starting['givenTo'] {
  const of = new Map((firstDueOn ?? []).map((one) => [String(one.recipient), one]));
  return ({ _id }) => {
    const given = of.get(String(_id));
    return given ? { day: given.day, how: given.how } : null;
  };
}

async function claimStart(id: Types.ObjectId, now: Date): Promise<string | null> {
  const claim = randomUUID();
  const silent = new Date(now.getTime() - TAKEN_FOR_DEAD);
  const { modifiedCount } = await CadenceStart.updateOne(
    { _id: id, finishedAt: null, $or: [{ claim: null }, { 'claim.at': { $lt: silent } }] },
    { $set: { claim: { id: claim, at: now } } },
  );
  return modifiedCount > 0 ? claim : null;
}

function nextOf({ campaign, only }: CadenceStartRecord, after: Types.ObjectId | null | undefined) {
  const filter: QueryFilter<RecipientRecord> = { campaign };
  if (only || after) filter._id = { ...(only && { $in: only }), ...(after && { $gt: after }) };
  return Recipient.find(filter).sort({ _id: 1 }).limit(ROUND).lean<RecipientRecord[]>();
}

/** How far it is. The last group, which is not full, ends it. @returns false when the work is somebody else's by now */
async function notePlans(
  id: Types.ObjectId,
  claim: string,
  plans: readonly StartPlan[],
  now: Date,
): Promise<boolean> {
  const left = plans.filter(({ reasons }) => reasons.length > 0);
  const last = plans.at(-1);
  const { modifiedCount } = await CadenceStart.updateOne(
    { _id: id, 'claim.id': claim },
    {
      $set: {
        'claim.at': now,
        ...(last && { after: last.recipient._id }),
        ...(plans.length < ROUND && { finishedAt: now }),
      },
      ...(plans.length < ROUND && { $unset: { underWayIn: 1 } }),
      $inc: { looked: plans.length, started: plans.length - left.length, leftCount: left.length },
      $push: {
        left: {
          $each: left.map(({ recipient, reasons }) => ({
            recipient: recipient._id,
            name: `${recipient.organisationName}, ${recipient.officeTitle}`,
            reasons,
          })),
          $slice: NAMED,
        },
      },
    },
  );
  return modifiedCount > 0;
}
