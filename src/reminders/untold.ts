import { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { groupBy } from '../group-by.js';
import { IncomingMail } from '../replies/incoming-mail.model.js';
import { isToldWith, sourceOf, type Source, type Untold } from './news.rules.js';
import type { Staff } from '../attention/whose.rules.js';
import { untoldFollowUps } from './untold-follow-ups.js';
import { untoldMail } from './untold-mail.js';

/** What came in and what was settled until `now` and not told to everybody whose it is, in the order it happened. */
export async function findUntold(staff: readonly Staff[], now: Date): Promise<Untold[]> {
  const [mail, followUps] = await Promise.all([untoldMail(staff, now), untoldFollowUps(staff, now)]);
  return [...mail, ...followUps].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const collections = { mail: IncomingMail.collection, 'follow-up': FollowUp.collection };

/**
 * Writes down that `reader` has been told of these, which were settled until `now`: what came to another end meanwhile
 * is news again.
 */
export async function markTold(untold: readonly Untold[], reader: string, now: Date): Promise<void> {
  for (const [source, rows] of groupBy(untold, ({ end }) => sourceOf(end)))
    await mark(collections[source as Source], rows, reader, now);
}

async function mark(
  collection: (typeof collections)[Source],
  rows: readonly Untold[],
  reader: string,
  now: Date,
): Promise<void> {
  const asFound = (some: readonly Untold[]) => ({
    _id: { $in: some.map(({ id }) => new Types.ObjectId(id)) },
    settledAt: { $lte: now },
  });
  const toAll = rows.filter((row) => isToldWith(reader, row));
  const toSome = rows.filter((row) => !isToldWith(reader, row));
  if (toAll.length > 0) await collection.updateMany(asFound(toAll), { $set: { toldAt: now } });
  if (toSome.length > 0)
    await collection.updateMany(asFound(toSome), { $addToSet: { toldTo: new Types.ObjectId(reader) } });
}
