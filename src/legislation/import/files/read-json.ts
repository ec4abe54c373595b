import { z } from 'zod';
import { foundInRows, type WrittenRow } from './found-in-rows.js';
import type { KnownStage } from './known-stage.js';
import { notRead, type SourceRead } from './source-read.js';
import { textByHand } from './text-of-bytes.js';

const SHAPE =
  'It is a list of milestones, or an object with the lists “milestones” and “publications” and nothing else.';

const list = z.array(z.unknown(), SHAPE);
const file = z.union(
  [
    list.transform((milestones) => ({ milestones, publications: [] as unknown[] })),
    z.strictObject({ milestones: list.default([]), publications: list.default([]) }),
  ],
  SHAPE,
);

/**
 * A law's milestones and publications as JSON written by hand, all that is known of them:
 *
 *     {
 *       "milestones": [{ "stage": "royal assent", "title": "Royal Assent", "on": "2026-11-30",
 *                        "happened": false, "link": "https://example.org/bill", "id": "assent" }],
 *       "publications": [{ "title": "Impact assessment", "on": "2026-10-01", "kind": "publication",
 *                          "link": "https://example.org/paper", "id": "paper-1" }]
 *     }
 *
 * or only the list of milestones. `stage` is the id or the name of a stage, in any case; `on` a day, month, quarter or year
 * (`2026-11-30`, `2026-11`, `2026-Q4`, `2026`), of a publication a day; `happened`, `link`, `id` and `kind` may be missing.
 * At most 5 MB and 5,000 rows. With one mistake nothing is taken. Never throws.
 */
export function readJson(bytes: Uint8Array, stages: readonly KnownStage[]): SourceRead {
  const read = textByHand(bytes);
  if ('mistake' in read) return notRead(read.mistake);
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    return notRead(`The file is not JSON as it should be written. ${placeOf(read.text)}`);
  }
  const { success, data } = file.safeParse(value);
  if (!success) return notRead(`The file does not have the shape that is read. ${SHAPE}`);
  return foundInRows({
    milestones: named('Row', data.milestones),
    publications: named('Publication', data.publications),
    stages,
  });
}

const named = (word: string, rows: unknown[]): WrittenRow[] =>
  rows.map((row, at) => ({ name: `${word} ${at + 1}`, row }));

/** Looking for a mistake reads the text some twenty times. */
const LONGEST_LOOK = 500_000;

function placeOf(text: string): string {
  if (!text.trim()) return 'It is empty.';
  if (text.length > LONGEST_LOOK) return 'It breaks off, or something stands where it may not.';
  const right = lettersThatAreRight(text);
  if (right === text.length) return 'It breaks off before its end.';
  const line = text.slice(0, right + 1).split('\n').length;
  return `In line ${line} something stands that may not stand there, or a comma, a quotation mark or a bracket is missing before it.`;
}

/** The engine seldom says where it met a mistake, but of each beginning of the text whether it is one or was only cut. */
function lettersThatAreRight(text: string): number {
  let right = 0;
  let wrong = text.length + 1;
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (isRightSoFar(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  return right;
}

function isRightSoFar(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /end of JSON|Unterminated/.test(message) || message.includes(`at position ${start.length}`);
  }
}
