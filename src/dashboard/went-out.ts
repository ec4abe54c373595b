import type { QueryFilter } from 'mongoose';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { toNobodyRemoved } from '../recipients/removed.js';
import { countBy } from './count-by.js';
import type { Went, WentFrom } from './what-went.js';

/** What a follow-up comes to by itself; held, failed and uncertain stand among what needs a person. */
export const ends = ['sent', 'captured', 'cancelled'] as const;
type End = (typeof ends)[number];

type Row = Pick<FollowUpRecord, '_id' | 'recipient' | 'subject'> & { settledAt: Date; settledAs: End };

/** Follow-ups that came to an end since then. */
export async function wentOut(since: Date, shown: number): Promise<WentFrom> {
  const filter = { settledAt: { $gte: since }, settledAs: { $in: [...ends] }, ...(await toNobodyRemoved()) };
  const rows = await find(filter)
    .limit(shown + 1)
    .lean<Row[]>();
  const counts = await countBy(FollowUp, { filter, rows, shown, by: 'settledAs' });
  return {
    counts: ends.flatMap((end) => {
      const count = counts.get(end) ?? 0;
      return count > 0 ? [{ as: followUpStateNames[end], count, href: `/went/${end}` }] : [];
    }),
    latest: rows.slice(0, shown).map(toWent),
  };
}

/** So many of those that came to one end, the latest first. */
export const wentOutAs = async (end: End, since: Date, skip: number, limit: number): Promise<Went[]> => {
  const rows = find({ settledAt: { $gte: since }, settledAs: end, ...(await toNobodyRemoved()) })
    .skip(skip)
    .limit(limit);
  return (await rows.lean<Row[]>()).map(toWent);
};

const find = (filter: QueryFilter<FollowUpRecord>) =>
  FollowUp.find(filter, { recipient: 1, subject: 1, settledAt: 1, settledAs: 1 }).sort({ settledAt: -1 });

const toWent = ({ _id, recipient, subject, settledAs, settledAt }: Row): Went => ({
  href: `/follow-ups/${String(_id)}`,
  recipient,
  about: subject || 'No subject yet',
  as: followUpStateNames[settledAs],
  at: settledAt,
});
