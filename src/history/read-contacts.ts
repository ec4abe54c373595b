import type { Types } from 'mongoose';
import { dayOf, type Day } from '../dates.js';
import { byId } from '../group-by.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { readPage, type Page } from '../web/paging.js';
import { Entry, type EntryRecord } from './entry.model.js';
import type { Direction, Precision } from './entry.rules.js';
import { titleOf } from './timeline.js';

const WEEK = 7 * 86_400_000;

/** What one number of the picture counts: a week by its Monday (UTC), a direction; null is any. */
export type WantedContacts = { week: Day | null; direction: Exclude<Direction, 'none'> | null };

/** `day`: the one by which its week is counted, UTC. */
export type Contact = {
  id: string;
  title: string;
  day: Day;
  precision: Precision;
  organisation: string;
  office: string;
};

/** One page of the entries that `activityKey` counts into this week and direction, the latest first. */
export async function readContacts(
  campaign: Types.ObjectId,
  wanted: WantedContacts,
  number: number,
): Promise<Page<Contact>> {
  const list = Entry.find({ campaign, ...filterOf(wanted), _id: { $nin: await supersededIn(campaign) } })
    .sort({ occurredAt: -1, _id: -1 })
    .lean<EntryRecord[]>();
  const page = await readPage(list, number);
  const recipients = byId(
    await Recipient.find(
      { _id: { $in: page.rows.map(({ recipient }) => recipient) } },
      { organisationName: 1, officeTitle: 1 },
    ).lean<Pick<RecipientRecord, '_id' | 'organisationName' | 'officeTitle'>[]>(),
  );
  return {
    ...page,
    rows: page.rows.map((entry) => {
      const recipient = recipients.get(String(entry.recipient));
      return {
        id: String(entry._id),
        title: titleOf(entry),
        day: dayOf(entry.occurredAt, 'UTC'),
        precision: entry.precision,
        organisation: recipient?.organisationName ?? 'Somebody who is no recipient any more',
        office: recipient?.officeTitle ?? '',
      };
    }),
  };
}

/** `isContact` and `activityKey` as a query: what no person wrote is no contact, and a meeting is theirs unless it is from us. */
function filterOf({ week, direction }: WantedContacts) {
  const theirs = [
    { kind: 'meeting' as const, direction: { $ne: 'out' as const } },
    { direction: 'in' as const, receivedAs: { $nin: ['bounce' as const, 'auto-reply' as const] } },
  ];
  const from = week && Date.parse(week);
  return {
    $or: [
      ...(direction === 'in' ? [] : [{ direction: 'out' as const }]),
      ...(direction === 'out' ? [] : theirs),
    ],
    ...(from !== null && { occurredAt: { $gte: new Date(from), $lt: new Date(Number(from) + WEEK) } }),
  };
}

/** Contact of any week, from either side. */
export const anyContact = filterOf({ week: null, direction: null });

async function supersededIn(campaign: Types.ObjectId): Promise<Types.ObjectId[]> {
  const corrections = await Entry.find({ campaign, supersedes: { $exists: true } }, { supersedes: 1 })
    // left to itself the engine looks through all of the campaign as well
    .hint({ supersedes: 1 })
    .lean();
  return corrections.map(({ supersedes }) => supersedes!);
}
