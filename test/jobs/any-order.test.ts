import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replan } from '../../src/cadences/replan.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { stopCadence } from '../../src/cadences/stop.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { dayOf } from '../../src/dates.js';
import { RuleBroken } from '../../src/errors.js';
import { withdrawApproval } from '../../src/follow-ups/approve.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { editFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { resolveUncertain } from '../../src/follow-ups/resolve.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { logEntry } from '../../src/history/log-entry.js';
import { pauseRecipient } from '../../src/recipients/pause.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { takeOver, vacateOffice } from '../../src/organisations/change-holder.js';
import { confirmHolder } from '../../src/organisations/confirm-holder.js';
import { waitsForConfirmation } from '../../src/organisations/holder.rules.js';
import { Office } from '../../src/organisations/office.model.js';
import { holderOn } from '../../src/organisations/organisation.rules.js';
import { findOffice } from '../../src/organisations/organisations.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { findIncoming, placeMail, readAs } from '../../src/replies/incoming-mail.js';
import { takeIn } from '../../src/replies/take-in.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence, approve as approveAs } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anEntry, aRecipient, aReply, aUser } from '../support/factories.js';
import { resume } from '../support/pauses.js';
import { answering, rawMail } from '../support/raw-mail.js';
import { startSink, type Sink, type Verdict } from '../support/smtp-sink.js';

useDatabase();

const RUNS = 60;

let sink: Sink | undefined;
afterEach(async () => sink?.close());

const verdicts: Record<string, Verdict> = {
  takes: undefined,
  'tries later': { code: 451, message: 'Try again later' },
  refuses: { code: 550, message: 'No such mailbox' },
  'takes it and says nothing': 'drop',
};

const DAY = 'a day with its sweeps';

const action = fc.oneof(
  { weight: 4, arbitrary: fc.constant('plan, approve and wait') },
  { weight: 2, arbitrary: fc.constant('plan') },
  { weight: 4, arbitrary: fc.constant('approve') },
  { weight: 4, arbitrary: fc.constant('sweep') },
  { weight: 6, arbitrary: fc.constant(DAY) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('two sweeps', 'an hour', 'a day', 'edit', 'withdraw', 'cancel'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('start and approve', 'start the cadence', 'approve all', 'plan anew'),
  },
  { weight: 1, arbitrary: fc.constant('stop the cadence') },
  { weight: 1, arbitrary: fc.constantFrom('reply', 'pause', 'resume') },
  { weight: 2, arbitrary: fc.constantFrom('mail comes in', 'read as no answer') },
  { weight: 1, arbitrary: fc.constant('read as a reply') },
  { weight: 2, arbitrary: fc.constantFrom('somebody takes over', 'somebody takes over tomorrow') },
  { weight: 3, arbitrary: fc.constant('confirm the holder') },
  { weight: 3, arbitrary: fc.constant('a new holder, in good order') },
  { weight: 1, arbitrary: fc.constant('the office is vacant') },
  { weight: 1, arbitrary: fc.constantFrom('it went', 'it did not go', 'it did not go, once more') },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(verdicts)) },
);

/** Half of the walks begin with a cadence whose first step goes. */
const walk = fc
  .tuple(fc.boolean(), fc.array(action, { minLength: 5, maxLength: 40 }))
  .map(([cadence, actions]) => (cadence ? ['start and approve', DAY, DAY, ...actions] : actions));

/** Staff, who may do anything to anything they see, and are refused what the rules refuse. */
async function staffOf(world: TestApp, recipient: RecipientRecord) {
  const { deps, clock } = world;
  const by = toSignedInUser(await aUser());
  const newest = async () => {
    const found = await FollowUp.findOne({ recipient: recipient._id })
      .sort({ plannedAt: -1, _id: -1 })
      .lean<FollowUpRecord>();
    if (!found) throw new RuleBroken('Nothing is planned yet.');
    return found;
  };
  let words = 0;
  const form = () => ({
    subject: 'Our letter',
    body: `Words ${(words += 1)}.`,
    dueAt: new Date(clock.now().getTime() + 3_600_000),
  });
  const cadence = await aCadence(recipient.campaign, [1, 1, 2], by._id, clock.now());
  const start = async () => {
    // for them alone, by somebody who was shown what had been stopped
    const stopped = await FollowUp.find({ recipient: recipient._id, state: 'cancelled' }, { _id: 1 }).lean();
    const deliberately = { only: [recipient._id], despite: stopped.map(({ _id }) => _id) };
    const wanted = { cadence, campaign: recipient.campaign, ...deliberately };
    const id = await requestStart(wanted, by._id, clock.now());
    await workOn(id, deps);
  };
  const approveAll = async () => {
    const waiting = await FollowUp.find({ recipient: recipient._id, state: 'planned' }).lean<
      FollowUpRecord[]
    >();
    for (const followUp of waiting) await approveOne(followUp);
  };
  /** The mail that waits to be read, with whose it is said where nobody knew. */
  const unread = async () => {
    const [id] = (await Recipient.findById(recipient._id).lean<RecipientRecord>())!.unreadMail ?? [];
    if (!id) throw new RuleBroken('There is nothing to read.');
    if ((await findIncoming(id)).state === 'waiting') await placeMail(id, recipient._id, deps, { by });
    return findIncoming(id);
  };
  const office = () => findOffice(recipient.office);
  let holders = 0;
  const takesOver = async (days: number) => {
    const name = `Sam Follower ${(holders += 1)}`;
    const from = dayOf(new Date(clock.now().getTime() + days * 86_400_000), recipient.timeZone);
    const successor = { name, salutation: `Dear ${name}`, from, until: null };
    refuse(await takeOver(await office(), successor, clock.now()));
  };
  const confirmHolders = async () => {
    const { _id, email, holders: all } = await office();
    for (const { _id: holder, name: seenName, salutation } of all.filter(waitsForConfirmation))
      await confirmHolder(_id, holder, { email, salutation, seenName, seenEmail: email }, by._id, deps);
  };
  const plan = async () => planFollowUp(await findRecipient(recipient._id), form(), by._id, deps);
  const approveOne = (followUp: FollowUpRecord) => approveAs(followUp, by._id, world);
  const approve = async () => approveOne(await newest());
  return {
    plan,
    approve,
    'plan, approve and wait': async () => {
      await plan();
      await approve();
      clock.pass({ hours: 1 });
    },
    'start the cadence': start,
    'start and approve': async () => {
      await start();
      await approveAll();
    },
    'approve all': approveAll,
    'plan anew': () => replan(recipient._id, deps, { byPerson: true }),
    'stop the cadence': () => stopCadence(recipient._id, 'Not wanted.', { by: by._id, at: clock.now() }),
    edit: async () => editFollowUp((await newest())._id, form(), by._id, deps),
    withdraw: async () => withdrawApproval((await newest())._id, 'Ana withdrew it.'),
    cancel: async () => cancelFollowUp((await newest())._id, 'Not wanted.'),
    pause: () => pauseRecipient(recipient._id, 'They asked for time.', by._id, clock.now()),
    resume: async () => {
      await resume(recipient, by._id, world);
      await replan(recipient._id, deps);
    },
    'somebody takes over': () => takesOver(0),
    'somebody takes over tomorrow': () => takesOver(1),
    'the office is vacant': async () =>
      refuse(await vacateOffice(await office(), dayOf(clock.now(), recipient.timeZone), clock.now())),
    'confirm the holder': confirmHolders,
    'a new holder, in good order': async () => {
      await takesOver(0);
      await confirmHolders();
      await approveAll();
    },
    reply: () =>
      logEntry({ campaign: recipient.campaign, recipient: recipient._id }, aReply(clock.now()), {
        by,
        now: clock.now(),
      }),
    'mail comes in': async () => {
      const went = await FollowUp.findOne({ recipient: recipient._id, state: 'sent' }).lean();
      const { email } = (await Office.findById(recipient.office).lean())!;
      const mail = rawMail(clock.now(), {
        from: `Kim Invented <${email}>`,
        more: went ? answering(went) : [],
      });
      await takeIn([mail], deps);
    },
    'read as no answer': async () => readAs(await unread(), 'acknowledgement', deps, { by }),
    'read as a reply': async () => readAs(await unread(), 'reply', deps, { by }),
    'it went': async () => resolveUncertain((await newest())._id, 'went', by, deps),
    'it did not go': async () => resolveUncertain((await newest())._id, 'not wanted', by, deps),
    'it did not go, once more': async () => resolveUncertain((await newest())._id, 'plan again', by, deps),
    sweep: () => sendDue(deps),
    'two sweeps': () => Promise.all([sendDue(deps), sendDue(deps)]),
    [DAY]: async () => {
      for (let sweeps = 0; sweeps < 3; sweeps += 1) {
        clock.pass({ hours: 8 });
        await sendDue(deps);
      }
    },
    'an hour': async () => clock.pass({ hours: 1 }),
    'a day': async () => clock.pass({ days: 1 }),
  } as Record<string, () => Promise<unknown>>;
}

function refuse(changed: object | null): void {
  if (changed && 'sentence' in changed) throw new RuleBroken(String(changed.sentence));
}

/** Whoever held the office when this was handed over, on its own calendar. */
async function holderAt({ office: id }: RecipientRecord, instant: Date) {
  const { holders, timeZone } = await findOffice(id);
  return holderOn(holders, dayOf(instant, timeZone));
}

const hasUnread = async ({ _id }: RecipientRecord): Promise<boolean> =>
  Boolean((await Recipient.findById(_id).lean<RecipientRecord>())!.unreadMail?.length);

test('in whatever order staff act and sweeps run, nothing goes twice, follows an answer, or goes to somebody nobody has confirmed', async () => {
  sink = await startSink();
  const { messages, unanswered, behave, url } = sink;
  const world = createTestApp({ smtpUrl: url });
  let [went, steppedOn, waited, toNewHolder] = [0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(walk, async (actions) => {
      const recipient = await aRecipient();
      await anEntry({ recipient: recipient._id, kind: 'letter' });
      await Campaign.updateOne({ _id: recipient.campaign }, { $set: { liveSince: world.clock.now() } });
      const staff = await staffOf(world, recipient);
      const taken = { onMessage: undefined as Verdict };
      behave({ onMessage: () => taken.onMessage });
      messages.length = 0;
      unanswered.length = 0;
      const dropped: string[] = [];
      let answeredAt: Date | null = null;
      for (const next of actions) {
        if (next in verdicts) {
          taken.onMessage = verdicts[next];
          continue;
        }
        const before = { taken: messages.length, not: unanswered.length };
        const waits = !next.startsWith('read') && (await hasUnread(recipient));
        if (!staff[next]) throw new Error(next);
        const done = await staff[next]().then(
          () => true,
          (error: unknown) => {
            // the rules refuse it
            if (!(error instanceof RuleBroken)) throw error;
            return false;
          },
        );
        if (next === 'reply') answeredAt = world.clock.now();
        if (next === 'read as a reply' && done) answeredAt = world.clock.now();
        // nothing leaves while mail that may be their answer waits to be read
        waited += waits && /sweep/.test(next) ? 1 : 0;
        if (waits) expect([messages.length, unanswered.length]).toEqual([before.taken, before.not]);
        if (taken.onMessage === 'drop')
          dropped.push(...unanswered.slice(before.not).map(({ mail }) => mail.messageId!));
        for (const { mail } of messages.slice(before.taken)) {
          const row = (await FollowUp.findOne({ messageId: mail.messageId }).lean<FollowUpRecord>())!;
          expect(answeredAt === null || row.plannedAt >= answeredAt).toBe(true);
          const goneAt = row.sentAt ?? row.claim!.at!;
          const holder = (await holderAt(recipient, goneAt))!;
          expect([row.holderName, waitsForConfirmation(holder)]).toEqual([holder.name, false]);
          expect(holder.confirmedAt === undefined || holder.confirmedAt! <= goneAt).toBe(true);
          toNewHolder += holder.tookOver ? 1 : 0;
        }
        world.clock.pass({ minutes: 1 });
      }
      const gone = [...messages.map(({ mail }) => mail.messageId!), ...dropped];
      expect(gone.toSorted()).toEqual([...new Set(gone)].toSorted());
      const rows = await FollowUp.find({ messageId: { $in: gone } }).lean<FollowUpRecord[]>();
      const steps = rows.map(({ cadence, step, revision }) => `${String(cadence)} ${step}.${revision}`);
      expect(new Set(steps).size).toBe(gone.length);
      // a step that went is never planned once more, and none goes before the one it follows
      const ofCadence = gone
        .map((messageId) => rows.find((row) => row.messageId === messageId)!)
        .filter(({ cadence, state }) => cadence && state === 'sent')
        .toSorted((a, b) => a.sentAt!.getTime() - b.sentAt!.getTime())
        .map(({ step }) => step);
      expect(ofCadence).toEqual([...new Set(ofCadence)].toSorted((a, b) => a - b));
      for (const { cadence, step, sentAt } of rows.filter((row) => row.cadence && row.state === 'sent')) {
        const waiting = { $in: ['planned', 'scheduled', 'held', 'failed'] as const };
        const overtaken = { cadence, step: { $lt: step }, plannedAt: { $lt: sentAt }, state: waiting };
        expect(await FollowUp.countDocuments({ recipient: recipient._id, ...overtaken })).toBe(0);
      }
      went += gone.length;
      steppedOn += ofCadence.length > 1 ? 1 : 0;
      await staff['resume']!();
      await FollowUp.updateMany({ recipient: recipient._id }, { $set: { state: 'cancelled' } });
    }),
    { numRuns: RUNS },
  );
  // the walk is worth nothing if it never gets to the mail server
  expect(went).toBeGreaterThan(RUNS / 4);
  expect(steppedOn).toBeGreaterThan(0);
  expect(waited).toBeGreaterThan(0);
  expect(toNewHolder).toBeGreaterThan(0);
}, 120_000);
