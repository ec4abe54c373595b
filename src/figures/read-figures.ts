import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { answerGroupOf, answerGroups, type AnswerGroup } from '../recipients/answer-group.rules.js';
import { Recipient } from '../recipients/recipient.model.js';
import type { Delivery, Engagement } from '../recipients/status.rules.js';
import type { Stood } from '../recipients/stood.rules.js';
import { quartilesOf, type Quartiles } from './quartiles.rules.js';
import { standingOverTime, type OverTime } from './standing-over-time.rules.js';

export type Figures = {
  recipients: number;
  overTime: OverTime | null;
  /** left out of it, and whose silence is no silence: what was sent came back */
  notWrittenTo: number;
  bouncedAndSilent: number;
  answers: Record<AnswerGroup, number>;
  quartiles: Quartiles | null;
  /** of those awaited; the very late ones are late as well */
  late: number;
  veryLate: number;
};

type Group = {
  _id: { delivery: Delivery; engagement: Engagement; reached: boolean };
  count: number;
  stood: Stood[][];
  answeredAfter: (number | null)[];
  late: number;
  veryLate: number;
};

/** Everything that is counted on the page of figures, from one read of the copies: so it agrees with itself. */
export async function readFigures(campaign: Types.ObjectId, today: Day, now: Date): Promise<Figures> {
  const groups = await readGroups(campaign, now);
  const sum = (of: (group: Group) => number) => groups.reduce((total, group) => total + of(group), 0);
  const standing = (delivery: Delivery, engagement: Engagement) =>
    sum(({ _id, count }) => (_id.delivery === delivery && _id.engagement === engagement ? count : 0));
  const answers = Object.fromEntries(answerGroups.map((group) => [group, 0])) as Record<AnswerGroup, number>;
  for (const { _id, answeredAfter } of groups)
    for (const after of answeredAfter) answers[answerGroupOf({ ..._id, answeredAfter: after })] += 1;
  return {
    recipients: sum(({ count }) => count),
    overTime: standingOverTime(
      groups.flatMap(({ stood }) => stood),
      today,
    ),
    notWrittenTo: standing('not sent', 'silent'),
    bouncedAndSilent: standing('bounced', 'silent'),
    answers,
    quartiles: quartilesOf(
      groups.flatMap(({ answeredAfter }) => answeredAfter.filter((after) => after !== null)),
    ),
    late: sum(({ late }) => late),
    veryLate: sum(({ veryLate }) => veryLate),
  };
}

/** Few records with long lists in them: unpacking thousands one by one costs several times as much. */
const readGroups = (campaign: Types.ObjectId, now: Date): Promise<Group[]> =>
  Recipient.aggregate<Group>([
    { $match: { campaign } },
    {
      $group: {
        _id: {
          delivery: '$delivery',
          engagement: '$engagement',
          reached: { $gt: ['$clockStartedAt', null] },
        },
        count: { $sum: 1 },
        stood: { $push: '$stood' },
        answeredAfter: { $push: { $ifNull: ['$answeredAfter', null] } },
        late: countPast('$lateFrom', now),
        veryLate: countPast('$veryLateFrom', now),
      },
    },
  ]).exec();

const countPast = (field: string, now: Date) => ({
  $sum: { $cond: [{ $and: [{ $gt: [field, null] }, { $lte: [field, now] }] }, 1, 0] },
});

/** The part of it that partners see as well: how many stood where, and no names. */
export async function readOverTime(campaign: Types.ObjectId, today: Day): Promise<OverTime | null> {
  const groups = await Recipient.aggregate<{ stood: Stood[][] }>([
    { $match: { campaign } },
    { $group: { _id: '$engagement', stood: { $push: '$stood' } } },
  ]);
  return standingOverTime(
    groups.flatMap(({ stood }) => stood),
    today,
  );
}
