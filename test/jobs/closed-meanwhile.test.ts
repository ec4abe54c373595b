import { afterEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/send-due.js';
import { stepTime } from '../../src/cadences/cadence.rules.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { Entry } from '../../src/history/entry.model.js';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { addHoliday, removeHoliday } from '../../src/holidays/holidays.js';
import { backgroundEnded } from '../../src/in-background.js';
import { createLog } from '../../src/log.js';
import { addClosure, removeClosure } from '../../src/organisations/closures.js';
import type { OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { editOffice, findOffice } from '../../src/organisations/organisations.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, ALWAYS, anOffice, aRecipient, NOW } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

const by = new Types.ObjectId();
const DAY = '2026-11-26';
const HOURS =
  'It would arrive outside the hours of this campaign, which are Monday to Friday from 9:00 to 17:00, public holidays and closures left out, where they are. Give it another time.';

type Change = (office: OfficeRecord) => Promise<void>;
const deps = { now: () => NOW, log: createLog('silent') };
const moved: Change = async ({ _id, title, email, timeZone }) => {
  await editOffice(
    _id,
    { title, email, timeZone, country: 'US', postalAddress: '', phone: '', notes: '' },
    NOW,
  );
};
const holiday: Change = async () => {
  await addHoliday({ country: 'CA', day: DAY, name: 'A celebration' }, by, deps);
  await backgroundEnded();
};
const closure: Change = async ({ organisation }) => {
  await addClosure(organisation, { from: DAY, until: DAY, name: 'Works holiday' }, by, deps);
  await backgroundEnded();
};

/** It is approved on Tuesday, and due on Thursday at ten in the morning, in a part of Canada. */
async function dueOnThursday(window = DEFAULT_WINDOW) {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const campaign = (await aCampaign({ window }))._id;
  const office = await anOffice({ country: 'CA-ON', timeZone: 'America/Toronto' });
  const recipient = await aRecipient({ campaign, office: office._id });
  const dueAt = new Date(`${DAY}T15:00:00Z`);
  const followUp = await anApprovedFollowUp(world, { recipient, dueAt });
  return { world, office, followUp };
}

const sweepOn = async (world: TestApp, day: string) => {
  world.clock.set(`${day}T15:30:00Z`);
  return run(world.deps);
};

describe('a follow-up that is due on a day which meanwhile became none to work on', () => {
  test.each<[string, Change]>([
    ['a public holiday, because the office is elsewhere', moved],
    ['a holiday by hand', holiday],
    ['a closure', closure],
  ])('is held: %s', async (_what, change) => {
    const { world, office, followUp } = await dueOnThursday();
    await change(office);
    const before = await findFollowUp(followUp._id);
    expect([before.state, before.dueAt]).toEqual(['scheduled', followUp.dueAt]);
    expect(await sweepOn(world, DAY)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons).toEqual([HOURS]);
    expect(sink!.messages).toHaveLength(0);
  });

  test('leaves where the campaign writes on every day', async () => {
    const { world, office } = await dueOnThursday(ALWAYS);
    await closure(office);
    expect(await sweepOn(world, DAY)).toBe('Follow-ups: 1 sent.');
  });

  test('leaves when the closure and the holiday are removed again', async () => {
    const { world, office } = await dueOnThursday();
    await closure(office);
    await holiday(office);
    const { closures } = (await Organisation.findById(office.organisation).lean())!;
    await removeClosure(office.organisation, closures[0]!._id, deps);
    await removeHoliday((await Holiday.findOne().lean())!._id, deps);
    await backgroundEnded();
    expect((await findOffice(office._id)).closed).toEqual([]);
    expect(await sweepOn(world, DAY)).toBe('Follow-ups: 1 sent.');
  });
});

test('a step whose day became a closure waits for the next working day, by itself', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { recipient } = await aRunningCadence(world, { gaps: [1, 1], campaign: { window: DEFAULT_WINDOW } });
  expect(await sweepOn(world, '2026-11-24')).toBe('Follow-ups: 1 sent.');
  await addClosure(
    recipient.organisation,
    { from: '2026-11-25', until: '2026-11-26', name: 'Works holiday' },
    by,
    deps,
  );
  await backgroundEnded();
  const planned = async () => (await stepsOf(recipient))[1]!;
  expect((await planned()).dueAt.toISOString().slice(0, 10)).toBe('2026-11-25');
  await sweepOn(world, '2026-11-25');
  const waiting = await planned();
  expect([waiting.state, waiting.nextAttemptAt.toISOString().slice(0, 10)]).toEqual([
    'scheduled',
    '2026-11-27',
  ]);
  await sweepOn(world, '2026-11-26');
  expect(sink.messages).toHaveLength(1);
  await sweepOn(world, '2026-11-27');
  expect((await planned()).state).toBe('sent');
  expect(sink.messages).toHaveLength(2);
});

test('a step is planned around a closure, and says so', async () => {
  const recipient = await aRecipient({ office: (await anOffice({ country: 'CA' }))._id });
  await addClosure(recipient.organisation, { from: DAY, until: DAY, name: 'Works holiday' }, by, deps);
  await backgroundEnded();
  const office = await findOffice(recipient.office);
  const after = { day: '2026-11-24', what: 'the letter', planned: false };
  const { dueAt, how } = stepTime(after, 2, office, DEFAULT_WINDOW, NOW);
  expect(dueAt.toISOString().slice(0, 10)).toBe('2026-11-27');
  expect(how).toBe(
    '2 working days after the letter on 24 November 2026, without 26 November 2026 (Works holiday), no working day there.',
  );
});

test.each([
  ['was closed', ['closing'], 'Follow-ups: 1 held.'],
  ['was closed and reopened', ['closing', 'reopening'], 'Follow-ups: 1 sent.'],
])(
  'a matter that %s by somebody whose process died once that was on record is as it is on record',
  async (_what, kinds, said) => {
    sink = await startSink();
    const world = createTestApp({ smtpUrl: sink.url });
    const { campaign, recipient } = await anApprovedFollowUp(world);
    for (const kind of kinds) {
      world.clock.pass({ minutes: 1 });
      const at = world.clock.now();
      await Entry.collection.insertOne({
        _id: new Types.ObjectId(),
        campaign,
        recipient,
        kind,
        direction: 'none',
        precision: 'time',
        text: 'They did it.',
        occurredAt: at,
        recordedAt: at,
      });
    }
    world.clock.pass({ hours: 1 });
    expect(await run(world.deps)).toBe(said);
  },
);
