import type { Types } from 'mongoose';
import { isDuplicate, pastDeadlocks } from '../../database.js';
import { Publication, type PublicationRecord } from '../publication.model.js';
import type { FoundPublication } from './found.js';

type Of = { source: Types.ObjectId; track: Types.ObjectId };

/** Stores what is new or has changed among the publications of a source; nothing is taken away. @returns how many */
export async function storePublications(
  of: Of,
  found: readonly FoundPublication[],
  now: Date,
): Promise<number> {
  const stored = await Publication.find({ source: of.source }).lean<PublicationRecord[]>();
  const known = new Map(stored.map((one) => [one.key, one]));
  const latest = [...new Map(found.map((one) => [one.key, one])).values()];
  const added = latest.filter(({ key }) => !known.has(key));
  const changed = latest.filter((one) => known.has(one.key) && !saysTheSame(known.get(one.key)!, one));
  await insert(added.map((one) => ({ ...of, ...one, seenAt: now })));
  for (const { key, ...one } of changed)
    await Publication.updateOne({ source: of.source, key }, { $set: { ...one, seenAt: now } });
  return added.length + changed.length;
}

const saysTheSame = (stored: PublicationRecord, one: FoundPublication): boolean =>
  stored.kind === one.kind &&
  stored.title === one.title &&
  stored.publishedOn === one.publishedOn &&
  stored.link === one.link;

async function insert(rows: readonly Omit<PublicationRecord, '_id'>[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    await pastDeadlocks(() => Publication.insertMany(rows, { ordered: false }));
  } catch (error) {
    // another process read the same source
    if (!isDuplicate(error)) throw error;
  }
}
