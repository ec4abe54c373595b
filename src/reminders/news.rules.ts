/** What the machine settles a follow-up as, in the order in which it is told: first what needs a person. */
export const ends = ['uncertain', 'held', 'failed', 'sent', 'captured', 'cancelled'] as const;
export type End = (typeof ends)[number];

/** What is older, in days, is counted and not listed: it went untold because no mail could be sent. */
export const NEWS_FOR_DAYS = 7;

/** What is older than this, in days, is not news to anybody. */
export const COUNTED_FOR_DAYS = 30;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** What makes a mail of news the only one of its hour, in UTC. */
export const newsKey = ({ _id }: { _id: unknown }, now: Date): string =>
  `news ${String(_id)} ${now.toISOString().slice(0, 13)}`;

/** A follow-up that was settled: `recipient` and `subject` in words, `reasons` as sentences. */
export type SettledItem = {
  id: string;
  recipient: string;
  subject: string;
  end: End;
  at: Date;
  reasons: readonly string[];
};

/** With those whose it is, and who of them has been told. */
export type Untold = SettledItem & { readers: readonly string[]; toldTo: readonly string[] };

/** What one person is to be told, in the order it happened, and how many more there are that are too old to list. */
export type News = { items: SettledItem[]; older: number };

/** Is this person still to be told of it? */
export const isNewsTo = (reader: string, { readers, toldTo }: Untold): boolean =>
  readers.includes(reader) && !toldTo.includes(reader);

/** Have all been told, once `reader` is? */
export const isToldWith = (reader: string, { readers, toldTo }: Untold): boolean =>
  readers.every((id) => id === reader || toldTo.includes(id));

export function newsFrom(untold: readonly SettledItem[], now: Date): News {
  const since = now.getTime() - NEWS_FOR_DAYS * DAY_MS;
  const items = untold.filter(({ at }) => at.getTime() >= since);
  return { items, older: untold.length - items.length };
}
