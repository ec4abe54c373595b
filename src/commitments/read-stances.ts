import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { groupBy } from '../group-by.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { confirmedOf, currentOf, type Stance } from './commitment.rules.js';

const facts = { recipient: 1, ask: 1, stance: 1, on: 1, setAt: 1, confirmedAt: 1 } as const;
type Facts = Pick<CommitmentRecord, '_id' | keyof typeof facts>;

export type ConfirmedStance = { ask: string; stance: Stance; on: Day };

/**
 * What these recipients have said, as far as a second person has checked it, from the facts and in one read.
 * @returns by the id of the recipient, one for each ask in which something holds, in the order of the asks' ids; recipients of whom
 *   nothing is known are left out
 */
export async function readStances(
  recipients: readonly Types.ObjectId[],
): Promise<Map<string, ConfirmedStance[]>> {
  const confirmed = { recipient: { $in: recipients }, confirmedAt: { $ne: null }, takenBackAt: null };
  const records = await Commitment.find(confirmed, facts).lean<Facts[]>();
  const of = groupBy(records, ({ recipient }) => String(recipient));
  return new Map([...of].map(([recipient, theirs]) => [recipient, stancesOf(theirs)]));
}

function stancesOf(records: readonly Facts[]): ConfirmedStance[] {
  const cells = [...groupBy(records, ({ ask }) => String(ask))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return cells.flatMap(([ask, settings]) => {
    const holds = confirmedOf(settings);
    return holds ? [{ ask, stance: holds.stance, on: holds.on }] : [];
  });
}

/** What one recipient has said, in one read: the stances that a second person has checked, and what holds in its cells. */
export async function readStandOf(
  recipient: Types.ObjectId,
): Promise<{ stances: ConfirmedStance[]; cells: Map<string, HeldCell> }> {
  const records = await Commitment.find({ recipient, takenBackAt: null }, shown).lean<HeldCell[]>();
  return { stances: stancesOf(records.filter(({ confirmedAt }) => confirmedAt)), cells: heldOf(records) };
}

const shown = {
  recipient: 1,
  ask: 1,
  stance: 1,
  on: 1,
  source: 1,
  setBy: 1,
  setAt: 1,
  confirmedAt: 1,
  takenBackAt: 1,
} as const;
export type HeldCell = Pick<CommitmentRecord, '_id' | keyof typeof shown>;

/**
 * What holds in the cells of these recipients, checked or not, by recipient and then by ask. One read.
 * @param more fields beside those of a `HeldCell`
 */
export async function readCells<Cell extends HeldCell = HeldCell>(
  recipients: readonly Types.ObjectId[],
  more: Record<string, 1> = {},
): Promise<Map<string, Map<string, Cell>>> {
  const standing = { recipient: { $in: recipients }, takenBackAt: null };
  const records = await Commitment.find(standing, { ...shown, ...more }).lean<Cell[]>();
  const of = groupBy(records, ({ recipient }) => String(recipient));
  return new Map([...of].map(([recipient, theirs]) => [recipient, heldOf(theirs)]));
}

const heldOf = <Cell extends HeldCell>(records: readonly Cell[]): Map<string, Cell> =>
  new Map([...groupBy(records, ({ ask }) => String(ask))].map(([ask, all]) => [ask, currentOf(all)!]));
