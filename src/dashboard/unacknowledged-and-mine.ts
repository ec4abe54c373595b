import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { unacknowledgedOnly } from '../recipients/late.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { statusInWords } from '../recipients/status.rules.js';
import type { Source } from './attention.js';
import { mine } from './mine.js';
import type { Seen } from './seen.js';

const shown = {
  organisationName: 1,
  officeTitle: 1,
  delivery: 1,
  engagement: 1,
  timeZone: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

/** Recipients whom this person looks after and of whom not even an acknowledgement came in time, the longest missing first. */
export function unacknowledgedAndMine({ user, now, campaigns }: Seen): Source {
  const filter = mine(
    campaigns.filter(({ acknowledgementDays }) => acknowledgementDays),
    user._id,
    unacknowledgedOnly(now),
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
        ({ _id, organisationName, officeTitle, timeZone, acknowledgementMissingFrom, ...status }) => ({
          href: `/recipients/${String(_id)}`,
          title: organisationName,
          about: `${officeTitle} · ${statusInWords(status)}`,
          reasons: [],
          day: lastDayBefore(acknowledgementMissingFrom!, timeZone),
        }),
      );
    },
    count: () => Recipient.countDocuments(filter).exec(),
  };
}
