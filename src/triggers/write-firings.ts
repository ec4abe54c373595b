import type { Types } from 'mongoose';
import { planSteps, type Starting, type StartPlan } from '../cadences/plan-steps.js';
import { isDuplicate, pastDeadlocks } from '../database.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { inBatches } from '../in-batches.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import { countDaysAt, whenOf } from './count-days.rules.js';
import { Firing } from './firing.model.js';
import type { ReadTrigger } from './read-trigger.js';
import { stancesOn } from './stances.js';
import { isBelow, phaseOf } from './trigger.rules.js';

/** So many recipients are looked at with one read. */
const ROUND = 100;

/** How its cadence is started for a recipient, on the day that the trigger has by their calendar. */
export async function startingOf(read: ReadTrigger, deps: Pick<Deps, 'post' | 'now'>): Promise<Starting> {
  const { trigger, campaign, milestone, plan } = read;
  const author = await User.findById(trigger.author, { name: 1 }).lean();
  return {
    cadence: plan!.cadence._id,
    campaign,
    steps: plan!.steps,
    senderName: author?.name ?? '',
    from: deps.post.from,
    now: deps.now(),
    seed: String(trigger._id),
    trigger: trigger._id,
    givenTo: (_recipient, place) => countDaysAt(trigger, milestone!, place),
  };
}

/** Writes a firing for everybody it is time for now, who has none and for whom nothing stands in the way. */
export async function writeFirings(read: ReadTrigger, deps: Deps): Promise<void> {
  const { trigger, milestone, campaign } = read;
  const starting = await startingOf(read, deps);
  const of = { trigger: trigger._id, milestone: trigger.milestone };
  const fired = new Set((await Firing.find(of, { to: 1 }).lean()).map(({ to }) => String(to)));
  const everybody = Recipient.find({ campaign: campaign._id }).sort({ _id: 1 }).lean<RecipientRecord[]>();
  for await (const batch of inBatches(everybody.cursor({ batchSize: ROUND }), ROUND)) {
    const notYet = batch.filter(({ _id }) => !fired.has(String(_id)));
    const fresh = await belowIn(read, notYet, ({ _id }) => _id);
    const plans = fresh.length > 0 ? await planSteps(fresh, starting) : [];
    await insert(
      plans
        .filter((plan) => isTime(plan, deps.now()))
        .map(({ recipient, planned }) => ({
          ...of,
          to: recipient._id,
          campaign: campaign._id,
          effect: trigger.effect,
          state: 'begun' as const,
          ...planned[0]!.given!,
          on: whenOf(trigger.basis, milestone!),
          moves: [],
          said: '',
          at: deps.now(),
        })),
    );
  }
}

/** Those of them whose recipient has a stance below the one that the trigger names. */
export async function belowIn<T>(
  { trigger }: ReadTrigger,
  some: readonly T[],
  recipientOf: (one: T) => Types.ObjectId,
): Promise<T[]> {
  const stanceOf = await stancesOn(trigger.ask!, some.map(recipientOf));
  return some.filter((one) => isBelow(stanceOf(recipientOf(one)), trigger.below!));
}

const isTime = ({ recipient, reasons, planned }: StartPlan, now: Date): boolean =>
  reasons.length === 0 && phaseOf(planned[0]!.given!.day, dayOf(now, recipient.timeZone)) === 'now';

async function insert(firings: object[]): Promise<void> {
  if (firings.length === 0) return;
  try {
    await pastDeadlocks(() => Firing.collection.insertMany(firings, { ordered: false }));
  } catch (error) {
    // another sweep wrote it in this moment
    if (!isDuplicate(error)) throw error;
  }
}
