import type { QueryFilter, Types } from 'mongoose';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { foldName } from '../organisations/organisation.rules.js';
import { readPage, type Page } from '../web/paging.js';
import { isUnacknowledged } from './acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';
import { recipientStatuses, type RecipientStatus } from './recipient.rules.js';

export type ListedRecipient = Pick<
  RecipientRecord,
  | '_id'
  | 'organisationName'
  | 'officeTitle'
  | 'holderName'
  | 'status'
  | 'lastContactAt'
  | 'lastContactPrecision'
  | 'timeZone'
> & { unacknowledged: boolean; nextStep: Pick<FollowUpRecord, '_id' | 'dueAt' | 'state'> | null };

const shown = {
  organisationName: 1,
  officeTitle: 1,
  holderName: 1,
  status: 1,
  lastContactAt: 1,
  lastContactPrecision: 1,
  timeZone: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

type Wanted = { status?: string; from?: string; unacknowledged?: boolean; page: number };

/**
 * One page of a campaign's recipients by name, each with its next step and whether its acknowledgement is missing. `from`
 * starts the list at a name; `unacknowledged` leaves everybody out whose acknowledgement is not missing at `now`.
 */
export async function listRecipients(
  campaign: Types.ObjectId,
  { status, from, unacknowledged, page }: Wanted,
  now: Date,
): Promise<Page<ListedRecipient>> {
  const filter: QueryFilter<RecipientRecord> = { campaign };
  if (recipientStatuses.includes(status as RecipientStatus)) filter.status = status as RecipientStatus;
  if (from) filter.listedAs = { $gte: foldName(from) };
  if (unacknowledged) filter.acknowledgementMissingFrom = { $lte: now };
  const list = Recipient.find(filter, shown).sort({ listedAs: 1 });
  // left to itself the engine walks through all of the campaign by name, in search of a few
  if (unacknowledged) list.hint({ campaign: 1, acknowledgementMissingFrom: 1 });
  const { rows, ...rest } = await readPage(list.lean<Shown[]>(), page);
  const next = await nextSteps(rows.map(({ _id }) => _id));
  return {
    ...rest,
    rows: rows.map(({ acknowledgementMissingFrom, ...row }) => ({
      ...row,
      unacknowledged: isUnacknowledged(acknowledgementMissingFrom, now),
      nextStep: next.get(String(row._id)) ?? null,
    })),
  };
}

/** The earliest follow-up ahead of each of these recipients. */
async function nextSteps(recipients: Types.ObjectId[]): Promise<Map<string, ListedRecipient['nextStep']>> {
  const open = await FollowUp.find(
    { recipient: { $in: recipients }, state: { $in: aheadStates } },
    { recipient: 1, dueAt: 1, state: 1 },
  )
    .sort({ dueAt: -1 })
    .lean<FollowUpRecord[]>();
  return new Map(open.map((followUp) => [String(followUp.recipient), followUp]));
}

/** How many recipients stand where, in the order of the statuses; statuses nobody has are left out. */
export async function countByStatus(
  campaign: Types.ObjectId,
): Promise<{ status: RecipientStatus; count: number }[]> {
  const groups = await Recipient.aggregate<{ _id: RecipientStatus; count: number }>([
    { $match: { campaign } },
    { $group: { _id: '$status', count: { $sum: 1 } } },
  ]);
  const countOf = new Map(groups.map(({ _id, count }) => [_id, count]));
  return recipientStatuses
    .map((status) => ({ status, count: countOf.get(status) ?? 0 }))
    .filter(({ count }) => count > 0);
}
