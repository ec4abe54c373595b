import type { Types } from 'mongoose';
import { isAnswer } from '../commitments/commitment.rules.js';
import { readStances, type ConfirmedStance } from '../commitments/read-stances.js';
import type { Stated } from './status.rules.js';

/** When these recipients answered by a stance that a second person has confirmed, by the id of the recipient. */
export async function readStated(recipients: readonly Types.ObjectId[]): Promise<Map<string, Stated[]>> {
  const stances = await readStances(recipients);
  return new Map([...stances].map(([recipient, theirs]) => [recipient, statedIn(theirs)]));
}

export const statedIn = (stances: readonly ConfirmedStance[]): Stated[] =>
  stances.filter(({ stance }) => isAnswer(stance)).map(({ on }) => ({ at: new Date(`${on}T12:00:00Z`) }));
