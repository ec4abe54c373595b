import type { Types } from 'mongoose';
import { readNextSteps, type NextStep } from '../follow-ups/next-steps.js';
import { groupBy } from '../group-by.js';
import { evenRemoved } from '../removal.model.js';
import { readPage, type Page } from '../web/paging.js';
import { isUnacknowledged } from './acknowledgement.rules.js';
import { filterOf, type Wanted } from './recipient-filter.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';
import { wereRemoved } from './removed.js';
import { atFirst, fromOneField, isUntouched, type Standing } from './status.rules.js';
import { clockStateOf, type ClockState } from './clock-state.rules.js';

export type ListedRecipient = Pick<
  RecipientRecord,
  | '_id'
  | 'organisationName'
  | 'officeTitle'
  | 'holderName'
  | 'delivery'
  | 'engagement'
  | 'lastContactAt'
  | 'lastContactPrecision'
  | 'timeZone'
> & {
  clock: ClockState;
  unacknowledged: boolean;
  nextStep: NextStep | null;
};

const shown = {
  organisationName: 1,
  officeTitle: 1,
  holderName: 1,
  delivery: 1,
  engagement: 1,
  clockStartedAt: 1,
  lateFrom: 1,
  veryLateFrom: 1,
  clockPausedFrom: 1,
  clockPausedUntil: 1,
  lastContactAt: 1,
  lastContactPrecision: 1,
  timeZone: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

/**
 * One page of a campaign's recipients by name, each with its next step, what its clock says at `now`, and whether its
 * acknowledgement is missing.
 */
export async function listRecipients(
  campaign: Types.ObjectId,
  { page, ...wanted }: Wanted & { page: number },
  now: Date,
): Promise<Page<ListedRecipient>> {
  const list = Recipient.find(filterOf(campaign, wanted, now), shown).sort({ listedAs: 1 });
  // left to itself the engine walks through all of the campaign by name, in search of a few
  if (wanted.unacknowledged) list.hint({ campaign: 1, acknowledgementMissingFrom: 1 });
  else if (wanted.late) list.hint({ campaign: 1, lateFrom: 1 });
  const { rows, ...rest } = await readPage(list.lean<Shown[]>(), page);
  const next = await readNextSteps({ recipient: { $in: rows.map(({ _id }) => _id) } });
  return {
    ...rest,
    // onto what was just read: to copy a record of the database costs more than to render it
    rows: rows.map((row) =>
      Object.assign(row, {
        clock: clockStateOf(row, now),
        unacknowledged: isUnacknowledged(row.acknowledgementMissingFrom, now),
        nextStep: next.get(String(row._id)) ?? null,
      }),
    ),
  };
}

/**
 * How many recipients stand where, on both axes at once; where nobody stands is left out. Removed ones are counted with the others
 * and taken off again: they are few, and to look at each recipient for it costs half as much again.
 */
export async function countStanding(campaign: Types.ObjectId): Promise<Counted[]> {
  const [groups, removed] = await Promise.all([
    Recipient.aggregate<{ _id: string | null; count: number }>(
      [{ $match: { campaign } }, { $group: { _id: '$status', count: { $sum: 1 } } }],
      evenRemoved,
    ),
    Recipient.find({ campaign, ...wereRemoved }, { status: 1 }, evenRemoved).lean(),
  ]);
  const leftOut = groupBy(removed, ({ status }) => status);
  return groups
    .map(({ _id, count }) => ({
      // none where an earlier version still runs beside this one; the daily check of the copies puts it there
      ...(_id ? fromOneField(_id) : atFirst),
      count: count - (leftOut.get(_id ?? '')?.length ?? 0),
    }))
    .filter(({ count }) => count > 0);
}
export type Counted = Standing & { count: number };

/** The same on one axis, in the order of what there is. Whoever was not written to has said nothing, and is not called silent. */
export const countBy = <Axis extends 'delivery' | 'engagement'>(
  axis: Axis,
  inOrder: readonly Standing[Axis][],
  standing: readonly Counted[],
): { is: Standing[Axis]; count: number }[] =>
  inOrder
    .map((is) => ({
      is,
      count: standing
        .filter((one) => one[axis] === is && (axis === 'delivery' || !isUntouched(one)))
        .reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0);
