import { Types } from 'mongoose';
import { dayInWords, dayOf, type Day } from '../dates.js';
import { RuleBroken } from '../errors.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { weWrote, zoneOfDay } from '../history/entry.rules.js';
import { titleOf } from '../history/timeline.js';

const shown = {
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  precision: 1,
  recipient: 1,
  supersedes: 1,
} as const;
export type EvidenceEntry = Pick<EntryRecord, '_id' | keyof typeof shown>;

const LISTED = 40;

/** The entries of a recipient that a stance may rest on, the latest first: not what we wrote, and nothing that was corrected. */
export async function readEvidence(recipient: Types.ObjectId): Promise<EvidenceEntry[]> {
  const found = await Entry.find({ recipient, kind: { $ne: 'correction' } }, shown)
    .sort({ occurredAt: -1, _id: -1 })
    .limit(2 * LISTED)
    .lean<EvidenceEntry[]>();
  const corrected = await correctedAmong(found.map(({ _id }) => _id));
  return found.filter((entry) => !weWrote(entry) && !corrected.has(String(entry._id))).slice(0, LISTED);
}

/** @throws RuleBroken where the entry is of somebody else, or was corrected */
export async function assertIsEvidence(id: string, recipient: Types.ObjectId): Promise<void> {
  const entry = await findEvidence(new Types.ObjectId(id), recipient);
  if (!entry) throw new RuleBroken('Choose an entry of this recipient that has not been corrected.');
}

/** The entry, where it is one of this recipient that holds; null otherwise. */
export async function findEvidence(
  id: Types.ObjectId,
  recipient: Types.ObjectId,
): Promise<EvidenceEntry | null> {
  const entry = await Entry.findOne({ _id: id, recipient }, shown).lean<EvidenceEntry>();
  if (!entry || entry.kind === 'correction') return null;
  return (await correctedAmong([id])).size > 0 ? null : entry;
}

/** Which of these entries a later one superseded, by their ids. */
export async function correctedAmong(ids: readonly Types.ObjectId[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const corrections = await Entry.find({ supersedes: { $in: ids } }, { supersedes: 1 }).lean();
  return new Set(corrections.map(({ supersedes }) => String(supersedes)));
}

/** The calendar day of an entry, where the reader is. */
export const dayOfEntry = ({ occurredAt, precision }: EvidenceEntry, zone: string): Day =>
  dayOf(occurredAt, zoneOfDay(precision, zone));

/** `Email from them: reply, 24 November 2026` */
export const entryInWords = (entry: EvidenceEntry, zone: string): string =>
  `${titleOf(entry)}, ${dayInWords(dayOfEntry(entry, zone))}`;
