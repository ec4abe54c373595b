import DataLoader from 'dataloader';
import type { Types } from 'mongoose';
import { replanAfter } from '../cadences/replan.js';
import type { Deps } from '../deps.js';
import { inRounds } from '../in-rounds.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { gateOfBatch } from './gate-of-batch.js';
import { claimDue, findDue, settle, settleAbandoned, type Outcome, type Settled } from './ledger.js';
import { allowanceFor } from './limits.js';
import { updateCopies, type SentFollowUp } from './record-sent.js';
import { send, untouched } from './send.js';

export type Sweep = Record<
  'sent' | 'captured' | 'held' | 'cancelled' | 'deferred' | 'failed' | 'uncertain',
  number
>;

/** How many rows are claimed together: with `LANES`, what a worker has in its hands, and at most uncertain, when it dies. */
const BATCH = 20;

/** How many are looked up together, to be claimed batch by batch. */
const LOOK_AHEAD = 10 * BATCH;

/** Batches under way at the same time: while one is with the mail server, the other is claimed or written down. */
const LANES = 2;

/** How long answers of the mail server are gathered to be written down with one command, in ms. */
const ANSWER_MOMENT = 20;

/** How long, in ms, what lists show lags behind, so that it is brought up to date for many at once. */
const FOLLOWING_MOMENT = 100;

/**
 * Sends what is approved and due. Several workers may do so at once: each row is claimed by exactly one of them.
 * @returns how many follow-ups came to which end
 */
export async function sendDue(deps: Deps): Promise<Sweep> {
  const sweep: Sweep = { sent: 0, captured: 0, held: 0, cancelled: 0, deferred: 0, failed: 0, uncertain: 0 };
  sweep.uncertain += await settleAbandoned(deps.now());
  const hands = handsOf(deps);
  const batches = dueInBatches(deps);
  try {
    await Promise.all(Array.from({ length: LANES }, () => sendInBatches(batches, sweep, hands, deps)));
  } finally {
    await hands.following.end();
  }
  return sweep;
}

type Hands = ReturnType<typeof handsOf>;

/** What the lanes of one worker share: answers that come within a moment are written down together, and so is what follows from them. */
const handsOf = (deps: Deps) => ({
  settling: new DataLoader(
    async (group: readonly Settled[]) => {
      await settle(group, deps.now);
      return group;
    },
    { cache: false, batchScheduleFn: (serve) => setTimeout(serve, ANSWER_MOMENT) },
  ),
  following: inRounds((group: readonly Settled[]) => follow(group, deps), FOLLOWING_MOMENT),
});

/** The ids of what is due, a batch at a time. Lanes share it, and each batch goes to one of them. */
async function* dueInBatches({ now }: Deps): AsyncGenerator<Types.ObjectId[]> {
  for (;;) {
    const ids = await findDue(LOOK_AHEAD, now());
    for (let start = 0; start < ids.length; start += BATCH) yield ids.slice(start, start + BATCH);
    if (ids.length < LOOK_AHEAD) return;
  }
}

async function sendInBatches(
  batches: AsyncGenerator<Types.ObjectId[]>,
  sweep: Sweep,
  hands: Hands,
  deps: Deps,
): Promise<void> {
  for await (const ids of batches) {
    const allowance = await allowanceFor(ids.length, deps);
    if (allowance.most === 0) break;
    const claimed = await claimDue(ids.slice(0, allowance.most), deps.now());
    const gate = gateOfBatch(claimed, deps);
    const settled = await Promise.all(claimed.map((followUp) => sendOne(followUp, gate, hands, deps)));
    await allowance.giveBack(allowance.most - settled.filter(({ outcome }) => wasTried(outcome)).length);
    for (const { outcome } of settled) sweep[outcome.state === 'scheduled' ? 'deferred' : outcome.state] += 1;
    if (deps.stopping?.aborted || allowance.most < ids.length) break;
  }
}

/** Only what was tried with the mail server has its words. */
const wasTried = ({ response }: Outcome): boolean => response !== undefined;

/** What follows from having ended: the copies that lists show, and the times of the steps that come next. */
async function follow(settled: readonly Settled[], deps: Deps): Promise<void> {
  await updateCopies(settled.flatMap(sentWith));
  await replanAfter(
    settled.filter(({ outcome }) => movesTheNext(outcome)).map(({ followUp }) => followUp),
    deps,
  );
}

/** What is only tried again later keeps its place in the cadence. */
const movesTheNext = ({ state, tooEarly }: Outcome): boolean =>
  state === 'sent' || state === 'captured' || tooEarly === true;

const sentWith = ({ followUp, outcome: { state, sentAt } }: Settled): SentFollowUp[] =>
  state === 'sent' ? [{ ...followUp, sentAt: sentAt! }] : [];

/** Waits for a connection, asks the gate then and not before, hands over what it lets go, and writes down the answer. */
async function sendOne(
  followUp: FollowUpRecord,
  gate: ReturnType<typeof gateOfBatch>,
  { settling, following }: Hands,
  deps: Deps,
): Promise<Settled> {
  const ask = () => gate(followUp);
  // sweeps that overlap, and notices, wait in the same line
  const outcome = await deps.post.withConnection(async () =>
    deps.stopping?.aborted ? untouched(followUp) : send(followUp, await ask(), deps, ask),
  );
  const settled = await settling.load({ followUp, outcome });
  following.add(settled);
  return settled;
}
