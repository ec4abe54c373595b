import { createHash } from 'node:crypto';
import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { readGates, type Gate } from '../follow-ups/gate-context.js';
import { leavingAt } from '../follow-ups/follow-up.rules.js';
import { readDailyLimits } from '../follow-ups/limits.js';
import { waitsForOthers } from '../follow-ups/one-a-day.rules.js';
import { reasonsNotToSend } from '../follow-ups/send-gate.rules.js';
import { waitsFor } from '../follow-ups/waiting.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { readPage, type Page } from '../web/paging.js';
import { byId } from '../group-by.js';

const SEVEN_DAYS = 7 * 86_400_000;

export type Leaving = Pick<FollowUpRecord, '_id' | 'subject' | 'to'> & {
  leavesAt: Date;
  /** what the gate says now of the moment it is due; empty lets it go */
  reasons: string[];
  /** why it would wait for another day */
  waits: string[];
  recipient: Pick<RecipientRecord, '_id' | 'organisationName' | 'officeTitle' | 'timeZone'> | undefined;
};

export type GoingLive = {
  page: Page<Leaving>;
  /** how many approved follow-ups are due within seven days, and after them */
  within: number;
  later: number;
  /** a hash of all that are due within seven days: a switch is bound to what was seen */
  seen: string;
  waiting: number;
  held: number;
  uncertain: number;
};

/** What would leave in the next seven days if the campaign were live now, and what would not. */
export async function goingLive(
  campaign: Types.ObjectId,
  number: number,
  { now, post }: Pick<Deps, 'now' | 'post'>,
): Promise<GoingLive> {
  const at = now();
  const count = (state: FollowUpRecord['state']) => FollowUp.countDocuments({ campaign, state });
  const [{ within, seen }, page, approved, waiting, held, uncertain] = await Promise.all([
    whatIsSeen(campaign, at),
    readPage(dueSoon(campaign, at).lean<FollowUpRecord[]>(), number),
    count('scheduled'),
    count('planned'),
    count('held'),
    count('uncertain'),
  ]);
  const rows = await withReasons(page.rows, post, at);
  const later = Math.max(0, approved - within);
  return { page: { ...page, rows }, within, later, seen, waiting, held, uncertain };
}

const isDueSoon = (now: Date) => ({
  state: 'scheduled' as const,
  nextAttemptAt: { $lt: new Date(now.getTime() + SEVEN_DAYS) },
});

const dueSoon = (campaign: Types.ObjectId, now: Date) =>
  FollowUp.find({ campaign, ...isDueSoon(now) }).sort({ nextAttemptAt: 1, _id: 1 });

/** Of all of them, not of one page: which they are, what was approved, and when they leave. */
export async function whatIsSeen(
  campaign: Types.ObjectId,
  now: Date,
): Promise<Pick<GoingLive, 'within' | 'seen'>> {
  const rows = await dueSoon(campaign, now)
    .select({ nextAttemptAt: 1, 'approval.contentHash': 1 })
    .lean<Pick<FollowUpRecord, '_id' | 'nextAttemptAt' | 'approval'>[]>();
  const lines = rows.map(
    ({ _id, nextAttemptAt, approval }) =>
      `${String(_id)} ${nextAttemptAt.toISOString()} ${approval?.contentHash ?? ''}`,
  );
  return { within: rows.length, seen: createHash('sha256').update(lines.join('\n')).digest('hex') };
}

async function withReasons(
  rows: readonly FollowUpRecord[],
  { from }: Deps['post'],
  now: Date,
): Promise<Leaving[]> {
  if (rows.length === 0) return [];
  const followUps = [...rows, ...(await readBeside(rows, now))];
  const [gates, recipients] = await Promise.all([
    readGates(followUps, from, now, null, ({ nextAttemptAt }) => leavingAt(nextAttemptAt, now)),
    Recipient.find(
      { _id: { $in: rows.map(({ recipient }) => recipient) } },
      { organisationName: 1, officeTitle: 1, timeZone: 1 },
    ).lean<RecipientRecord[]>(),
  ]);
  const recipientOf = byId(recipients);
  const leaving = followUps.map((followUp, i) => ({
    followUp,
    gate: gates[i]!,
    leavesAt: leavingAt(followUp.nextAttemptAt, now),
  }));
  const limited = await readDailyLimits(leaving);
  const answers = leaving.map(({ followUp, gate, leavesAt }, i) => ({
    reasons: reasonsNotToSend(followUp, gate, leavesAt),
    waits: [...(waitsFor(followUp, asPlanned(gate), leavesAt)?.reasons ?? []), ...limited[i]!],
  }));
  const goes = ({ reasons, waits }: (typeof answers)[number]) => reasons.length === 0 && waits.length === 0;
  const forOthers = waitsForOthers(
    leaving.map((one, i) => ({ ...one, goes: goes(answers[i]!) })),
    now,
  );
  return rows.map(({ _id, subject, to, recipient }, i) => ({
    _id,
    subject,
    to,
    leavesAt: leaving[i]!.leavesAt,
    reasons: answers[i]!.reasons,
    waits: [...answers[i]!.waits, forOthers[i]!].filter(Boolean),
    recipient: recipientOf.get(String(recipient)),
  }));
}

/** What else is to leave for the same recipients, on other pages of the list: two of one day may stand on two pages. */
const readBeside = (rows: readonly FollowUpRecord[], now: Date): Promise<FollowUpRecord[]> =>
  FollowUp.find({
    recipient: { $in: rows.map(({ recipient }) => recipient) },
    _id: { $nin: rows.map(({ _id }) => _id) },
    ...isDueSoon(now),
  })
    .lean<FollowUpRecord[]>()
    .exec();

/** A step that is approved leaves before those that follow it. */
const asPlanned = (gate: Gate): Gate => ({
  ...gate,
  stepsBefore: gate.stepsBefore.filter(({ state }) => state !== 'scheduled'),
});
