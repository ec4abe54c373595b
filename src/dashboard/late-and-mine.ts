import type { QueryFilter } from 'mongoose';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { statusInWords } from '../recipients/status.rules.js';
import type { Source } from './attention.js';
import { mine } from './mine.js';
import type { Seen } from './seen.js';

const shown = { organisationName: 1, officeTitle: 1, delivery: 1, engagement: 1, answerDueOn: 1 } as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

/** Recipients whose answer is very late and whom this person looks after, the longest first. */
export const veryLateAndMine = (seen: Seen): Source =>
  // who is very late is late as well: said, because that is what the index knows
  lateAs(seen, { lateFrom: { $lte: seen.now }, veryLateFrom: { $lte: seen.now } });

/** Those whose answer is late, and not very late yet. */
export const lateAndMine = (seen: Seen): Source =>
  lateAs(seen, {
    lateFrom: { $lte: seen.now },
    veryLateFrom: { $not: { $lte: seen.now } },
  });

/** Whom this person looks after: named as owner, or as the campaign's where nobody is. */
function lateAs({ user, campaigns }: Seen, which: QueryFilter<RecipientRecord>): Source {
  const filter = mine(
    campaigns.filter(({ lateAfter }) => lateAfter),
    user._id,
    which,
  );
  if (!filter) return { rows: async () => [], count: async () => 0 };
  return {
    rows: async (skip, limit) => {
      const rows = await Recipient.find(filter, shown)
        .sort({ lateFrom: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return rows.map(({ _id, organisationName, officeTitle, answerDueOn, ...status }) => ({
        href: `/recipients/${String(_id)}`,
        title: organisationName,
        about: `${officeTitle} · ${statusInWords(status)}`,
        reasons: [],
        day: answerDueOn!,
      }));
    },
    count: () => Recipient.countDocuments(filter).exec(),
  };
}
