import type { Day } from '../dates.js';

/**
 * What an entry is about. A `correction` takes back an entry that should not be there; a `promise` names the day by which they
 * said they would answer; those of the clock say when its days do not count; `closing` ends the matter with a recipient.
 */
export const entryKinds = [
  'email',
  'letter',
  'call',
  'meeting',
  'statement',
  'post',
  'note',
  'promise',
  'clock pause',
  'clock resumption',
  'closing',
  'reopening',
  'correction',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What staff may log as contact; the other kinds have forms of their own. */
export const loggableKinds = ['email', 'letter', 'call', 'meeting', 'statement', 'post', 'note'] as const;

export const isLoggable = (kind: EntryKind): boolean => loggableKinds.some((one) => one === kind);

export const entryKindNames: Record<EntryKind, string> = {
  email: 'Email',
  letter: 'Letter',
  call: 'Call',
  meeting: 'Meeting',
  statement: 'Public statement',
  post: 'Social media post',
  note: 'Note',
  promise: 'Promised day',
  'clock pause': 'The clock was paused',
  'clock resumption': 'The clock went on',
  closing: 'Closed',
  reopening: 'Reopened',
  correction: 'Correction',
};

/** `out`: from the campaign. `in`: from the recipient. `none`: neither, such as a note. */
export const directions = ['out', 'in', 'none'] as const;
export type Direction = (typeof directions)[number];
export const directionNames: Record<Direction, string> = { out: 'From us', in: 'From them', none: 'Neither' };

/** What something incoming amounts to. Only the first three are a human answer. */
export const receivedAs = [
  'reply',
  'declined',
  'acknowledgement',
  'auto-reply',
  'bounce',
  'not an answer',
] as const;
export type ReceivedAs = (typeof receivedAs)[number];
export const receivedAsNames: Record<ReceivedAs, string> = {
  reply: 'Reply',
  declined: 'Reply that declines',
  acknowledgement: 'Acknowledgement only',
  'auto-reply': 'Auto-reply',
  bounce: 'Bounce: it did not arrive',
  'not an answer': 'Not an answer to us',
};

/** How well it is known when it happened: to the minute, the day, or only that it had happened by that day. */
export const precisions = ['time', 'day', 'by-day'] as const;
export type Precision = (typeof precisions)[number];

/** The zone in which the day of a moment is to be told: a day known only as a day is the same one for every reader. */
export const zoneOfDay = (precision: Precision | null | undefined, readers: string): string =>
  precision === 'day' || precision === 'by-day' ? 'UTC' : readers;

/** No letter of ours is so old: such a year is a slip of somebody's hand. @param day a calendar day */
export const isLongAgo = (day: Day): boolean => day < '1990-01-01';
export const LONG_AGO = 'That is before 1990. Look at the year once more, and enter the day it happened.';

export type EntryFacts = {
  kind: EntryKind;
  direction: Direction;
  receivedAs?: ReceivedAs | null;
  occurredAt: Date;
  /** did they get the letter by this, though it is neither an email nor a letter of ours: handed over at a meeting, read out on the telephone? */
  delivers?: boolean | null;
};

/** Did a person on the other side speak to us? Whatever they said, no machine goes on writing to them. */
export const isHumanAnswer = ({ kind, direction, receivedAs: as }: Omit<EntryFacts, 'occurredAt'>): boolean =>
  kind === 'meeting' ||
  (direction === 'in' && (as === 'reply' || as === 'declined' || as === 'acknowledgement'));

/** Did we write to them: a letter or an email? */
export const weWrote = ({ kind, direction }: Pick<EntryFacts, 'kind' | 'direction'>): boolean =>
  direction === 'out' && (kind === 'email' || kind === 'letter');

/** Did the letter reach them, or was it sent to them, by this? */
export const weDelivered = (entry: Pick<EntryFacts, 'kind' | 'direction' | 'delivers'>): boolean =>
  weWrote(entry) || Boolean(entry.delivers);

/** Is it contact in either direction, as opposed to a note or a correction? */
export const isContact = ({ kind, direction, receivedAs: as }: Omit<EntryFacts, 'occurredAt'>): boolean =>
  kind === 'meeting' || direction === 'out' || (direction === 'in' && as !== 'bounce' && as !== 'auto-reply');

type Correctable = { _id: unknown; supersedes?: unknown };

/** The ids of entries that a later one superseded. They stay readable and count for nothing. */
export function supersededIds(entries: readonly Correctable[]): Set<string> {
  return new Set(entries.filter(({ supersedes }) => supersedes).map(({ supersedes }) => String(supersedes)));
}

/** The entries that count: neither superseded nor a bare correction. */
export function standing<E extends Correctable & { kind: EntryKind }>(entries: readonly E[]): E[] {
  const gone = supersededIds(entries);
  return entries.filter(({ _id, kind }) => !gone.has(String(_id)) && kind !== 'correction');
}
