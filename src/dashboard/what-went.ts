import type { Types } from 'mongoose';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { cameIn } from './came-in.js';
import { wentOut } from './went-out.js';

const HOURS = 24;
const LATEST = 5;

/** Something that went or came in by itself: `as` says what it came to. */
export type Went = {
  href: string;
  recipient: Types.ObjectId | null | undefined;
  about: string;
  as: string;
  at: Date;
};

/** What one source has to say: how many came to which end, and so many of the latest. */
export type WentFrom = { counts: { as: string; count: number; href: string }[]; latest: Went[] };

export type WhatWent = {
  counts: WentFrom['counts'];
  latest: (Omit<Went, 'recipient'> & { title: string })[];
};

/** What went and came in by itself in the last 24 hours, the latest first. @returns null where nothing did */
export async function readWhatWent(now: Date): Promise<WhatWent | null> {
  const since = new Date(now.getTime() - HOURS * 3_600_000);
  const [came, went] = await Promise.all([cameIn(since, LATEST), wentOut(since, LATEST)]);
  const latest = [...came.latest, ...went.latest]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LATEST);
  if (latest.length === 0) return null;
  const nameOf = await namesOf(latest.flatMap(({ recipient }) => recipient ?? []));
  return {
    counts: [...came.counts, ...went.counts],
    latest: latest.map(({ recipient, ...one }) => ({
      ...one,
      title: nameOf.get(String(recipient)) ?? 'Somebody who is no recipient any more',
    })),
  };
}

async function namesOf(ids: readonly Types.ObjectId[]): Promise<Map<string, string>> {
  const named = await Recipient.find({ _id: { $in: ids } }, { organisationName: 1 }).lean<
    Pick<RecipientRecord, '_id' | 'organisationName'>[]
  >();
  return new Map(named.map(({ _id, organisationName }) => [String(_id), organisationName]));
}
