import type { QueryFilter } from 'mongoose';
import type { Day } from '../dates.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { unacknowledgedOnly } from '../recipients/late.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { statusInWords } from '../recipients/status.rules.js';
import type { Source, Which } from './sources.js';
import type { Seen } from './seen.js';
import { idsOf } from './which.js';
import { recipientsOf } from './whose.js';

const shown = {
  organisationName: 1,
  officeTitle: 1,
  delivery: 1,
  engagement: 1,
  timeZone: 1,
  answerDueOn: 1,
  promisedFor: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

type About = {
  filter: (now: Date) => QueryFilter<RecipientRecord>;
  /** the longest waiting first */
  by: 'lateFrom' | 'promisePassedFrom' | 'acknowledgementMissingFrom';
  day: (recipient: Shown) => Day;
};

const answerDue = ({ answerDueOn }: Shown): Day => answerDueOn!;

const abouts = {
  'very-late': {
    // who is very late is late as well: said, because that is what the index knows
    filter: (now) => ({ lateFrom: { $lte: now }, veryLateFrom: { $lte: now } }),
    by: 'lateFrom',
    day: answerDue,
  },
  late: {
    filter: (now) => ({ lateFrom: { $lte: now }, veryLateFrom: { $not: { $lte: now } } }),
    by: 'lateFrom',
    day: answerDue,
  },
  'due-today': {
    filter: (now) => ({ lastDayFrom: { $lte: now }, lateFrom: { $gt: now } }),
    by: 'lateFrom',
    day: answerDue,
  },
  promises: {
    filter: (now) => ({ promisePassedFrom: { $lte: now } }),
    by: 'promisePassedFrom',
    day: ({ promisedFor }) => promisedFor!,
  },
  unacknowledged: {
    filter: unacknowledgedOnly,
    by: 'acknowledgementMissingFrom',
    day: ({ acknowledgementMissingFrom, timeZone }) => lastDayBefore(acknowledgementMissingFrom!, timeZone),
  },
} satisfies Record<string, About>;

/** Recipients that somebody looks after, by what their calendar says at `now`. */
export const recipientsToSee =
  (kind: keyof typeof abouts) =>
  ({ now, yours, campaigns }: Seen, which: Which): Source => {
    const { filter: filterAt, by, day }: About = abouts[kind];
    const asked = { ...filterAt(now), ...idsOf(which) };
    const everywhere = { campaign: { $in: campaigns.map(({ _id }) => _id) }, ...asked };
    const filter = yours ? recipientsOf(yours, asked) : everywhere;
    return {
      rows: async (skip, limit) => {
        const rows = await Recipient.find(filter, shown)
          .sort({ [by]: 1 })
          .skip(skip)
          .limit(limit)
          .lean<Shown[]>();
        return rows.map((recipient) => ({
          id: recipient._id,
          facts: day(recipient),
          href: `/recipients/${String(recipient._id)}`,
          title: recipient.organisationName,
          about: `${recipient.officeTitle} · ${statusInWords(recipient)}`,
          named: `${recipient.organisationName}, ${recipient.officeTitle}`,
          reasons: [],
          day: day(recipient),
        }));
      },
      count: () => Recipient.countDocuments(filter).exec(),
    };
  };
