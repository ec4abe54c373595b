import { DateTime } from 'luxon';
import type { QueryFilter } from 'mongoose';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import type { FollowUpState } from '../follow-ups/follow-up.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { AttentionItem, Source } from './attention.js';
import type { Seen } from './seen.js';

type Shown = Pick<
  FollowUpRecord,
  '_id' | 'recipient' | 'subject' | 'state' | 'stateReasons' | 'dueAt' | 'nextAttemptAt'
>;
type Named = Pick<RecipientRecord, '_id' | 'organisationName'>;

/** Follow-ups of all campaigns in one state, the earliest due first. */
export const withState = (state: FollowUpState): Source => followUps({ state });

/** Approved follow-ups that leave before the reader's day is over, and those that should have left already. */
export const leavingToday = ({ user, now }: Seen): Source => {
  const endOfDay = DateTime.fromJSDate(now, { zone: user.timeZone }).endOf('day').toJSDate();
  return followUps({ state: 'scheduled', nextAttemptAt: { $lte: endOfDay } });
};

const shown = { recipient: 1, subject: 1, state: 1, stateReasons: 1, dueAt: 1, nextAttemptAt: 1 } as const;

const followUps = (filter: QueryFilter<FollowUpRecord>): Source => ({
  rows: async (skip, limit) => {
    const rows = await FollowUp.find(filter, shown)
      .sort({ nextAttemptAt: 1 })
      .skip(skip)
      .limit(limit)
      .lean<Shown[]>();
    return toItems(rows);
  },
  count: () => FollowUp.countDocuments(filter).exec(),
});

async function toItems(rows: readonly Shown[]): Promise<AttentionItem[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ recipient }) => recipient);
  const named = await Recipient.find({ _id: { $in: ids } }, { organisationName: 1 }).lean<Named[]>();
  const nameOf = new Map(named.map(({ _id, organisationName }) => [String(_id), organisationName]));
  return rows.map(({ _id, recipient, subject, state, stateReasons, dueAt, nextAttemptAt }) => ({
    href: `/follow-ups/${String(_id)}`,
    title: nameOf.get(String(recipient)) ?? 'Somebody who is no recipient any more',
    about: subject || 'No subject yet',
    reasons: stateReasons,
    // a temporary refusal puts the next attempt later than the time that was planned
    at: state === 'scheduled' ? nextAttemptAt : dueAt,
  }));
}
