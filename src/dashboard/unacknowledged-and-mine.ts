import { dayOf } from '../dates.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { isOverdue, statusNames } from '../recipients/recipient.rules.js';
import type { Source } from './attention.js';
import { mine } from './mine.js';
import type { Seen, SeenCampaign } from './seen.js';

const shown = {
  organisationName: 1,
  officeTitle: 1,
  status: 1,
  timeZone: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

/** Recipients whom this person looks after and of whom not even an acknowledgement came in time, the longest missing first. */
export function unacknowledgedAndMine({ user, now, campaigns }: Seen): Source {
  const filter = mine(
    campaigns.filter((campaign) => watches(campaign, now)),
    user._id,
    { acknowledgementMissingFrom: { $lte: now } },
  );
  if (!filter) return { rows: async () => [], count: async () => 0 };
  return {
    rows: async (skip, limit) => {
      const rows = await Recipient.find(filter, shown)
        .sort({ acknowledgementMissingFrom: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return rows.map(
        ({ _id, organisationName, officeTitle, status, timeZone, acknowledgementMissingFrom }) => ({
          href: `/recipients/${String(_id)}`,
          title: organisationName,
          about: `${officeTitle} · ${statusNames[status]}`,
          reasons: [],
          day: lastDayBefore(acknowledgementMissingFrom!, timeZone),
        }),
      );
    },
    count: () => Recipient.countDocuments(filter).exec(),
  };
}

/** Once the answer itself is overdue, that is what they are listed for, and once is enough. */
const watches = ({ acknowledgementDays, answerDueOn, timeZone }: SeenCampaign, now: Date): boolean =>
  Boolean(acknowledgementDays) && !isOverdue('sent', answerDueOn, dayOf(now, timeZone));
