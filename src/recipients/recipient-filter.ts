import type { QueryFilter, Types } from 'mongoose';
import { foundByAll } from '../organisations/found-by.rules.js';
import type { AnswerGroup } from './answer-group.rules.js';
import type { RecipientRecord } from './recipient.model.js';
import { settled, unanswered, type Delivery, type Engagement } from './status.rules.js';

type Filter = QueryFilter<RecipientRecord>;

/** Which recipients of a campaign a list shows; what is not named leaves nobody out. */
export type Wanted = {
  delivery?: Delivery | undefined;
  engagement?: Engagement | undefined;
  /** a day, or `now`: where they stood at its end rather than their status; whoever was not written to is left out */
  on?: string | undefined;
  late?: 'late' | 'very late' | undefined;
  answered?: AnswerGroup | undefined;
  /** how words begin that are in its names */
  find?: string | undefined;
  unacknowledged?: boolean | undefined;
};

export function filterOf(campaign: Types.ObjectId, wanted: Wanted, now: Date): Filter {
  const { delivery, engagement, on, late, answered, find, unacknowledged } = wanted;
  const filter: Filter = { campaign, ...(find && foundByAll(find)) };
  if (engagement && !on) Object.assign(filter, byEngagement(engagement));
  if (delivery) filter.delivery = delivery;
  if (on) filter.stood = { $elemMatch: { ...(engagement && { engagement }), ...standing(on) } };
  // the very late are late as well, and found by the index of the late
  if (late) filter.lateFrom = { $lte: now };
  if (late === 'very late') filter.veryLateFrom = { $lte: now };
  if (unacknowledged) filter.acknowledgementMissingFrom = { $lte: now };
  return answered ? { $and: [filter, byAnswer[answered]] } : filter;
}

/** Only whoever was written to is silent, see `isUntouched`; a delivery that is asked for as well goes over this one. */
export const byEngagement = (engagement: Engagement): Pick<Filter, 'engagement' | 'delivery'> =>
  engagement === 'silent' ? { engagement, delivery: { $ne: 'not sent' } } : { engagement };

const standing = (on: string) =>
  on === 'now' ? { until: null } : { from: { $lte: on }, $or: [{ until: null }, { until: { $gt: on } }] };

/** The same groups as `answerGroupOf` makes. */
export const byAnswer: Record<AnswerGroup, Filter> = {
  yes: { answeredAfter: { $gte: 0 } },
  waiting: { clockStartedAt: { $type: 'date' }, engagement: { $in: unanswered } },
  'not reached': { clockStartedAt: null, engagement: { $in: unanswered } },
  'not counted': { answeredAfter: null, engagement: { $in: settled } },
};
