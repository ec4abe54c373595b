/**
 * Reads CSV by the grammar of RFC 4180 and nothing more lenient, after a byte order mark: a spreadsheet's way of reading it, not that of
 * whoever wrote it. @throws where the text breaks the grammar, or a line has more or fewer cells than the first
 */
export function readCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, bare, end] = cell.exec(text) ?? fail(`at ${at}: ${text.slice(at, at + 40)}`);
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare!);
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  if (rows.some(({ length }) => length !== rows[0]!.length)) fail('lines of different length');
  return rows;
}

function fail(why: string): never {
  throw new Error(`This is no CSV: ${why}`);
}
