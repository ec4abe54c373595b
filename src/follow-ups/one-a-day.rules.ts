import { instantInWords } from '../dates.js';
import { groupBy } from '../group-by.js';
import type { Earlier, Gated, GateContext } from './gated.js';
import { isBefore } from './send-gate.rules.js';
import { goesInWords, waitsForAnother } from './waiting.rules.js';

type Leaving = {
  followUp: Gated & { recipient: unknown };
  gate: GateContext;
  leavesAt: Date;
  /** does nothing else keep it back then */
  goes: boolean;
};

/**
 * Of what is to leave for one recipient on one day the first goes, and what is second on the next day on which mail may leave, which
 * may be the day of a third.
 * @returns for each of them, in the same order, why it waits and until when, in one sentence; an empty text where it need not
 */
export function waitsForOthers(leaving: readonly Leaving[], now: Date): string[] {
  const waits = new Map<Leaving, string>();
  const going = leaving.filter(({ goes }) => goes);
  for (const theirs of groupBy(going, ({ followUp }) => String(followUp.recipient)).values())
    for (const [one, reason] of inTurn(theirs, now)) waits.set(one, reason);
  return leaving.map((one) => waits.get(one) ?? '');
}

function inTurn(theirs: readonly Leaving[], now: Date): Map<Leaving, string> {
  const waits = new Map<Leaving, string>();
  const gone: Earlier[] = [];
  const ahead = theirs.map((one) => ({ one, at: one.leavesAt }));
  while (ahead.length > 0) {
    ahead.sort((a, b) => a.at.getTime() - b.at.getTime() || (isFirst(a.one, b.one) ? -1 : 1));
    const next = ahead[0]!;
    const { followUp, gate } = next.one;
    const earlier = [...gate.earlier.map((other) => asGone(other, now)), ...gone];
    const waiting = waitsForAnother(followUp, { ...gate, live: true, earlier }, next.at);
    if (waiting) {
      next.at = waiting.until;
      waits.set(next.one, inWords(waiting, gate.place.timeZone));
    } else {
      gone.push({ ...followUp, state: 'sent', sentAt: next.at });
      ahead.shift();
    }
  }
  return waits;
}

/** As workers decide it that have both at the same time. */
const isFirst = ({ followUp: a }: Leaving, { followUp: b }: Leaving): boolean =>
  isBefore({ ...a, state: 'sending' }, b);

/** What is with the mail server at this moment is a mail of today. */
const asGone = (other: Earlier, now: Date): Earlier =>
  other.state === 'sending' ? { ...other, state: 'sent', sentAt: now } : other;

const inWords = ({ another, until }: { another: Earlier; until: Date }, timeZone: string): string =>
  `“${another.subject}” ${goesInWords(another)} to them on that day, and nobody is sent two on one day: this one waits until ${instantInWords(until, timeZone)} where they are.`;
