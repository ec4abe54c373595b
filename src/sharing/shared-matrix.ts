import type { Types } from 'mongoose';
import { Commitment } from '../commitments/commitment.model.js';
import { groupBy } from '../group-by.js';
import { inBatches } from '../in-batches.js';
import { Recipient } from '../recipients/recipient.model.js';
import { readPage, type Page } from '../web/paging.js';
import {
  commitmentFields,
  matrixRowFields,
  sharedMatrixRow,
  type CommitmentSource,
  type MatrixRowSource,
  type SharedMatrixRow,
} from './commitment-projection.js';
import type { CampaignSource } from './projections.js';

type Of = Pick<CampaignSource, '_id' | 'asks'>;

const byName = ({ _id }: Of) =>
  Recipient.find({ campaign: _id }, matrixRowFields).sort({ listedAs: 1 }).lean<MatrixRowSource[]>();

/** One page of the matrix by name, as partners see it. */
export async function readSharedMatrix(campaign: Of, number: number): Promise<Page<SharedMatrixRow>> {
  const { rows, ...page } = await readPage(byName(campaign), number);
  return { ...page, rows: await shared(rows, campaign) };
}

const BATCH = 200;

/** All of it, so many at a time that memory stays flat. */
export async function* allSharedRows(campaign: Of): AsyncGenerator<SharedMatrixRow> {
  const list = byName(campaign).cursor({ batchSize: BATCH });
  for await (const rows of inBatches(list, BATCH)) yield* await shared(rows, campaign);
}

async function shared(rows: readonly MatrixRowSource[], { asks }: Of): Promise<SharedMatrixRow[]> {
  const settings = await readChecked(rows.map(({ _id }) => _id));
  const of = groupBy(settings, ({ recipient }) => String(recipient));
  return rows.map((row) => sharedMatrixRow(row, asks, of.get(String(row._id)) ?? []));
}

/** Nothing else is asked of the database than what was checked and not taken back. */
const readChecked = (recipients: readonly Types.ObjectId[]): Promise<CommitmentSource[]> =>
  Commitment.find(
    { recipient: { $in: recipients }, confirmedAt: { $ne: null }, takenBackAt: null },
    commitmentFields,
  )
    .lean<CommitmentSource[]>()
    .exec();
