import { groupBy } from '../group-by.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import type { List } from '../follow-ups/follow-up-list.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';

/** What a follow-up comes to by itself; held, failed and uncertain stand among what needs a person. */
const ends = ['sent', 'captured', 'cancelled'] as const;
type End = (typeof ends)[number];

const listOf: Record<End, List> = { sent: 'gone', captured: 'gone', cancelled: 'cancelled' };

const HOURS = 24;
const LATEST = 5;

type Row = Pick<FollowUpRecord, '_id' | 'recipient' | 'subject'> & { settledAt: Date; settledAs: End };

export type WhatWent = {
  counts: { end: End; count: number; list: List }[];
  latest: { href: string; title: string; about: string; end: End; at: Date }[];
};

/** What went by itself in the last 24 hours, the latest first. @returns null where nothing did */
export async function readWhatWent(now: Date): Promise<WhatWent | null> {
  const filter = {
    settledAt: { $gte: new Date(now.getTime() - HOURS * 3_600_000) },
    settledAs: { $in: [...ends] },
  };
  const rows = await FollowUp.find(filter, { recipient: 1, subject: 1, settledAt: 1, settledAs: 1 })
    .sort({ settledAt: -1 })
    .limit(LATEST + 1)
    .lean<Row[]>();
  if (rows.length === 0) return null;
  const latest = rows.slice(0, LATEST);
  const [counts, nameOf] = await Promise.all([
    rows.length > LATEST ? countInDatabase(filter) : countHere(rows),
    namesOf(latest),
  ]);
  return {
    counts: ends.flatMap((end) => {
      const count = counts.get(end) ?? 0;
      return count > 0 ? [{ end, count, list: listOf[end] }] : [];
    }),
    latest: latest.map(({ _id, recipient, subject, settledAs, settledAt }) => ({
      href: `/follow-ups/${String(_id)}`,
      title: nameOf.get(String(recipient)) ?? 'Somebody who is no recipient any more',
      about: subject || 'No subject yet',
      end: settledAs,
      at: settledAt,
    })),
  };
}

const countHere = (rows: readonly Row[]): Map<string, number> =>
  new Map([...groupBy(rows, ({ settledAs }) => settledAs)].map(([end, { length }]) => [end, length]));

async function countInDatabase(filter: object): Promise<Map<string, number>> {
  const counted = await FollowUp.aggregate<{ _id: End; count: number }>([
    { $match: filter },
    { $group: { _id: '$settledAs', count: { $sum: 1 } } },
  ]);
  return new Map(counted.map(({ _id, count }) => [_id, count]));
}

async function namesOf(rows: readonly Row[]): Promise<Map<string, string>> {
  const named = await Recipient.find(
    { _id: { $in: rows.map(({ recipient }) => recipient) } },
    { organisationName: 1 },
  ).lean<Pick<RecipientRecord, '_id' | 'organisationName'>[]>();
  return new Map(named.map(({ _id, organisationName }) => [String(_id), organisationName]));
}
