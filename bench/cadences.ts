import mongoose, { Types } from 'mongoose';
import { createCadence } from '../src/cadences/cadences.js';
import { findStart, requestStart, workOn } from '../src/cadences/start.js';
import { Campaign } from '../src/campaigns/campaign.model.js';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import type { Deps } from '../src/deps.js';
import { FollowUp } from '../src/follow-ups/follow-up.model.js';
import { findDue, settleAbandoned } from '../src/follow-ups/ledger.js';
import { createTemplate } from '../src/follow-ups/templates.js';
import { createLog } from '../src/log.js';
import { createPost } from '../src/mail/post.js';
import { Recipient } from '../src/recipients/recipient.model.js';
import { STAFF_EMAIL } from './campaign.js';
import { dueFollowUp } from './due-follow-up.js';
import { measureAlone, type Served } from './pages.js';
import { startProduct } from './product.js';
import { signIn } from './reader.js';
import { atMost, figure, median, type Row } from './rows.js';

const STEPS = 5;
const PLANNED = 100_000;
const DUE = 100;
const ROUNDS = 21;
const BATCH = 5000;

/** How long it takes to start a cadence for everybody, to read pages while it runs, and to look for what is due among very many that are not. */
export async function measureCadences(large: Served): Promise<Row[]> {
  const campaign = new Types.ObjectId();
  await connectDatabase(large.uri);
  const rows = [...(await startForAll(campaign)), ...(await lookForDue())];
  await disconnectDatabase();
  return [...rows, ...(await readWhileItRuns(campaign, large))];
}

/** With a step ahead of everybody, and four behind it. */
async function readWhileItRuns(campaign: Types.ObjectId, large: Served): Promise<Row[]> {
  const product = await startProduct(large.uri);
  const cookie = await signIn(product.url, STAFF_EMAIL);
  const rows = await measureAlone({ ...large, product }, [
    { name: 'first page, a cadence running', path: '/', cookie },
    {
      name: 'recipients, a cadence running',
      path: `/campaigns/${String(campaign)}/recipients`,
      cookie,
    },
  ]);
  await product.stop();
  return rows;
}

/** Every recipient of the generated campaign once more, as those of another one who have the letter and no answer. */
async function startForAll(campaign: Types.ObjectId): Promise<Row[]> {
  const [now, by] = [new Date(), new Types.ObjectId()];
  await Campaign.create({ _id: campaign, title: 'Another', timeZone: 'Europe/London', createdAt: now });
  const recipients = await Recipient.find().lean();
  const lastContactAt = new Date(now.getTime() - 86_400_000);
  await Recipient.collection.insertMany(
    recipients.map((recipient) => ({
      ...recipient,
      _id: new Types.ObjectId(),
      campaign,
      delivery: 'sent',
      engagement: 'silent',
      status: 'sent, silent',
      lastContactAt,
      // none of their history is copied
      entriesCounted: 0,
    })),
  );
  const cadence = await createCadence(
    campaign,
    { name: 'Reminders', steps: await steps(campaign, by, now) },
    now,
  );
  const post = createPost({ mailFrom: 'The campaign <campaign@example.org>' });
  const began = performance.now();
  const id = await requestStart({ cadence, campaign }, by, now);
  await workOn(id, { now: () => new Date(), post, log: createLog('warn') } as unknown as Deps);
  const seconds = (performance.now() - began) / 1000;
  const { started, left } = await findStart(id);
  const planned = await FollowUp.countDocuments({ cadence });
  if (started !== recipients.length || planned !== started * STEPS)
    throw new Error(
      `${started} of ${recipients.length} started, ${planned} planned: ${JSON.stringify(left[0])}`,
    );
  return [
    atMost(`planning a cadence of ${STEPS} steps for ${started} recipients`, seconds, 's', 30),
    figure('planning a cadence: follow-ups', planned / seconds, 'per s'),
  ];
}

async function steps(campaign: Types.ObjectId, by: Types.ObjectId, now: Date) {
  const made: { template: string; gap: number }[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const body = `{{ salutation }},\n\nwe wrote to you {{ last_contact }}, {{ days_waiting }} days ago. This is reminder ${step}.`;
    const form = { name: `Step ${step}`, subject: 'Our letter to {{ organisation }}', body, version: 0 };
    made.push({ template: String(await createTemplate(campaign, form, { by, now })), gap: 5 });
  }
  return made;
}

/** The looking of a sweep, beside the bare query for the same rows: what is claimed and sent then is measured elsewhere. */
async function lookForDue(): Promise<Row[]> {
  const now = new Date();
  await plan(PLANNED - DUE, new Date(now.getTime() + 30 * 86_400_000), now);
  await plan(DUE, new Date(now.getTime() - 60_000), now);
  const [sweep, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    sweep.push(await milliseconds(lookOfASweep));
    bare.push(await milliseconds(bareQuery));
  }
  await FollowUp.deleteMany({ campaign: SCRATCH });
  return [
    figure(`sweep, ${DUE} due of ${PLANNED}: looking`, median(sweep), 'ms'),
    figure(`sweep, ${DUE} due of ${PLANNED}: bare query`, median(bare), 'ms'),
    atMost(`sweep, ${DUE} due of ${PLANNED}: looking ÷ bare`, median(sweep) / median(bare), '×', 3),
  ];

  async function lookOfASweep(): Promise<number> {
    await settleAbandoned(now);
    return (await findDue(2 * DUE, now)).length;
  }

  async function bareQuery(): Promise<number> {
    const due = { state: 'scheduled', nextAttemptAt: { $lte: now } };
    const rows = mongoose.connection.collection('followups').find(due, { projection: { _id: 1 } });
    return (
      await rows
        .sort({ nextAttemptAt: 1 })
        .limit(2 * DUE)
        .toArray()
    ).length;
  }
}

const SCRATCH = new Types.ObjectId();

async function plan(count: number, dueAt: Date, now: Date): Promise<void> {
  const from = { name: 'The campaign', address: 'campaign@example.org' };
  const row = () => ({
    ...dueFollowUp({
      campaign: SCRATCH,
      recipient: new Types.ObjectId(),
      to: { name: 'Kim Invented', address: 'office@example.org' },
      subject: 'Our letter',
      text: 'We look forward to an answer.',
      step: 1,
      now,
      from,
    }),
    dueAt,
    nextAttemptAt: dueAt,
    cadence: null,
  });
  for (let done = 0; done < count; done += BATCH)
    await FollowUp.collection.insertMany(Array.from({ length: Math.min(BATCH, count - done) }, row));
}

async function milliseconds(work: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const found = await work();
  if (found < DUE) throw new Error(`${found} of ${DUE} were found.`);
  return performance.now() - began;
}
