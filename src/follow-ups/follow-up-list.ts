import type { Types } from 'mongoose';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { toNobodyRemoved } from '../recipients/removed.js';
import { readPage, type Page } from '../web/paging.js';
import { byId } from '../group-by.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { needsAPerson, type FollowUpState } from './follow-up.rules.js';

/** The lists of follow-ups, by what there is to do about them. */
export const lists = ['waiting', 'attention', 'approved', 'gone', 'cancelled'] as const;
export type List = (typeof lists)[number];

export const listNames: Record<List, string> = {
  waiting: 'Wait for approval',
  attention: 'Need a person',
  approved: 'Approved',
  gone: 'Sent or captured',
  cancelled: 'Cancelled',
};

const statesOf: Record<List, readonly FollowUpState[]> = {
  waiting: ['planned'],
  attention: needsAPerson,
  approved: ['scheduled', 'sending'],
  gone: ['sent', 'captured'],
  cancelled: ['cancelled'],
};

const shown = {
  campaign: 1,
  recipient: 1,
  subject: 1,
  state: 1,
  stateReasons: 1,
  dueAt: 1,
  sentAt: 1,
  problems: 1,
} as const;

export type ListedFollowUp = Pick<
  FollowUpRecord,
  '_id' | 'campaign' | 'subject' | 'state' | 'stateReasons' | 'dueAt' | 'sentAt' | 'problems'
> & {
  recipient: Pick<RecipientRecord, '_id' | 'organisationName' | 'officeTitle' | 'timeZone'>;
};

/** One page of a list; what is ahead by when it is due, what is over with the latest first. */
export async function listFollowUps(list: List, number: number): Promise<Page<ListedFollowUp>> {
  const ahead = list === 'waiting' || list === 'attention' || list === 'approved';
  const filter = { state: { $in: statesOf[list] }, ...(await toNobodyRemoved()) };
  const found = FollowUp.find(filter, shown).sort({
    nextAttemptAt: ahead ? 1 : -1,
  });
  const { rows, ...rest } = await readPage(found.lean<FollowUpRecord[]>(), number);
  const recipients = await recipientsOf(rows.map(({ recipient }) => recipient));
  return {
    ...rest,
    rows: rows.map((row) => ({ ...row, recipient: recipients.get(String(row.recipient))! })),
  };
}

/** What lists show of the recipients, by their id as text. */
export async function recipientsOf(ids: Types.ObjectId[]): Promise<Map<string, ListedFollowUp['recipient']>> {
  const fields = { organisationName: 1, officeTitle: 1, timeZone: 1 } as const;
  const found = await Recipient.find({ _id: { $in: ids } }, fields).lean<RecipientRecord[]>();
  return byId(found);
}
