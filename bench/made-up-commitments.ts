import { Types } from 'mongoose';
import { currentOf, farness, stances } from '../src/commitments/commitment.rules.js';
import { sentence } from './names.js';

type Setting = {
  campaign: Types.ObjectId;
  asks: readonly { _id: Types.ObjectId; title: string }[];
  staff: Types.ObjectId;
  now: Date;
  random: () => number;
};

export const ASKS = [
  'Answer the letter',
  'Publish assessments',
  'Put safeguards first',
  'Listen to survivors',
];

/** What one recipient said to each ask: in every third cell nothing, in others once or several times, two of three checked. */
export function madeUpCommitments(recipient: Types.ObjectId, setting: Setting) {
  return setting.asks.flatMap((ask) => {
    const times = Math.max(0, Math.floor(setting.random() * 4) - 1 + Math.floor(setting.random() * 2));
    const said = Array.from({ length: times }, () => madeUpCommitment(recipient, ask, setting));
    const holds = currentOf(said);
    return said.map((one) => ({ ...one, isCurrent: one === holds }));
  });
}

function madeUpCommitment(
  recipient: Types.ObjectId,
  ask: Setting['asks'][number],
  { campaign, staff, now, random }: Setting,
) {
  const stance = stances[Math.floor(random() * stances.length)]!;
  const setAt = new Date(now.getTime() - Math.floor(random() * 500 * 86_400_000));
  const checked = random() < 2 / 3;
  return {
    _id: new Types.ObjectId(),
    campaign,
    recipient,
    ask: ask._id,
    askTitle: ask.title,
    stance,
    farness: farness(stance),
    quote: sentence(random),
    source: 'https://example.org/statement',
    on: setAt.toISOString().slice(0, 10),
    note: '',
    setBy: staff,
    setAt,
    ...(checked && { confirmedBy: new Types.ObjectId(), confirmedAt: now }),
  };
}
