import { weWrote, type EntryFacts } from '../history/entry.rules.js';
import { deliveryChanges, engagementChanges, order, type Turn } from './status-changes.rules.js';

/** Whether the letter has reached a recipient, as far as we know. */
export const deliveries = ['not sent', 'sent', 'bounced', 'other channel'] as const;
export type Delivery = (typeof deliveries)[number];
export const deliveryNames: Record<Delivery, string> = {
  'not sent': 'Not sent',
  sent: 'Sent',
  bounced: 'Bounced',
  'other channel': 'Delivered by another channel',
};

/** What a recipient has said, from nothing to the end of the matter. */
export const engagements = [
  'silent',
  'auto-answered',
  'acknowledged',
  'replied',
  'in talks',
  'declined',
  'closed',
] as const;
export type Engagement = (typeof engagements)[number];
export const engagementNames: Record<Engagement, string> = {
  silent: 'Silent',
  'auto-answered': 'Auto-reply only',
  acknowledged: 'Acknowledged only',
  replied: 'Replied',
  'in talks': 'In talks',
  declined: 'Declined',
  closed: 'Closed',
};

/** Not written to, and not a word from them either: nobody calls them silent, there is nothing yet that they could answer. */
export const isUntouched = ({ delivery, engagement }: Standing): boolean =>
  delivery === 'not sent' && engagement === 'silent';

/** `Not sent`, `Sent, silent`, `Bounced, acknowledged only`: both at once, as lists show them. */
export function statusInWords(standing: Standing): string {
  const { delivery, engagement } = standing;
  if (isUntouched(standing)) return deliveryNames[delivery];
  const said = engagementNames[engagement];
  return `${deliveryNames[delivery]}, ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

export type Standing = { delivery: Delivery; engagement: Engagement };

/** Of a recipient of whom nothing is recorded. */
export const atFirst: Standing = { delivery: 'not sent', engagement: 'silent' };

/** Both axes as they are stored in one field, and read from it: `sent, silent`. */
export const inOneField = ({ delivery, engagement }: Standing): string => `${delivery}, ${engagement}`;
export function fromOneField(status: string): Standing {
  const [delivery, engagement] = status.split(', ');
  return { delivery: delivery as Delivery, engagement: engagement as Engagement };
}

/** A person over there has said something that counts as an answer: an acknowledgement does not. */
export const answered: readonly Engagement[] = ['replied', 'in talks', 'declined'];
/** No answer is awaited any more. */
export const settled: readonly Engagement[] = [...answered, 'closed'];
/** An answer is awaited. */
export const unanswered: readonly Engagement[] = ['silent', 'auto-answered', 'acknowledged'];
/** Not a word from any person over there. */
export const unheard: readonly Engagement[] = ['silent', 'auto-answered'];
export const hasAnswered = (engagement: Engagement): boolean => answered.includes(engagement);
export const isSettled = (engagement: Engagement): boolean => settled.includes(engagement);

/** A confirmed stance by which they answered an ask; `at`: the day they said so, at noon UTC. */
export type Stated = { at: Date };

/** One change, and what caused it: an entry, or a stance where that is null. */
export type StatusChange<E> = { at: Date; entry: E | null } & (
  | { axis: 'delivery'; from: Delivery; to: Delivery }
  | { axis: 'engagement'; from: Engagement; to: Engagement }
);
export type Status<E> = Standing & { changes: StatusChange<E>[] };

/**
 * Derives the status from what happened, when it happened: in which order it was recorded does not matter.
 * @param entries those that stand (superseded ones left out by the caller), in any order
 * @param stated confirmed stances by which they answered
 */
export function statusOf<E extends EntryFacts>(
  entries: readonly E[],
  stated: readonly Stated[] = [],
): Status<E> {
  const status: Status<E> = { ...atFirst, changes: [] };
  let before: Engagement = 'silent';
  for (const { turn, at, entry } of turnsOf(entries, stated)) {
    const delivery = deliveryChanges[status.delivery][turn];
    if (delivery) {
      status.changes.push({ axis: 'delivery', from: status.delivery, to: delivery, at, entry });
      status.delivery = delivery;
    }
    // what is said of a closed matter, short of opening it again, is where it stands once it is reopened
    if (status.engagement === 'closed') before = stillClosed(before, turn);
    const next = engagementChanges[status.engagement][turn];
    if (next) {
      const engagement = next === 'as before' ? before : next;
      if (engagement === 'closed') before = status.engagement;
      status.changes.push({ axis: 'engagement', from: status.engagement, to: engagement, at, entry });
      status.engagement = engagement;
    }
  }
  return status;
}

function stillClosed(before: Engagement, turn: Turn): Engagement {
  const next = engagementChanges[before][turn];
  return next && next !== 'as before' && next !== 'closed' ? next : before;
}

function turnsOf<E extends EntryFacts>(entries: readonly E[], stated: readonly Stated[]) {
  const turns = [
    ...entries.flatMap((entry) =>
      turnsIn(entry).map((turn) => ({ turn, at: entry.occurredAt, entry: entry as E | null })),
    ),
    ...stated.map(({ at }) => ({ turn: 'stated' as const, at, entry: null })),
  ];
  return turns.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || order.indexOf(a.turn) - order.indexOf(b.turn),
  );
}

/** A meeting may be both: the letter is handed over, and they talk. */
function turnsIn(entry: EntryFacts): Turn[] {
  const { kind, direction, receivedAs, delivers } = entry;
  const delivered: Turn[] = delivers && !weWrote(entry) ? ['delivered'] : [];
  if (kind === 'meeting' || kind === 'closing' || kind === 'reopening') return [...delivered, kind];
  if (weWrote(entry)) return [kind as 'email' | 'letter'];
  if (direction === 'in' && receivedAs && receivedAs !== 'not an answer') return [...delivered, receivedAs];
  return delivered;
}
