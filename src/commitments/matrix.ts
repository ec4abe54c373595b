import type { Types } from 'mongoose';
import { byId } from '../group-by.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { PAGE_SIZE, readPage, type Page } from '../web/paging.js';
import { Commitment } from './commitment.model.js';
import { progress } from './commitment.rules.js';
import { readCells, type HeldCell } from './read-stances.js';
import { idsByAsk } from './sort-by-ask.js';

/** Which recipients the matrix lists: all, those with progress in any ask, those of whom something waits for a second person. */
export const shownInMatrix = ['all', 'progress', 'waiting'] as const;
export type ShownInMatrix = (typeof shownInMatrix)[number];
export const shownNames: Record<ShownInMatrix, string> = {
  all: 'Everybody',
  progress: 'With progress in any ask',
  waiting: 'Not yet checked',
};

export const rowFields = { organisationName: 1, officeTitle: 1, holderName: 1 } as const;
type Listed = Pick<RecipientRecord, '_id' | keyof typeof rowFields>;

/** A recipient with what holds in its cells, by the id of the ask. An ask that is not there has no stance yet. */
export type MatrixRow = Listed & { cells: Map<string, HeldCell> };

/** `ask`: sorted by it, or by name. */
export type WantedMatrix = { ask: Types.ObjectId | null; show: ShownInMatrix; page: number };

export async function readMatrix(campaign: Types.ObjectId, wanted: WantedMatrix): Promise<Page<MatrixRow>> {
  const { rows, ...page } = await readListed(campaign, wanted);
  return { ...page, rows: await withCells(rows) };
}

async function withCells(rows: readonly Listed[]): Promise<MatrixRow[]> {
  const cellsOf = await readCells(rows.map(({ _id }) => _id));
  return rows.map((row) => ({ ...row, cells: cellsOf.get(String(row._id)) ?? new Map() }));
}

async function readListed(
  campaign: Types.ObjectId,
  { ask, show, page }: WantedMatrix,
): Promise<Page<Listed>> {
  const within = show === 'all' ? null : await recipientsWith(campaign, show);
  if (!ask) {
    const filter = within ? { campaign, _id: { $in: within } } : { campaign };
    return readPage(Recipient.find(filter, rowFields).sort({ listedAs: 1 }).lean<Listed[]>(), page);
  }
  const ids = await idsByAsk({ campaign, ask, within, page });
  const found = byId(await Recipient.find({ _id: { $in: ids } }, rowFields).lean<Listed[]>());
  const listed = ids.flatMap((id) => found.get(String(id)) ?? []);
  return { rows: listed.slice(0, PAGE_SIZE), number: page, hasMore: ids.length > PAGE_SIZE };
}

function recipientsWith(campaign: Types.ObjectId, show: 'progress' | 'waiting'): Promise<Types.ObjectId[]> {
  const held = show === 'progress' ? { stance: { $in: progress } } : { confirmedAt: null };
  return Commitment.distinct('recipient', { campaign, isCurrent: true, ...held }).exec();
}
