import { stringify } from 'csv-stringify';
import { pipeline, Readable } from 'node:stream';

export type CsvRow = readonly (string | number)[];

/**
 * Rows as CSV (RFC 4180), UTF-8 with a byte order mark, which spreadsheets need to read accents. A cell that begins like a
 * formula is escaped, in the header too, so that a name cannot run anything in a spreadsheet.
 */
export function csvOf(header: readonly string[], rows: AsyncIterable<CsvRow>): Readable {
  const writer = stringify({
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    // by itself only the line ends of the records are looked for, and readers end a line at any; some, such as LibreOffice as it is
    // set up at first, end cells at these signs too, and what stands behind one must not become a formula
    quoted_match: /[\r\n;\t]/,
  });
  writer.write(header);
  // whoever reads the writer is told of an error; and where they are gone, no more rows are asked for
  return pipeline(Readable.from(rows), writer, () => {});
}

/** `open-letter-to-technology-companies-2026-11-24.csv`; `otherwise` where the title has no letter of the Latin alphabet */
export function exportName(title: string, day: string, ending: string, otherwise: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? [otherwise];
  return `${words.join('-').slice(0, 60)}-${day}.${ending}`;
}
