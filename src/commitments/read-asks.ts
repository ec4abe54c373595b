import type { Types } from 'mongoose';
import { inWords } from './commitment.rules.js';
import { readCells } from './read-stances.js';

/** For the list of asks on a page about one recipient: what holds for each, by the id of the ask, and the words for it. */
export async function readAsksOf(recipient: Types.ObjectId) {
  const cells = await readCells([recipient]);
  return { cells: cells.get(String(recipient)) ?? new Map(), inWords };
}
