import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { untilDatabaseAnswers } from '../database.js';
import { CapturedMessage } from '../mail/captured-message.model.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, CLAIM_MINUTES, type FollowUpState } from './follow-up.rules.js';

/** What a claimed follow-up came to. */
export type Outcome = {
  state: 'sent' | 'captured' | 'scheduled' | 'failed' | 'held' | 'uncertain' | 'cancelled';
  stateReasons?: string[];
  response?: string;
  sentAt?: Date;
  nextAttemptAt?: Date;
  approval?: null;
};

/**
 * Claims what is due for this worker alone, before the mail server is spoken to.
 * @returns the rows claimed, under one claim id; `more` when it is worth asking again
 */
export async function claimDue(
  limit: number,
  now: Date,
): Promise<{ claimId: string; claimed: FollowUpRecord[]; more: boolean }> {
  const claimId = randomUUID();
  const due = { state: 'scheduled' as const, nextAttemptAt: { $lte: now } };
  const rows = await FollowUp.find(due, { _id: 1 }).sort({ nextAttemptAt: 1 }).limit(limit).lean();
  if (rows.length === 0) return { claimId, claimed: [], more: false };
  const ids = rows.map(({ _id }) => _id);
  await FollowUp.updateMany(
    { _id: { $in: ids }, ...due },
    { $set: { state: 'sending', claim: { id: claimId, at: now } }, $inc: { attempts: 1 } },
  );
  const claimed = await FollowUp.find({ _id: { $in: ids }, 'claim.id': claimId }).lean<FollowUpRecord[]>();
  return { claimId, claimed, more: rows.length === limit };
}

/**
 * Writes what a claimed row came to. Only its own claim may, and only along the table of transitions.
 * While the database is away it keeps trying, because the mail server's answer is nowhere else.
 */
export async function settle(
  id: Types.ObjectId,
  claimId: string,
  { state, ...rest }: Outcome,
): Promise<void> {
  // an answer that came after the row was given up for uncertain is still the truth
  const from: FollowUpState[] = before(state).filter(
    (earlier) => earlier === 'sending' || earlier === 'uncertain',
  );
  const own = { _id: id, 'claim.id': claimId, state: { $in: from } };
  await untilDatabaseAnswers(() => FollowUp.updateOne(own, { $set: { state, stateReasons: [], ...rest } }));
}

/**
 * Rows whose worker died after the claim: a machine cannot know whether they went, so a person decides.
 * What had only been captured is known for certain. @returns how many became uncertain
 */
export async function settleAbandoned(now: Date): Promise<number> {
  const lost = {
    state: 'sending' as const,
    'claim.at': { $lt: new Date(now.getTime() - CLAIM_MINUTES * 60_000) },
  };
  const rows = await FollowUp.find(lost, { messageId: 1 }).lean();
  if (rows.length === 0) return 0;
  const captured = await CapturedMessage.distinct('messageId', {
    messageId: { $in: rows.map(({ messageId }) => messageId) },
  });
  await FollowUp.updateMany(
    { ...lost, messageId: { $in: captured } },
    { $set: { state: 'captured', sentAt: now } },
  );
  const reason =
    'The process that was sending it ended before the mail server’s answer was written down: it may have gone.';
  const { modifiedCount } = await FollowUp.updateMany(lost, {
    $set: { state: 'uncertain', stateReasons: [reason] },
  });
  return modifiedCount;
}
