import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';

const HOUR = 3_600_000;

export type SendingNow = { due: number; gone: number };

/**
 * How far the sending of what came due in the last hour is: how many have gone, of how many.
 * @returns null when nothing that is due is still to go
 */
export async function readSendingNow(campaign: Types.ObjectId, now: Date): Promise<SendingNow | null> {
  const counts = await FollowUp.aggregate<{ _id: string; count: number }>([
    {
      $match: {
        state: { $in: ['scheduled', 'sending', 'sent', 'captured'] },
        nextAttemptAt: { $gt: new Date(now.getTime() - HOUR), $lte: now },
        campaign,
      },
    },
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ]);
  const of = (...states: string[]): number =>
    counts.filter(({ _id }) => states.includes(_id)).reduce((sum, { count }) => sum + count, 0);
  const ahead = of('scheduled', 'sending');
  const gone = of('sent', 'captured');
  return ahead > 0 ? { due: ahead + gone, gone } : null;
}
