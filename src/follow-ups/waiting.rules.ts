import { stepTime, waitsForPromise } from '../cadences/cadence.rules.js';
import { dayInWords, dayOf, startOfNextDay } from '../dates.js';
import { pauseInWords } from '../recipients/pause.rules.js';
import { nextInWindow } from '../sending-window.js';
import { addWorkingDays } from '../working-days.js';
import type { Earlier, Gated, GateContext } from './gated.js';
import { isBefore, isTooLate } from './send-gate.rules.js';

/** How long until it is looked at again, in ms. */
const AN_HOUR = 3_600_000;

/**
 * Whatever is planned waits while there is a reason, keeps its approval, and is looked at again an hour later. One planned by
 * hand waits for as long as it may be late, and is a person's matter then; a cadence is given new days when it goes on.
 */
const hourByHour =
  (reasonOf: (context: GateContext) => string | null) =>
  ({ cadence, dueAt }: Pick<Gated, 'cadence' | 'dueAt'>, context: GateContext, now: Date): Waiting | null => {
    const reason = reasonOf(context);
    const { place, window, latestHours } = context;
    if (!reason || (!cadence && isTooLate(dueAt, latestHours, now))) return null;
    return { reasons: [reason], until: nextInWindow(new Date(now.getTime() + AN_HOUR), place, window) };
  };

/** Mail that may be their answer has come in, and nobody has read it. */
export const waitsForReading = hourByHour(({ hasUnreadMail }) =>
  hasUnreadMail ? 'Mail that may be their answer has come in. It goes on when somebody has read that.' : null,
);

/**
 * No mail has been fetched for hours: what they answered may lie in the mailbox. A step of a cadence waits no longer than one planned
 * by hand, so that somebody is told. What is only captured reaches nobody and need not wait.
 */
export function waitsForMail(
  { dueAt }: Pick<Gated, 'cadence' | 'dueAt'>,
  context: GateContext,
  now: Date,
): Waiting | null {
  if (!context.live || !context.mailIsMissing) return null;
  return untilLate({ dueAt, cadence: null }, context, now);
}

const untilLate = hourByHour(
  () =>
    'No mail has been fetched for hours, and an answer of theirs may lie in the mailbox. It goes on when mail comes in again: see the inbox.',
);

/** The milestone that set it in motion has ended, or is not what it was: the next look at its trigger cancels it. */
export const waitsForTrigger = hourByHour(({ stopped }) =>
  stopped ? `What set it in motion holds no longer. ${stopped}` : null,
);

/** The office is vacant at this moment, or its holder is new and nobody has confirmed them. */
export const waitsForHolder = hourByHour(({ holderName, holderUnconfirmed }) => {
  if (!holderName)
    return 'Nobody is named as holding the office. It goes on when somebody is named and confirmed: see the recipient’s page.';
  return holderUnconfirmed
    ? `${holderName} is new in the office. It goes on when somebody has confirmed the address and how a mail to them begins: see the recipient’s page.`
    : null;
});

/** What a follow-up waits for, a sentence each, and until when at least. */
export type Waiting = { reasons: string[]; until: Date };

/**
 * The other half of the gate: a step that nothing is wrong with, and whose turn has not come. It is given a later time
 * rather than held, so that a cadence goes on by itself and never in a burst.
 * @param now the instant it would leave at
 * @returns null when it need not wait
 */
export function waitsFor(followUp: Gated, context: GateContext, now: Date): Waiting | null {
  if (!followUp.cadence) return null;
  const { stepsBefore, paused, promisedFor, place, window } = context;
  const gap = followUp.gap ?? 1;
  const today = { day: dayOf(now, place.timeZone), what: 'today', planned: false };
  const waits: Waiting[] = [];
  const wait = (reason: string, after: typeof today, days: number) =>
    waits.push({ reasons: [reason], until: stepTime(after, days, place, window, now).dueAt });

  if (paused !== null)
    wait(`${pauseInWords(paused)} The cadence goes on when somebody resumes it.`, today, 1);
  if (promisedFor && promisedFor >= today.day)
    wait(waitsForPromise(promisedFor), { ...today, day: promisedFor }, 1);
  const next = stepsBefore.find(({ state }) => state !== 'sent' && state !== 'captured');
  const last = stepsBefore.at(-1);
  if (next) wait(`Step ${next.step} has not gone yet, and this one follows it.`, today, gap);
  else if (last?.sentAt && !followUp.timeSetByHand) {
    const sentOn = { ...today, day: dayOf(last.sentAt, place.timeZone) };
    if (addWorkingDays(sentOn.day, gap, place) > today.day)
      wait(
        `Step ${last.step} went on ${dayInWords(sentOn.day)}, and this one follows ${gap} working ${gap === 1 ? 'day' : 'days'} later.`,
        sentOn,
        gap,
      );
  }
  if (waits.length === 0) return null;
  return {
    reasons: waits.flatMap(({ reasons }) => reasons),
    until: new Date(Math.max(...waits.map(({ until }) => until.getTime()))),
  };
}

/** Of two that a worker has at the same time, the first looks again after so long, in ms: the other one waits for another day. */
const A_MINUTE = 60_000;

/**
 * Nobody is written to twice on one day, on their own calendar: what is second waits for the next day on which mail may leave,
 * whoever planned the two. What is only captured reaches nobody and need not wait.
 * @returns `another`: the other one; `soon` where that has not gone, and this is the first of the two
 */
export function waitsForAnother(
  followUp: Gated,
  { live, earlier, place, window }: GateContext,
  now: Date,
): (Waiting & { soon: boolean; another: Earlier }) | null {
  const today = dayOf(now, place.timeZone);
  const wentToday = (other: Earlier) => {
    const at = wentOrMayHaveAt(other);
    return at && dayOf(at, place.timeZone) === today;
  };
  const others = live ? earlier.filter((other) => other.state === 'sending' || wentToday(other)) : [];
  const another = others.find(({ state }) => state !== 'uncertain') ?? others[0];
  if (!another) return null;
  const soon = !others.some((other) => wentToday(other) || isBefore(other, followUp));
  const next = soon ? new Date(now.getTime() + A_MINUTE) : startOfNextDay(now, place.timeZone);
  return {
    reasons: [
      `Another follow-up ${goesInWords(another)} to them on this day, and nobody is sent two on one day. This one leaves on the next day on which mail may leave.`,
    ],
    until: nextInWindow(next, place, window),
    soon,
    another,
  };
}

/** What is uncertain may have gone since it was claimed; until somebody says that it did not, it counts. */
const wentOrMayHaveAt = ({ state, sentAt, claim }: Earlier): Date | null | undefined => {
  if (state === 'sent') return sentAt;
  return state === 'uncertain' ? claim?.at : null;
};

/** For a sentence that names it and its day. */
export const goesInWords = ({ state }: Earlier): string => (state === 'uncertain' ? 'may have gone' : 'goes');
