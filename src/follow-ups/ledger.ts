import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { untilDatabaseAnswers } from '../database.js';
import { groupBy } from '../group-by.js';
import { Entry } from '../history/entry.model.js';
import { CapturedMessage } from '../mail/captured-message.model.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { updateEach } from '../update-each.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, CLAIM_MINUTES, openStates } from './follow-up.rules.js';
import { recordSent } from './record-sent.js';

/** What a claimed follow-up came to. */
export type Outcome = {
  state: 'sent' | 'captured' | 'scheduled' | 'failed' | 'held' | 'uncertain' | 'cancelled';
  stateReasons?: string[];
  response?: string;
  sentAt?: Date;
  nextAttemptAt?: Date;
  attempts?: number;
  approval?: null;
  /** of a step of a cadence whose turn had not come: not written, but the cadence is planned anew */
  tooEarly?: true;
};

const dueBy = (now: Date) => ({ state: 'scheduled' as const, nextAttemptAt: { $lte: now } });

/** The ids of what is due, what waited longest first; whoever claims them asks again whether they are. */
export async function findDue(limit: number, now: Date): Promise<Types.ObjectId[]> {
  const rows = FollowUp.collection.find(dueBy(now), {
    projection: { _id: 1 },
    sort: { nextAttemptAt: 1 },
    limit,
    batchSize: limit,
  });
  return (await rows.toArray()).map(({ _id }) => _id);
}

/**
 * Claims for this worker alone, before the mail server is spoken to, those of these that are due.
 * @returns the rows claimed
 */
export async function claimDue(ids: readonly Types.ObjectId[], now: Date): Promise<FollowUpRecord[]> {
  const claimId = randomUUID();
  // while the database is away it keeps trying: a claim that was written and never read would end as uncertain
  await untilDatabaseAnswers(() =>
    FollowUp.collection.updateMany(
      { _id: { $in: ids }, ...dueBy(now) },
      { $set: { state: 'sending', claim: { id: claimId, at: now } }, $inc: { attempts: 1 } },
    ),
  );
  return untilDatabaseAnswers(() =>
    FollowUp.collection
      .find<FollowUpRecord>({ _id: { $in: ids }, state: 'sending', 'claim.id': claimId })
      .toArray(),
  );
}

/** Pauses between attempts, in seconds: as long as a claim stands, nobody else decides what became of its rows. */
const UNTIL_TAKEN_FOR_DEAD = [1, 2, 5, 10, ...Array<number>(CLAIM_MINUTES * 3 - 1).fill(20)];

export type Settled = { followUp: FollowUpRecord; outcome: Outcome };

/**
 * Writes what claimed rows came to. Only the claim itself may, and only along the table of transitions.
 * While the database is away, or others write the same rows, it keeps trying, because the mail server's answer is nowhere else.
 */
export const settle = (settled: readonly Settled[], now: () => Date): Promise<void> =>
  untilDatabaseAnswers(() => write(settled, now()), UNTIL_TAKEN_FOR_DEAD);

/** History first: a row found in `sending` whose entry is there was sent. */
async function write(settled: readonly Settled[], now: Date): Promise<void> {
  const sent = settled.filter(({ outcome }) => outcome.state === 'sent');
  await recordSent(
    sent.map(({ followUp, outcome }) => ({ ...followUp, sentAt: outcome.sentAt! })),
    now,
  );
  const alike = groupBy(settled, ({ followUp, outcome }) => `${followUp.claim!.id} ${outcome.state}`);
  for (const rows of alike.values()) await move(rows, now);
}

/** Moves rows of one claim to the same state. */
async function move(rows: readonly Settled[], now: Date): Promise<void> {
  const { followUp, outcome } = rows[0]!;
  // an answer that came after the row was given up for uncertain is still the truth, whatever a person found meanwhile
  const from = before(outcome.state).filter((state) => claimedStates.has(state));
  const claimed = { 'claim.id': followUp.claim!.id, state: { $in: from } };
  const isOpen = openStates.some((state) => state === outcome.state);
  await updateEach(
    FollowUp,
    rows.map(({ followUp: { _id }, outcome: { tooEarly: _tooEarly, ...set } }) => ({
      _id,
      set: { stateReasons: [], ...set, ...settledAs(set.state, now) },
    })),
    { ...claimed, ...(isOpen && { 'claim.stopped': null }) },
  );
  if (isOpen) await cancelStopped({ _id: { $in: rows.map((row) => row.followUp._id) }, ...claimed });
}

/** Where a row may be whose claim still stands; of these `cancelled` only becomes `sent`. */
const claimedStates: ReadonlySet<string> = new Set(['sending', 'uncertain', 'cancelled']);

/** What somebody stopped while it was being sent, and what did not go, does not go later either. */
const cancelStopped = (claimed: object): Promise<unknown> =>
  FollowUp.collection.updateMany({ ...claimed, 'claim.stopped': { $ne: null } }, [
    {
      $set: {
        state: { $ifNull: ['$claim.stoppedAs', 'cancelled'] },
        stateReasons: ['$claim.stopped'],
        approval: null,
      },
    },
  ]);

/** What a row notes of its end, so that those whose it is are told; one that is tried again has not come to it. */
const settledAs = (state: Outcome['state'], now: Date) =>
  state === 'scheduled' ? {} : { settledAs: state, settledAt: now, toldAt: null, toldTo: [] };

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
    await FollowUp.updateOne(
      { ...lost, _id: followUp },
      { $set: { state: 'sent', sentAt: occurredAt, ...settledAs('sent', now) } },
    );
  }
  const captured = await CapturedMessage.distinct('messageId', {
    messageId: { $in: rows.map(({ messageId }) => messageId) },
  });
  await FollowUp.updateMany(
    { ...lost, messageId: { $in: captured } },
    { $set: { state: 'captured', sentAt: now, ...settledAs('captured', now) } },
  );
  const reason =
    'The process that was sending it ended before the mail server’s answer was written down: it may have gone.';
  const { modifiedCount } = await FollowUp.updateMany(lost, {
    $set: { state: 'uncertain', stateReasons: [reason], ...settledAs('uncertain', now) },
  });
  await refreshRecipients(rows.map(({ recipient }) => recipient));
  return modifiedCount;
}
