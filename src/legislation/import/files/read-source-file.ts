import { readCsv } from './read-csv.js';
import { readFeed, type FeedFile } from './read-feed.js';
import { readJson } from './read-json.js';
import { notRead, type SourceRead } from './source-read.js';

/**
 * Whatever a source gave: a feed (RSS, Atom), JSON or CSV, told apart by how it begins, since names and types are often
 * wrong. What each may hold is said at `readFeed`, `readJson` and `readCsv`. Never throws.
 */
export function readSourceFile(file: FeedFile): SourceRead {
  const { bytes, stages } = file;
  const start = startOf(bytes);
  if (start.startsWith('<')) return readFeed(file);
  if (/^[[{]/.test(start)) return readJson(bytes, stages);
  const kind = notText.find(([sign]) => start.startsWith(sign))?.[1];
  return kind ? notRead(`${kind} Nothing was taken from it.`) : readCsv(bytes, stages);
}

const notText: [string, string][] = [
  ['PK\u0003\u0004', 'The file is a spreadsheet or another packed file. Save the sheet as CSV (UTF-8).'],
  ['\u00d0\u00cf\u0011\u00e0', 'The file is an old spreadsheet. Save the sheet as CSV (UTF-8).'],
  ['%PDF', 'The file is a PDF. Write its dates into a CSV file.'],
];

/** The first characters of any encoding that shares the letters of ASCII, without byte order mark, white space and the zeros of UTF-16. */
const startOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 1000))
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*/, '');
