import type { Checked, Checking } from '../recipients/check-copies.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { currentOf } from './commitment.rules.js';
import { cellFacts, refreshCell, type Cell } from './refresh-cell.js';

type Facts = Pick<CommitmentRecord, '_id' | 'recipient' | 'ask' | keyof typeof cellFacts>;

/** Compares which commitment is marked as the one that holds in its cell with what the rules say, and puts right what differs. */
export async function checkCells({ repair = true, stopping }: Checking = {}): Promise<Checked> {
  const result = { checked: 0, differed: 0 };
  for await (const cell of cells()) {
    if (stopping?.aborted) break;
    result.checked += 1;
    // one that is being set at this moment is no damage: whoever marks looks again
    if (isWrong(cell) && (!repair || (await refreshCell(cell[0]!)))) result.differed += 1;
  }
  return result;
}

function isWrong(cell: readonly Facts[]): boolean {
  const holds = currentOf(cell);
  return cell.some((one) => one.isCurrent !== (one === holds));
}

/** The commitments of one cell after the other, with no more than those in memory. */
async function* cells(): AsyncGenerator<Facts[]> {
  const all = Commitment.find({}, { recipient: 1, ask: 1, ...cellFacts })
    .sort({ recipient: 1, ask: 1 })
    .lean<Facts[]>()
    .cursor({ batchSize: 1000 });
  let cell: Facts[] = [];
  for await (const one of all) {
    if (cell.length > 0 && !isSameCell(cell[0]!, one)) {
      yield cell;
      cell = [];
    }
    cell.push(one);
  }
  if (cell.length > 0) yield cell;
}

const isSameCell = (a: Cell, b: Cell): boolean => a.recipient.equals(b.recipient) && a.ask.equals(b.ask);
