import type { Readable } from 'node:stream';
import { csvOf, type CsvRow } from '../csv.js';
import { stanceNames } from './commitment.rules.js';
import type { ExportedCell, ExportedRow } from './all-rows.js';
import type { AskRecord } from './find-cell.js';

type Ask = Pick<AskRecord, '_id' | 'title'>;

const about = ['Organisation', 'Office', 'Held by'];
const ofEachAsk: [string, (cell: ExportedCell) => string][] = [
  ['', ({ stance }) => stanceNames[stance]],
  [': said on', ({ on }) => on],
  [': checked', ({ confirmedAt }) => (confirmedAt ? 'yes' : 'no')],
  [': their words', ({ quote }) => quote],
  [': source', ({ source, entry }) => source || (entry ? 'an entry in their history' : '')],
];
const nothingSaid = [stanceNames.none, ...ofEachAsk.slice(1).map(() => '')];

/** The whole matrix for a spreadsheet: a line for each recipient, five columns for each ask. */
export function matrixCsv(asks: readonly Ask[], rows: AsyncIterable<ExportedRow>): Readable {
  const header = [...about, ...asks.flatMap(({ title }) => ofEachAsk.map(([what]) => `${title}${what}`))];
  return csvOf(header, linesOf(asks, rows));
}

async function* linesOf(asks: readonly Ask[], rows: AsyncIterable<ExportedRow>): AsyncGenerator<CsvRow> {
  for await (const { organisationName, officeTitle, holderName, cells } of rows) {
    const said = asks.flatMap(({ _id }) => {
      const cell = cells.get(String(_id));
      return cell ? ofEachAsk.map(([, valueOf]) => valueOf(cell)) : nothingSaid;
    });
    yield [organisationName, officeTitle, holderName, ...said];
  }
}
