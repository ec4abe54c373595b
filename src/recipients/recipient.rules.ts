import { weWrote, type EntryFacts } from '../history/entry.rules.js';

/** Where a recipient stands, from nothing to an answer. */
export const recipientStatuses = [
  'not sent',
  'sent',
  'bounced',
  'acknowledged',
  'replied',
  'met',
  'declined',
] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

export const statusNames: Record<RecipientStatus, string> = {
  'not sent': 'Not sent',
  sent: 'Sent, no answer',
  bounced: 'Bounced',
  acknowledged: 'Acknowledged only',
  replied: 'Replied',
  met: 'Met',
  declined: 'Declined',
};

/** Written to, and no answer yet: an acknowledgement is none. */
export const unanswered: readonly RecipientStatus[] = ['sent', 'bounced', 'acknowledged'];

/** Written to, and not a word from any person over there, as far as the status tells. */
export const silent: readonly RecipientStatus[] = ['sent', 'bounced'];

/**
 * Derives the status from the entries that stand (superseded ones left out by the caller), in any order.
 * A meeting outweighs a later reply; a refusal after either counts as the last word; a bounce is forgotten
 * once something was sent again; an acknowledgement or auto-reply never outweighs an answer.
 */
export function statusOf(entries: readonly EntryFacts[]): RecipientStatus {
  const inOrder = entries.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || lateness(a) - lateness(b),
  );
  return inOrder.reduce<RecipientStatus>(next, 'not sent');
}

/** Of things at the same moment, such as two days known without a time: what was sent comes before what it led to. */
const lateness = ({ kind, direction, receivedAs }: EntryFacts): number => {
  if (kind === 'meeting') return 1;
  return direction === 'in' ? 2 + sameMoment.indexOf(receivedAs ?? null) : 0;
};
const sameMoment: readonly EntryFacts['receivedAs'][] = ['bounce', 'acknowledgement', 'reply', 'declined'];

/** A person over there has said something that counts as an answer. */
export const hasAnswered = (status: RecipientStatus): boolean =>
  status === 'replied' || status === 'met' || status === 'declined';

function next(status: RecipientStatus, entry: EntryFacts): RecipientStatus {
  const { kind, direction, receivedAs } = entry;
  if (kind === 'meeting') return 'met';
  if (direction === 'in' && receivedAs === 'declined') return 'declined';
  if (direction === 'in' && receivedAs === 'reply') return status === 'met' ? 'met' : 'replied';
  if (hasAnswered(status)) return status;
  if (direction === 'in' && receivedAs === 'acknowledgement') return 'acknowledged';
  if (direction === 'in' && receivedAs === 'bounce') return 'bounced';
  if (weWrote(entry)) return status === 'acknowledged' ? status : 'sent';
  return status;
}

/**
 * Is an answer overdue? Days are calendar days in the campaign's time zone, `2026-11-24`.
 * The day the answer is due on is still in time.
 */
export const isOverdue = (
  status: RecipientStatus,
  answerDueOn: string | null | undefined,
  today: string,
): boolean => Boolean(answerDueOn) && unanswered.includes(status) && today > answerDueOn!;

/** `Writing to them is paused: They asked for time.` Whoever gave the reason may have left out the full stop. */
export const pauseInWords = (reason: string): string =>
  `Writing to them is paused${reason && `: ${reason}`}`.replace(/(?<![.!?…])$/, '.');
