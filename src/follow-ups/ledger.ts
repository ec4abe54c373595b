import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { untilDatabaseAnswers } from '../database.js';
import { Entry } from '../history/entry.model.js';
import { CapturedMessage } from '../mail/captured-message.model.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, CLAIM_MINUTES, type FollowUpState } from './follow-up.rules.js';
import { recordSent } from './record-sent.js';

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
  // while the database is away it keeps trying: a claim that was written and never read would end as uncertain
  await untilDatabaseAnswers(() =>
    FollowUp.updateMany(
      { _id: { $in: ids }, ...due },
      { $set: { state: 'sending', claim: { id: claimId, at: now } }, $inc: { attempts: 1 } },
    ),
  );
  const claimed = await untilDatabaseAnswers(() =>
    FollowUp.find({ _id: { $in: ids }, state: 'sending', 'claim.id': claimId }).lean<FollowUpRecord[]>(),
  );
  return { claimId, claimed, more: rows.length === limit };
}

/** Pauses between attempts, in seconds: as long as a claim stands, nobody else decides what became of its rows. */
const UNTIL_TAKEN_FOR_DEAD = [1, 2, 5, 10, ...Array<number>(CLAIM_MINUTES * 3 - 1).fill(20)];

type Settled = { followUp: FollowUpRecord; outcome: Outcome };

/**
 * Writes what the rows of one claim came to, as the answers arrive: those that come while a write is under way go
 * together with the next one. Only the claim itself may, and only along the table of transitions.
 * While the database is away it keeps trying, because the mail server's answer is nowhere else.
 * @returns a function that settles one row, done when it is written
 */
export function settler(
  claimId: string,
  now: () => Date,
): (followUp: FollowUpRecord, outcome: Outcome) => Promise<void> {
  let waiting: Settled[] = [];
  let nextWrite: Promise<void> | null = null;
  let lastWrite: Promise<void> = Promise.resolve();
  return (followUp, outcome) => {
    waiting.push({ followUp, outcome });
    if (!nextWrite) {
      nextWrite = lastWrite.then(pauseToGather).then(() => {
        const group = waiting;
        waiting = [];
        nextWrite = null;
        return untilDatabaseAnswers(() => write(group, claimId, now()), UNTIL_TAKEN_FOR_DEAD);
      });
      // whoever waits for the write hears of its failure; the write after it goes ahead all the same
      lastWrite = nextWrite.catch(() => {});
    }
    return nextWrite;
  };
}

/** A moment, in milliseconds, in which more answers come in: a write costs by the command more than by the row. */
const GATHER_MS = 8;
const pauseToGather = (): Promise<void> => setTimeout(GATHER_MS);

/** History first: a row found in `sending` whose entry is there was sent. */
async function write(group: readonly Settled[], claimId: string, now: Date): Promise<void> {
  const sent = group.filter(({ outcome }) => outcome.state === 'sent');
  await recordSent(
    sent.map(({ followUp, outcome }) => ({ ...followUp, sentAt: outcome.sentAt! })),
    now,
  );
  await FollowUp.bulkWrite(
    group.map(({ followUp, outcome }) => moveTo(followUp._id, claimId, outcome)),
    { ordered: false },
  );
}

function moveTo(_id: Types.ObjectId, claimId: string, { state, ...rest }: Outcome) {
  // an answer that came after the row was given up for uncertain is still the truth
  const from: FollowUpState[] = before(state).filter(
    (earlier) => earlier === 'sending' || earlier === 'uncertain',
  );
  return {
    updateOne: {
      filter: { _id, 'claim.id': claimId, state: { $in: from } },
      update: { $set: { state, stateReasons: [], ...rest } },
    },
  };
}

/**
 * Rows whose worker died after the claim: a machine cannot know whether they went, so a person decides. Unless it can:
 * what stands in history was sent, what is in the outbox was captured. @returns how many became uncertain
 */
export async function settleAbandoned(now: Date): Promise<number> {
  const lost = {
    state: 'sending' as const,
    'claim.at': { $lt: new Date(now.getTime() - CLAIM_MINUTES * 60_000) },
  };
  const rows = await FollowUp.find(lost, { messageId: 1, recipient: 1 }).lean();
  if (rows.length === 0) return 0;
  const entries = await Entry.find(
    { followUp: { $in: rows.map(({ _id }) => _id) } },
    { followUp: 1, occurredAt: 1 },
  ).lean();
  for (const { followUp, occurredAt } of entries) {
    await FollowUp.updateOne({ ...lost, _id: followUp }, { $set: { state: 'sent', sentAt: occurredAt } });
  }
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
  await refreshRecipients(rows.map(({ recipient }) => recipient));
  return modifiedCount;
}
