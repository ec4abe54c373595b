import { Types } from 'mongoose';
import { dayBefore, dayInWords, type Day } from '../dates.js';
import { RuleBroken } from '../errors.js';
import { relistRecipients } from '../recipients/listing.js';
import { Office, type OfficeRecord } from './office.model.js';

export type HolderRecord = OfficeRecord['holders'][number];

type Change = {
  leaving: HolderRecord;
  /** the first day on which they hold it no longer */
  from: Day;
  /** who holds it from then on; null: nobody is known yet */
  successor: { name: string; salutation: string } | null;
};

/**
 * Ends the time of whoever holds an office the day before, and begins that of the next, in one write.
 * @throws RuleBroken when somebody wrote down meanwhile until when they hold it
 */
export async function changeHolder(
  office: Types.ObjectId,
  { leaving, from, successor }: Change,
  now: Date,
): Promise<void> {
  const until = dayBefore(from);
  const begins = successor ? [{ _id: new Types.ObjectId(), ...successor, from, until: null }] : [];
  const { matchedCount } = await Office.collection.updateOne(
    { _id: office, holders: { $elemMatch: { _id: leaving._id, until: null } } },
    [{ $set: { holders: { $concatArrays: [withLastDay(leaving._id, until), { $literal: begins }] } } }],
  );
  if (matchedCount === 0)
    throw new RuleBroken('Somebody has changed who holds the office meanwhile. Look at who does now.');
  await relistRecipients({ office }, now);
}

/** Nobody leaves before they came. @returns a sentence for whoever entered the day, or null */
export const tooEarly = ({ name, from: began }: HolderRecord, from: Day): string | null =>
  began && began >= from ? `${name} began on ${dayInWords(began)}. Enter a later day.` : null;

const withLastDay = (id: Types.ObjectId, until: Day) => ({
  $map: {
    input: '$holders',
    as: 'one',
    in: { $cond: [{ $eq: ['$$one._id', id] }, { $mergeObjects: ['$$one', { until }] }, '$$one'] },
  },
});
