import { Readable } from 'node:stream';
import { fitted } from '../axis/text-width.js';
import { dayInWords, type Day } from '../dates.js';
import type { ExportedCell, ExportedRow } from './all-rows.js';
import { isProgress, stanceLetters, stanceMeanings, stanceNames, stances } from './commitment.rules.js';
import type { AskRecord } from './find-cell.js';
import { inXml, wrapped } from './svg-text.js';

type Of = {
  title: string;
  asks: readonly Pick<AskRecord, '_id' | 'title'>[];
  /** the calendar day of the picture */
  on: Day;
  /** how many rows there are */
  count: number;
};

const [MARGIN, NAME, CELL, ROW, LEGEND_LINE] = [24, 300, 168, 38, 20];
const HEAD = 150;
const ASK_LINES = 4;

/** How large the picture is, in pixels. */
export const sizeOf = ({ asks, count }: Pick<Of, 'asks' | 'count'>) => ({
  width: 2 * MARGIN + NAME + Math.max(2, asks.length) * CELL,
  height: HEAD + count * ROW + (stances.length + 2) * LEGEND_LINE + MARGIN,
});

/**
 * The whole matrix as a picture that reads without colour (SVG 1.1): it has a title and a description, every cell says in words
 * what it shows, and its letters are in whatever typeface there is.
 */
export const matrixSvg = (of: Of, rows: AsyncIterable<ExportedRow>): Readable =>
  Readable.from(drawing(of, rows));

async function* drawing(of: Of, rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  yield start(of);
  let n = 0;
  for await (const row of rows) {
    // one who came after they had been counted has no place
    if (n === of.count) break;
    yield rowAt(HEAD + n * ROW, row, of);
    n += 1;
  }
  yield `${legendAt(HEAD + of.count * ROW + LEGEND_LINE)}</svg>\n`;
}

function start(of: Of): string {
  const { width, height } = sizeOf(of);
  const recipients = `${of.count.toLocaleString('en-GB')} recipient${of.count === 1 ? '' : 's'}`;
  const heads = of.asks.map(({ title }, n) => {
    const lines = wrapped(title, CELL - 16, 13, ASK_LINES);
    const y = HEAD - 12 - (lines.length - 1) * 16;
    return `<g font-weight="600"><title>${inXml(title)}</title>${lines.map((line, i) => text(left(n) + 8, y + i * 16, line)).join('')}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif" font-size="13" fill="#22303c">`,
    `<title>Commitments: ${inXml(of.title)}</title>`,
    `<desc>What ${recipients} said to ${of.asks.length} ask${of.asks.length === 1 ? '' : 's'}, as known on ${dayInWords(of.on)}. A row for each recipient, a column for each ask; each cell has a letter and its word.</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g font-size="18" font-weight="600">${text(MARGIN, 36, fitted(`Commitments: ${of.title}`, width - 2 * MARGIN, 18))}</g>`,
    text(MARGIN, 58, `As known on ${dayInWords(of.on)}`),
    ...heads,
    '',
  ].join('\n');
}

const left = (n: number): number => MARGIN + NAME + n * CELL;

function rowAt(y: number, row: ExportedRow, { asks }: Of): string {
  const name = `${row.organisationName}, ${row.officeTitle}`;
  return [
    `<path d="M${MARGIN} ${y}H${left(Math.max(2, asks.length))}" stroke="#d8d3c6"/>`,
    `<g><title>${inXml(name)}</title>`,
    text(MARGIN, y + 16, fitted(row.organisationName, NAME - 12, 13)),
    `<g font-size="11">${text(MARGIN, y + 31, fitted(row.officeTitle, NAME - 12, 11))}</g></g>`,
    ...asks.map(({ _id, title }, n) =>
      cellAt(left(n) + 8, y, row.cells.get(String(_id)), `${name}, ${title}`),
    ),
    '',
  ].join('\n');
}

function cellAt(x: number, y: number, cell: ExportedCell | undefined, where: string): string {
  const stance = cell?.stance ?? 'none';
  const waits = cell && !cell.confirmedAt ? 'not yet checked' : '';
  const said = cell ? `, said on ${dayInWords(cell.on)}${waits && `, ${waits}`}` : '';
  return [
    `<g><title>${inXml(`${where}: ${stanceNames[stance]}${said}`)}</title>`,
    letterAt(x, y + 5, stance),
    text(x + 26, y + 18, stanceNames[stance]),
    waits && `<g font-size="11">${text(x + 26, y + 32, waits)}</g>`,
    '</g>',
  ].join('');
}

/** Progress is a dark field with a light letter, everything else a light field: black and white show it as well. */
function letterAt(x: number, y: number, stance: (typeof stances)[number]): string {
  const [field, ink] = isProgress(stance) ? ['#1a5276', '#fff'] : ['#fff', '#22303c'];
  const letter = `<text x="${x + 9}" y="${y + 13.5}" text-anchor="middle" font-weight="600" fill="${ink}">${stanceLetters[stance]}</text>`;
  return `<rect x="${x}" y="${y}" width="18" height="18" rx="2" fill="${field}" stroke="#6f7c88"/>${letter}`;
}

const legendAt = (y: number): string =>
  stances
    .map((stance, n) => {
      const at = y + n * LEGEND_LINE;
      return `${letterAt(MARGIN, at, stance)}${text(MARGIN + 26, at + 14, `${stanceNames[stance]}: ${stanceMeanings[stance]}`)}`;
    })
    .join('\n');

const text = (x: number, y: number, words: string): string =>
  `<text x="${x}" y="${y}">${inXml(words)}</text>`;
