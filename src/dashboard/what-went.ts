import type { Types } from 'mongoose';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { NotFound } from '../errors.js';
import { followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { incomingKindNames, incomingKinds } from '../replies/incoming.rules.js';
import { readPage, type Page } from '../web/paging.js';
import { cameIn, cameInAs } from './came-in.js';
import { ends, wentOut, wentOutAs } from './went-out.js';

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

/** The same with the name of the organisation. */
export type Titled = Omit<Went, 'recipient'> & { title: string };
export type WhatWent = { counts: WentFrom['counts']; latest: Titled[] };

/** What went and came in by itself in the last 24 hours, the latest first. @returns null where nothing did */
export async function readWhatWent(now: Date): Promise<WhatWent | null> {
  const since = sinceWhen(now);
  const [came, went] = await Promise.all([cameIn(since, LATEST), wentOut(since, LATEST)]);
  const latest = [...came.latest, ...went.latest]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LATEST);
  if (latest.length === 0) return null;
  return { counts: [...came.counts, ...went.counts], latest: await titled(latest) };
}

/** One page of what a number of it counts: `as` is a kind of mail, or what a follow-up came to. @throws NotFound for anything else */
export async function readWentAs(
  as: string,
  now: Date,
  number: number,
): Promise<Page<Titled> & { name: string }> {
  const since = sinceWhen(now);
  const kind = incomingKinds.find((one) => one === as);
  const end = ends.find((one) => one === as);
  if (!kind && !end) throw new NotFound('There is no such page.');
  const read = (skip: number, limit: number) =>
    kind ? cameInAs(kind, since, skip, limit) : wentOutAs(end!, since, skip, limit);
  const page = await readPage({ skip: (skip) => ({ limit: (limit) => read(skip, limit) }) }, number);
  const name = kind ? incomingKindNames[kind] : followUpStateNames[end!];
  return { ...page, rows: await titled(page.rows), name };
}

const sinceWhen = (now: Date): Date => new Date(now.getTime() - HOURS * 3_600_000);

async function titled(all: readonly Went[]): Promise<Titled[]> {
  const nameOf = await namesOf(all.flatMap(({ recipient }) => recipient ?? []));
  return all.map(({ recipient, ...one }) => ({
    ...one,
    title: nameOf.get(String(recipient)) ?? 'Somebody who is no recipient any more',
  }));
}

async function namesOf(ids: readonly Types.ObjectId[]): Promise<Map<string, string>> {
  const named = await Recipient.find({ _id: { $in: ids } }, { organisationName: 1 }).lean<
    Pick<RecipientRecord, '_id' | 'organisationName'>[]
  >();
  return new Map(named.map(({ _id, organisationName }) => [String(_id), organisationName]));
}
