import type { Types } from 'mongoose';
import { FollowUp, standsIn, type FollowUpRecord } from './follow-up.model.js';
import { aheadStates } from './follow-up.rules.js';

/** What comes next to a recipient. `nextAttemptAt`: the time it was put off to, where it is approved. */
export type NextStep = Pick<FollowUpRecord, '_id' | 'recipient' | 'dueAt' | 'nextAttemptAt' | 'state'>;

type Of = { campaign: Types.ObjectId } | { recipient: { $in: Types.ObjectId[] } };

/** The earliest follow-up ahead of each recipient, by the id of the recipient as text. */
export async function readNextSteps(of: Of): Promise<Map<string, NextStep>> {
  const ahead = 'recipient' in of ? standsIn(aheadStates) : { state: { $in: aheadStates } };
  const found = await FollowUp.aggregate<{ next: NextStep }>([
    { $match: { ...of, ...ahead } },
    { $sort: { dueAt: 1 } },
    {
      $group: {
        _id: '$recipient',
        next: {
          $first: {
            _id: '$_id',
            recipient: '$recipient',
            dueAt: '$dueAt',
            nextAttemptAt: '$nextAttemptAt',
            state: '$state',
          },
        },
      },
    },
  ]).exec();
  return new Map(found.map(({ next }) => [String(next.recipient), next]));
}
