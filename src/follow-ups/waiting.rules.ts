import { stepTime } from '../cadences/cadence.rules.js';
import { dayInWords, dayOf } from '../dates.js';
import { pauseInWords } from '../recipients/pause.rules.js';
import { addWorkingDays, nextInWindow } from '../sending-window.js';
import { isTooLate, type Gated, type GateContext } from './send-gate.rules.js';

const UNREAD_HOURS = 1;

/**
 * Mail that may be their answer has come in: whatever is planned waits until somebody has read it, keeps its approval, and is
 * looked at again an hour later. One planned by hand waits for as long as it may be late, and is a person's matter then; a cadence
 * is given new days when it goes on.
 */
export const waitsForReading = (
  { cadence, dueAt }: Pick<Gated, 'cadence' | 'dueAt'>,
  { hasUnreadMail, place, window, latestHours }: GateContext,
  now: Date,
): Waiting | null =>
  hasUnreadMail && (cadence || !isTooLate(dueAt, latestHours, now))
    ? {
        reasons: ['Mail that may be their answer has come in. It goes on when somebody has read that.'],
        until: nextInWindow(new Date(now.getTime() + UNREAD_HOURS * 3_600_000), place, window),
      }
    : null;

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
  const { stepsBefore, paused, place, window } = context;
  const gap = followUp.gap ?? 1;
  const today = { day: dayOf(now, place.timeZone), what: 'today', planned: false };
  const waits: Waiting[] = [];
  const wait = (reason: string, after: typeof today, days: number) =>
    waits.push({ reasons: [reason], until: stepTime(after, days, place, window, now).dueAt });

  if (paused !== null)
    wait(`${pauseInWords(paused)} The cadence goes on when somebody resumes it.`, today, 1);
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
