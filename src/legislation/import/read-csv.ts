import { CsvError, parse } from 'csv-parse/sync';
import { cleanLine } from '../../clean-text.js';
import { foundInRows, MOST_ROWS, type WrittenRow } from './found-in-rows.js';
import { notRead, type KnownStage, type Reading } from './reading.js';
import { milestoneFields } from './row.js';
import { textByHand } from './text-of-bytes.js';

type Field = (typeof milestoneFields)[number];

const LONGEST_ROW = 100_000;
const HEADER = `The first row names the columns: ${milestoneFields.join(', ')}.`;

/**
 * A law's milestones as CSV written by hand or in a spreadsheet, all that is known of them. The first row names the columns
 * `stage,title,on,happened,link,id` in any order and case; happened, link and id may be missing. Separated by commas,
 * semicolons or tabs; UTF-8, UTF-16 with a byte order mark, or windows-1252. Rows mean what they mean in JSON, and are
 * numbered as a spreadsheet shows them. At most 5 MB and 5,000 rows. With one mistake nothing is taken. Never throws.
 */
export function readCsv(bytes: Uint8Array, stages: readonly KnownStage[]): Reading {
  const read = textByHand(bytes);
  if ('mistake' in read) return notRead(read.mistake);
  const rows = rowsOf(read.text);
  if (!Array.isArray(rows)) return notRead(rows.mistake);
  const [header = [], ...others] = rows;
  const columns = header.map(fieldCalled);
  const mistakes = mistakesInHeader(columns);
  if (mistakes.length > 0) return notRead(...mistakes);
  const tooWide = others.flatMap((cells, at) => wordsBeyond(cells, columns.length, `Row ${at + 2}`));
  if (tooWide.length > 0) return notRead(...tooWide.slice(0, 200));
  const reading = foundInRows({ milestones: writtenRows(others, columns), stages });
  if (reading.ok) reading.found.remarks.push(...unknownColumns(header, columns));
  return reading;
}

const plain = (cell: string): string => cleanLine(cell).toLowerCase();

const fieldCalled = (cell: string): Field | undefined =>
  milestoneFields.find((field) => field === plain(cell));

function rowsOf(text: string): string[][] | { mistake: string } {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
      // one row too many is enough to know that there are too many
      to: MOST_ROWS + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { mistake: mistakeOf(error) };
  }
}

const inWords: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark opens a cell that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind the quotation mark that closes a cell',
  INVALID_OPENING_QUOTE:
    'a quotation mark stands inside a cell; put the whole cell in quotation marks and write "" for it',
  CSV_MAX_RECORD_SIZE: 'a row is far too long; perhaps a quotation mark opens a cell that is never closed',
};

const mistakeOf = ({ code, lines }: CsvError): string =>
  `The file cannot be read as CSV: about line ${typeof lines === 'number' ? lines : 1} ${inWords[code] ?? 'something stands that may not stand there'}.`;

/** The separator with which the first line names the most columns. */
function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text.slice(0, LONGEST_ROW))![0];
  const known = (delimiter: string): number =>
    first.split(delimiter).filter((cell) => fieldCalled(cell.replaceAll('"', ''))).length;
  return [',', ';', '\t'].toSorted((a, b) => known(b) - known(a))[0]!;
}

function mistakesInHeader(columns: (Field | undefined)[]): string[] {
  const missing = (['stage', 'title', 'on'] as const).filter((field) => !columns.includes(field));
  const twice = milestoneFields.filter((field) => columns.indexOf(field) !== columns.lastIndexOf(field));
  return [
    ...missing.map((field) => `There is no column “${field}”. ${HEADER}`),
    ...twice.map((field) => `There are two columns “${field}”. ${HEADER}`),
  ];
}

const wordsBeyond = (cells: string[], columns: number, name: string): string[] =>
  cells.slice(columns).some((cell) => cell.trim())
    ? [
        `${name}: It has more cells than there are columns. A cell with a separator in it needs quotation marks.`,
      ]
    : [];

/** Empty rows are no rows; they count for the number that the next one has in a spreadsheet. */
const writtenRows = (rows: string[][], columns: (Field | undefined)[]): WrittenRow[] =>
  rows
    .map((cells, at) => ({ name: `Row ${at + 2}`, row: rowOf(cells, columns), cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()));

const rowOf = (cells: string[], columns: (Field | undefined)[]) =>
  Object.fromEntries(columns.flatMap((field, at) => (field ? [[field, cells[at] ?? '']] : [])));

function unknownColumns(header: string[], columns: (Field | undefined)[]): string[] {
  const unknown = header.filter((cell, at) => !columns[at] && cell.trim()).map((cell) => cleanLine(cell));
  if (unknown.length === 0) return [];
  return [`Not read, as nothing is known of them: the columns “${unknown.join('”, “').slice(0, 300)}”.`];
}
