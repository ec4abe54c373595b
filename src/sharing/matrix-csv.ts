import type { Readable } from 'node:stream';
import { csvOf, type CsvRow } from '../csv.js';
import type { SharedCell, SharedMatrixRow } from './commitment-projection.js';

const about = ['Organisation', 'Office', 'Held by'];
const ofEachAsk: [string, (cell: SharedCell) => string][] = [
  ['', ({ stanceName }) => stanceName],
  [': said on', ({ on }) => on ?? ''],
  [': their words', ({ quote }) => quote],
  [': source', ({ source }) => source],
];

/** The matrix as partners see it, for a spreadsheet: a line for each recipient, four columns for each ask. */
export const sharedMatrixCsv = (
  asks: readonly { title: string }[],
  rows: AsyncIterable<SharedMatrixRow>,
): Readable =>
  csvOf([...about, ...asks.flatMap(({ title }) => ofEachAsk.map(([what]) => title + what))], linesOf(rows));

async function* linesOf(rows: AsyncIterable<SharedMatrixRow>): AsyncGenerator<CsvRow> {
  for await (const { organisation, office, holder, cells } of rows) {
    const said = cells.flatMap((cell) => ofEachAsk.map(([, valueOf]) => valueOf(cell)));
    yield [organisation, office, holder, ...said];
  }
}
