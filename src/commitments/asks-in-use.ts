import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { Commitment } from './commitment.model.js';

type Ask = { _id: Types.ObjectId; title: string };

/** An ask to which somebody has said something does not vanish. @throws RuleBroken, naming the first of these that would */
export async function assertNothingSaidTo(asks: readonly Ask[]): Promise<void> {
  const ids = asks.map(({ _id }) => _id);
  if (ids.length === 0) return;
  const said = await Commitment.find({ ask: { $in: ids }, takenBackAt: null }, { ask: 1 }).lean();
  const ask = asks.find(({ _id }) => said.some((one) => one.ask.equals(_id)));
  if (!ask) return;
  const count = said.filter((one) => one.ask.equals(ask._id)).length;
  const what = count === 1 ? '1 commitment is' : `${count.toLocaleString('en-GB')} commitments are`;
  throw new RuleBroken(
    `“${ask.title}” would be gone, and ${what} written down for it. Put it back with its first line as it was; to change that line as well, save once for it alone.`,
  );
}
