import { Types } from 'mongoose';
import { dayBefore, type Day } from '../dates.js';
import { RuleBroken } from '../errors.js';
import { relistRecipients } from '../recipients/listing.js';
import { placeHolder, vacate, type Refused } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';

export type HolderRecord = OfficeRecord['holders'][number];
type Changed = Pick<OfficeRecord, '_id' | 'holders'>;

/** Days inclusive; one left open is not known. */
export type Successor = { name: string; salutation: string; from: Day | null; until: Day | null };

/**
 * Writes down who holds an office in a time of their own: the first one who is named, or somebody who takes over from others.
 * @returns the new holder's id, or why these days cannot be
 * @throws RuleBroken when somebody changed who holds it meanwhile
 */
export async function takeOver(
  office: Changed,
  successor: Successor,
  now: Date,
): Promise<{ id: Types.ObjectId } | Refused> {
  const placed = placeHolder(office.holders, successor);
  if ('field' in placed) return placed;
  const id = new Types.ObjectId();
  const others = office.holders.length > 0 && { tookOver: true, confirmedAt: null };
  await change(
    office,
    { ...placed, from: successor.from, begins: [{ _id: id, ...successor, ...others }] },
    now,
  );
  return { id };
}

/**
 * Writes down that nobody holds an office from a day on.
 * @returns why it cannot be that day; null when it is done
 * @throws RuleBroken when somebody changed who holds it meanwhile
 */
export async function vacateOffice(office: Changed, from: Day, now: Date): Promise<Refused<'from'> | null> {
  const vacated = vacate(office.holders, from);
  if ('field' in vacated) return vacated;
  await change(office, { ...vacated, from, begins: [] }, now);
  return null;
}

type Change = { ends: HolderRecord[]; from: Day | null; begins: object[] };

/** In one write, and only while the holders are those that were read. */
async function change({ _id, holders }: Changed, { ends, from, begins }: Change, now: Date): Promise<void> {
  const stillOpen = ends.map(({ _id: holder }) => ({
    holders: { $elemMatch: { _id: holder, until: null } },
  }));
  const kept = withLastDay(
    ends.map(({ _id: holder }) => holder),
    from && dayBefore(from),
  );
  const { matchedCount } = await Office.collection.updateOne(
    { _id, $and: [{ holders: { $size: holders.length } }, ...stillOpen] },
    [{ $set: { holders: { $concatArrays: [kept, { $literal: begins }] } } }],
  );
  if (matchedCount === 0)
    throw new RuleBroken('Somebody has changed who holds the office meanwhile. Look at who does now.');
  await relistRecipients({ office: _id }, now);
}

const withLastDay = (ids: Types.ObjectId[], until: Day | null) => ({
  $map: {
    input: '$holders',
    as: 'one',
    in: { $cond: [{ $in: ['$$one._id', ids] }, { $mergeObjects: ['$$one', { until }] }, '$$one'] },
  },
});
