import { CsvError, parse } from 'csv-parse/sync';
import { cleanLine } from '../../../clean-text.js';
import { withCommas } from '../../../with-commas.js';
import { foundInRows } from './found-in-rows.js';
import type { KnownStage } from './known-stage.js';
import { milestoneFields } from './row.js';
import { notRead, type SourceRead } from './source-read.js';
import { textByHand } from './text-of-bytes.js';

type Field = (typeof milestoneFields)[number];
type SheetRow = { name: string; cells: string[] };

const LONGEST_ROW = 20_000;
/** With the empty ones that spreadsheets leave behind. */
const MOST_LINES = 100_000;
const TOO_LONG = `The file has more than ${withCommas(MOST_LINES)} lines, most of them surely empty. Delete those and save it again.`;
const HEADER = `The first row names the columns: ${milestoneFields.join(', ')}.`;

/**
 * A law's milestones as CSV written by hand or in a spreadsheet, all that is known of them. The first row names the columns
 * `stage,title,on,happened,link,id` in any order and case; happened, link and id may be missing. Separated by commas,
 * semicolons or tabs; UTF-8, UTF-16 with a byte order mark, or windows-1252. Rows mean what they mean in JSON, and are
 * numbered as a spreadsheet shows them. At most 5 MB and 5,000 rows. With one mistake nothing is taken. Never throws.
 */
export function readCsv(bytes: Uint8Array, stages: readonly KnownStage[]): SourceRead {
  const read = textByHand(bytes);
  if ('mistake' in read) return notRead(read.mistake);
  const rows = rowsOf(read.text);
  if (!Array.isArray(rows)) return notRead(rows.mistake);
  const [header, ...others] = rows;
  const columns = header?.cells.map(fieldCalled) ?? [];
  const mistakes = mistakesInHeader(columns);
  if (mistakes.length > 0) return notRead(...mistakes);
  const tooWide = others.filter(({ cells }) => !isEmpty(cells.slice(columns.length)));
  if (tooWide.length > 0) return notRead(...tooWide.slice(0, 100).map(({ name }) => `${name}: ${TOO_WIDE}`));
  const written = others.map(({ name, cells }) => ({ name, row: rowOf(cells, columns) }));
  const reading = foundInRows({ milestones: written, stages });
  if (reading.ok) reading.found.remarks.push(...unknownColumns(header!.cells, columns));
  return reading;
}

const TOO_WIDE =
  'It has more cells than there are columns. A cell with a separator in it needs quotation marks.';

const isEmpty = (cells: string[]): boolean => cells.every((cell) => !cell.trim());

const plain = (cell: string): string => cleanLine(cell).toLowerCase();

const fieldCalled = (cell: string): Field | undefined =>
  milestoneFields.find((field) => field === plain(cell));

/** Empty rows are no rows; they count for the number that the next one has in a spreadsheet. */
function rowsOf(text: string): SheetRow[] | { mistake: string } {
  if (text.split(/\r\n?|\n/, MOST_LINES + 1).length > MOST_LINES) return { mistake: TOO_LONG };
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
    })
      .map((cells, at) => ({ name: `Row ${at + 1}`, cells }))
      .filter(({ cells }) => !isEmpty(cells));
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
  const first = /^[^\r\n]*/.exec(text.slice(0, 1000))![0];
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

const rowOf = (cells: string[], columns: (Field | undefined)[]) =>
  Object.fromEntries(columns.flatMap((field, at) => (field ? [[field, cells[at] ?? '']] : [])));

function unknownColumns(header: string[], columns: (Field | undefined)[]): string[] {
  const unknown = header.filter((cell, at) => !columns[at] && cell.trim()).map((cell) => cleanLine(cell));
  if (unknown.length === 0) return [];
  return [`Not read, as nothing is known of them: the columns “${unknown.join('”, “').slice(0, 300)}”.`];
}
