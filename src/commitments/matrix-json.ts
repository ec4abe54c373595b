import type { Types } from 'mongoose';
import { Readable } from 'node:stream';
import type { Day } from '../dates.js';
import type { ExportedCell, ExportedRow } from './all-rows.js';
import { isProgress, stanceLetters, stanceMeanings, stanceNames, stances } from './commitment.rules.js';
import type { AskRecord } from './find-cell.js';

type Of = {
  campaign: { _id: Types.ObjectId; title: string };
  asks: readonly Pick<AskRecord, '_id' | 'title' | 'text'>[];
  /** the calendar day on which it is taken away */
  on: Day;
  nameOf: (person: Types.ObjectId | null | undefined) => string | null;
};

export const JSON_FORMAT = 'answerable-commitments-1';

/** The whole matrix as JSON, in the shape that docs/commitments.md describes. */
export const matrixJson = (of: Of, rows: AsyncIterable<ExportedRow>): Readable =>
  Readable.from(textOf(of, rows));

async function* textOf({ campaign, asks, on, nameOf }: Of, rows: AsyncIterable<ExportedRow>) {
  const start = JSON.stringify({
    format: JSON_FORMAT,
    on,
    campaign: { id: String(campaign._id), title: campaign.title },
    asks: asks.map(({ _id, title, text }) => ({ id: String(_id), title, text })),
    stances: stances.map((id) => ({
      id,
      name: stanceNames[id],
      letter: stanceLetters[id],
      meaning: stanceMeanings[id],
      isProgress: isProgress(id),
    })),
  });
  // the list is written as it is read: all of it at once would not be bounded
  yield `${start.slice(0, -1)},"recipients":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield `${separator}${JSON.stringify(recipientOf(row, asks, nameOf))}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

const recipientOf = (row: ExportedRow, asks: Of['asks'], nameOf: Of['nameOf']) => ({
  id: String(row._id),
  organisation: row.organisationName,
  office: row.officeTitle,
  holder: row.holderName,
  commitments: asks.flatMap(({ _id }) => {
    const cell = row.cells.get(String(_id));
    return cell ? [commitmentOf(cell, nameOf)] : [];
  }),
});

const commitmentOf = (cell: ExportedCell, nameOf: Of['nameOf']) => ({
  ask: String(cell.ask),
  stance: cell.stance,
  on: cell.on,
  quote: cell.quote || null,
  source: cell.source || null,
  entry: cell.entry ? String(cell.entry) : null,
  setBy: nameOf(cell.setBy),
  setAt: cell.setAt,
  isChecked: Boolean(cell.confirmedAt),
  checkedBy: nameOf(cell.confirmedBy),
  checkedAt: cell.confirmedAt ?? null,
});
