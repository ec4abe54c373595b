import type { Deps } from '../deps.js';
import { followFirings } from './follow-firings.js';
import { planCadence } from './plan-cadence.js';
import { dayFor, campaignPlace, readTrigger, todayIn, type ReadTrigger } from './read-trigger.js';
import { remindStaff } from './remind-staff.js';
import { showNotice } from './show-notice.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';
import { phaseOf, reasonNotToBegin, type TriggerDay } from './trigger.rules.js';

/** What a sweep did: recipients planned for, moved and cancelled, people reminded, notices shown, triggers it broke off at. */
export type SetInMotion = {
  planned: number;
  moved: number;
  cancelled: number;
  reminded: number;
  shown: number;
  failed: number;
};

/**
 * Looks at every trigger: follows what was set in motion to the day it has now, and sets in motion what is due. Whatever it
 * was broken off at, or another sweep does meanwhile, is done once.
 */
export async function setInMotion(deps: Deps): Promise<SetInMotion> {
  const done: SetInMotion = { planned: 0, moved: 0, cancelled: 0, reminded: 0, shown: 0, failed: 0 };
  const triggers = await Trigger.find({ removedAt: null }).sort({ _id: 1 }).lean<TriggerRecord[]>();
  for (const trigger of triggers) {
    if (deps.stopping?.aborted) break;
    // one that cannot be read must not keep the others back
    await setOneInMotion(trigger, done, deps).catch((error: unknown) => {
      deps.log.error({ err: error, trigger: String(trigger._id) }, 'a trigger was broken off');
      done.failed += 1;
    });
  }
  return done;
}

async function setOneInMotion(trigger: TriggerRecord, done: SetInMotion, deps: Deps): Promise<void> {
  const read = await readTrigger(trigger);
  const day = dayFor(read, campaignPlace(read), deps.now());
  if (trigger.effect === 'plan cadence') {
    const followed = await followFirings(read, day, deps);
    done.moved += followed.moved;
    done.cancelled += followed.cancelled;
    if (mayBegin(read, day, deps)) done.planned += await planCadence(read, day.day, deps);
  } else if (mayBegin(read, day, deps) && phaseOf(day.day, todayIn(read, deps.now())) === 'now') {
    if (trigger.effect === 'remind staff') done.reminded += await remindStaff(read, day, deps);
    else done.shown += await showNotice(read, day, deps);
  }
}

/** Approved as it stands, with a day, and not too late for what comes before a milestone. */
function mayBegin(
  read: ReadTrigger,
  day: TriggerDay,
  { now }: Deps,
): day is Exclude<TriggerDay, { rests: string }> {
  const { trigger, milestone, track, approval } = read;
  return (
    approval === 'approved' &&
    !('rests' in day) &&
    !reasonNotToBegin(trigger, milestone!, track!, todayIn(read, now()))
  );
}
