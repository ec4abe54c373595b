import type { Types } from 'mongoose';
import { inBatches } from '../in-batches.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { CommitmentRecord } from './commitment.model.js';
import { rowFields } from './matrix.js';
import { readCells, type HeldCell } from './read-stances.js';

const more = { quote: 1, entry: 1, confirmedBy: 1 } as const;
export type ExportedCell = HeldCell & Pick<CommitmentRecord, keyof typeof more>;
export type ExportedRow = Pick<RecipientRecord, '_id' | keyof typeof rowFields> & {
  /** what holds, by the id of the ask */
  cells: Map<string, ExportedCell>;
};

const BATCH = 200;

/** Every recipient of a campaign by name, for those who take the matrix away: so many at a time that memory stays flat. */
export async function* allRows(campaign: Types.ObjectId): AsyncGenerator<ExportedRow> {
  const list = Recipient.find({ campaign }, rowFields)
    .sort({ listedAs: 1 })
    .lean<Omit<ExportedRow, 'cells'>[]>()
    .cursor({ batchSize: BATCH });
  for await (const batch of inBatches(list, BATCH)) {
    const ids = batch.map(({ _id }) => _id);
    const cellsOf = await readCells<ExportedCell>(ids, more);
    for (const row of batch) yield { ...row, cells: cellsOf.get(String(row._id)) ?? new Map() };
  }
}
