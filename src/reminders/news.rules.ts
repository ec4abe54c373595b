/** What the machine settles a follow-up as. */
export const followUpEnds = ['uncertain', 'held', 'failed', 'sent', 'captured', 'cancelled'] as const;
export type FollowUpEnd = (typeof followUpEnds)[number];

/**
 * What incoming mail is to whoever is told of it. `reply`: placed, and to be read. `unplaced`: it may be one, and a person says
 * whose. `left`: a machine says that somebody has left.
 */
export type MailEnd = 'reply' | 'unplaced' | 'complaint' | 'bounce' | 'left' | 'challenge';

export type End = FollowUpEnd | MailEnd;

/** The order in which it is told: first who answered, then what needs a person. */
export const ends = [
  'reply',
  'unplaced',
  'complaint',
  'uncertain',
  'held',
  'failed',
  'bounce',
  'left',
  'challenge',
  'sent',
  'captured',
  'cancelled',
] as const satisfies readonly End[];

/** Where an item is kept, and is marked as told. */
export type Source = 'follow-up' | 'mail';

export const sourceOf = (end: End): Source =>
  followUpEnds.some((one) => one === end) ? 'follow-up' : 'mail';

/** What is older, in days, is counted and not listed: it went untold because no mail could be sent. */
export const NEWS_FOR_DAYS = 7;

/** What is older than this, in days, is not news to anybody. */
export const COUNTED_FOR_DAYS = 30;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** What makes a mail of news the only one of its hour, in UTC. */
export const newsKey = ({ _id }: { _id: unknown }, now: Date): string =>
  `news ${String(_id)} ${now.toISOString().slice(0, 13)}`;

/** Which records are to be told: settled until `now`, not too long ago, and not told to everybody whose they are. */
export const untoldAt = (now: Date) => ({
  settledAt: { $gte: new Date(now.getTime() - COUNTED_FOR_DAYS * DAY_MS), $lte: now },
  toldAt: null,
});

/**
 * Something that came to an end by itself, or came in: `about` whom and `subject` in words, `reasons` as sentences. No subject,
 * null, where it would say nothing.
 */
export type SettledItem = {
  id: string;
  about: string;
  subject: string | null;
  end: End;
  at: Date;
  reasons: readonly string[];
};

/** With those whose it is, and who of them has been told. */
export type Untold = SettledItem & { readers: readonly string[]; toldTo: readonly string[] };

/** What one person is to be told, in the order it happened, and how many more there are that are too old to list. */
export type News = { items: SettledItem[]; older: Record<Source, number> };

/** Is this person still to be told of it? */
export const isNewsTo = (reader: string, { readers, toldTo }: Untold): boolean =>
  readers.includes(reader) && !toldTo.includes(reader);

/** Have all been told, once `reader` is? */
export const isToldWith = (reader: string, { readers, toldTo }: Untold): boolean =>
  readers.every((id) => id === reader || toldTo.includes(id));

export function newsFrom(untold: readonly SettledItem[], now: Date): News {
  const since = now.getTime() - NEWS_FOR_DAYS * DAY_MS;
  const items = untold.filter(({ at }) => at.getTime() >= since);
  const tooOld = (source: Source): number =>
    untold.filter(({ at, end }) => at.getTime() < since && sourceOf(end) === source).length;
  return { items, older: { 'follow-up': tooOld('follow-up'), mail: tooOld('mail') } };
}
