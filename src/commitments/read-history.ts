import { Types } from 'mongoose';
import { byId } from '../group-by.js';
import { Entry } from '../history/entry.model.js';
import { pageOfEntry } from '../history/timeline.js';
import { User } from '../users/user.model.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { currentOf, reasonNotToConfirm } from './commitment.rules.js';
import { correctedAmong, entryInWords, type EvidenceEntry } from './evidence.js';
import type { Cell } from './refresh-cell.js';

type Reader = { _id: Types.ObjectId; timeZone: string };

/** Everything that was ever written down in a cell, what they said last first, with people's names and the evidence in words. */
export async function readHistory(cell: Cell, reader: Reader) {
  const records = await Commitment.find(cell).sort({ on: -1, setAt: -1, _id: -1 }).lean<CommitmentRecord[]>();
  const [nameOf, entryOf] = await Promise.all([readNames(records), readEntries(records, reader)]);
  const holds = currentOf(records);
  return records.map((record) => {
    const entry = entryOf.get(String(record.entry)) ?? null;
    const entryStands = entry !== null && !entry.isCorrected;
    return {
      ...record,
      holds: record === holds,
      entry,
      setByName: nameOf(record.setBy),
      confirmedByName: nameOf(record.confirmedBy),
      takenBackByName: nameOf(record.takenBackBy),
      notToConfirm: reasonNotToConfirm(record, { person: reader._id, entryStands }),
    };
  });
}

async function readNames(records: readonly CommitmentRecord[]) {
  const ids = records.flatMap(({ setBy, confirmedBy, takenBackBy }) => [setBy, confirmedBy, takenBackBy]);
  const people = byId(await User.find({ _id: { $in: ids.filter(Boolean) } }, { name: 1 }).lean());
  return (id: Types.ObjectId | null | undefined): string => people.get(String(id))?.name ?? 'Somebody';
}

async function readEntries(records: readonly CommitmentRecord[], { timeZone }: Reader) {
  const ids = [...new Set(records.flatMap(({ entry }) => (entry ? [String(entry)] : [])))];
  const found = await Entry.find({ _id: { $in: ids } }).lean<EvidenceEntry[]>();
  const corrected = await correctedAmong(found.map(({ _id }) => _id));
  const shown = found.map(async (entry) => ({
    _id: entry._id,
    inWords: entryInWords(entry, timeZone),
    page: await pageOfEntry(entry),
    isCorrected: corrected.has(String(entry._id)),
  }));
  return byId(await Promise.all(shown));
}
