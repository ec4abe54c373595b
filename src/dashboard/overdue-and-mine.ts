import { dayOf } from '../dates.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { isOverdue, recipientStatuses, statusNames } from '../recipients/recipient.rules.js';
import type { Source } from './attention.js';
import { mine } from './mine.js';
import type { Seen, SeenCampaign } from './seen.js';

type Shown = Pick<RecipientRecord, '_id' | 'campaign' | 'organisationName' | 'officeTitle' | 'status'>;

/** Recipients whose answer is overdue and whom this person looks after: named as owner, or as the campaign's where nobody is. */
export function overdueAndMine({ user, now, campaigns }: Seen): Source {
  const late = campaigns.filter((campaign) => statusesOverdue(campaign, now).length > 0);
  const status = late[0] && { $in: statusesOverdue(late[0], now) };
  const filter = mine(late, user._id, { status });
  if (!filter) return { rows: async () => [], count: async () => 0 };
  const dueOn = new Map(late.map(({ _id, answerDueOn }) => [String(_id), answerDueOn!]));
  return {
    // unsorted, and so answered from the index: all of a campaign are overdue since the same day
    rows: async (skip, limit) => {
      const rows = await Recipient.find(filter, {
        campaign: 1,
        organisationName: 1,
        officeTitle: 1,
        status: 1,
      })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return rows.map(({ _id, campaign, organisationName, officeTitle, status }) => ({
        href: `/recipients/${String(_id)}`,
        title: organisationName,
        about: `${officeTitle} · ${statusNames[status]}`,
        reasons: [],
        day: dueOn.get(String(campaign))!,
      }));
    },
    count: () => Recipient.countDocuments(filter).exec(),
  };
}

/** The statuses that are overdue in a campaign today, in its own time zone; none before the day has passed. */
const statusesOverdue = ({ answerDueOn, timeZone }: SeenCampaign, now: Date) =>
  recipientStatuses.filter((status) => isOverdue(status, answerDueOn, dayOf(now, timeZone)));
