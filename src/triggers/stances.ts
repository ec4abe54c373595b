import type { Types } from 'mongoose';
import type { Stance } from '../commitments/commitment.rules.js';
import { readStances, type ConfirmedStance } from '../commitments/read-stances.js';

/** What each of these recipients has said to one ask, as far as a second person has checked it; none where nothing is known. */
export async function stancesOn(
  ask: Types.ObjectId,
  recipients: readonly Types.ObjectId[],
): Promise<(recipient: Types.ObjectId) => Stance> {
  const stances =
    recipients.length > 0 ? await readStances(recipients) : new Map<string, ConfirmedStance[]>();
  return (recipient) =>
    stances.get(String(recipient))?.find((one) => one.ask === String(ask))?.stance ?? 'none';
}
