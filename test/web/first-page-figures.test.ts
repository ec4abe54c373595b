import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { Types } from 'mongoose';
import { whoIsTold, whoIsToldOfLaw, whoIsToldOfStrays } from '../../src/attention/whose.rules.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { dayOf } from '../../src/dates.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { followUpStates } from '../../src/follow-ups/follow-up.rules.js';
import { Track } from '../../src/legislation/track.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { addWorkingDays } from '../../src/working-days.js';
import { createTestApp } from '../support/app.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { aUser, NOW, type TestUser } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

const hours = fc.integer({ min: -400, max: 400 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const who = some(fc.constantFrom('admin', 'ana', 'ben', 'gone'));
const world = fc.record({
  campaigns: fc.array(fc.record({ owner: who, approvalDays: fc.constantFrom(3, 14) }), {
    minLength: 1,
    maxLength: 3,
  }),
  recipients: fc.array(
    fc.record({
      campaign: fc.nat(2),
      owner: who,
      due: some(fc.oneof(hours, fc.integer({ min: 0, max: 24 }))),
      veryLate: some(fc.nat(300)),
      promised: some(hours),
      silent: some(hours),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  followUps: fc.array(
    fc.record({
      recipient: fc.nat(11),
      state: fc.constantFrom(...followUpStates, 'scheduled', 'scheduled', 'planned'),
      due: fc.integer({ min: -60, max: 500 }),
      approved: some(fc.integer({ min: -400, max: 0 })),
    }),
    { maxLength: 30 },
  ),
  mail: fc.array(
    fc.record({
      recipient: fc.nat(11),
      state: fc.constantFrom('waiting', 'placed', 'set aside'),
      kind: fc.constantFrom('reply', 'bounce'),
      read: fc.boolean(),
      suggested: fc.array(fc.nat(11), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  ),
  milestones: fc.array(some(fc.integer({ min: -3, max: 3 })), { maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Everything there is, as it stands in the database, plain. */
async function build({ campaigns, recipients, followUps, mail, milestones }: World) {
  await emptyDatabase();
  const people = {
    admin: await aUser({ role: 'admin' }),
    ana: await aUser({ timeZone: 'Asia/Tokyo' }),
    ben: await aUser({ timeZone: 'America/Los_Angeles' }),
    gone: await aUser({ closedAt: NOW }),
  };
  const idOf = (name: keyof typeof people | null) => (name ? people[name]._id : null);
  const letters = campaigns.map(({ owner, approvalDays }, n) => ({
    _id: new Types.ObjectId(),
    title: `Letter ${n}`,
    timeZone: 'Europe/London',
    owner: idOf(owner),
    approvalDays,
    createdAt: NOW,
  }));
  const offices = recipients.map(({ campaign, owner, due, veryLate, promised, silent }, n) => ({
    _id: new Types.ObjectId(),
    campaign: letters[campaign % letters.length]!._id,
    office: new Types.ObjectId(),
    organisation: new Types.ObjectId(),
    owner: idOf(owner),
    organisationName: `Example ${n}`,
    officeTitle: 'Chair',
    timeZone: 'Europe/London',
    listedAs: `example ${n}`,
    createdAt: NOW,
    answerDueOn: due === null ? null : dayOf(inHours(due - 24), 'UTC'),
    lastDayFrom: due === null ? null : inHours(due - 24),
    lateFrom: due === null ? null : inHours(due),
    veryLateFrom: due === null || veryLate === null ? null : inHours(due + veryLate),
    promisedFor: promised === null ? null : dayOf(inHours(promised - 24), 'UTC'),
    promisePassedFrom: promised === null ? null : inHours(promised),
    acknowledgementMissingFrom: silent === null ? null : inHours(silent),
  }));
  const officeAt = (n: number) => offices[n % offices.length]!;
  const letterOf = ({ campaign }: { campaign: Types.ObjectId }) =>
    letters.find(({ _id }) => _id.equals(campaign))!;
  const rows = followUps.map(({ recipient, state, due, approved }, n) => ({
    campaign: officeAt(recipient).campaign,
    recipient: officeAt(recipient)._id,
    step: 1,
    revision: n + 1,
    state,
    dueAt: inHours(due),
    nextAttemptAt: inHours(due),
    subjectTemplate: 'Our letter',
    bodyTemplate: 'Our letter',
    messageId: `<${n}@example.org>`,
    to: { name: '', address: '' },
    plannedAt: NOW,
    approval: approved === null ? null : { by: people.admin._id, at: inHours(approved), contentHash: 'x' },
  }));
  const mails = mail.map(({ recipient, state, kind, read, suggested }, n) => ({
    fingerprint: String(n),
    receivedAt: NOW,
    happenedAt: NOW,
    size: 1,
    kind,
    state,
    handledAt: NOW,
    readAt: read ? NOW : null,
    recipient: state === 'placed' ? officeAt(recipient)._id : null,
    campaign: state === 'placed' ? officeAt(recipient).campaign : null,
    suggestions: suggested.map((one) => ({ recipient: officeAt(one)._id, score: 1, reasons: [] })),
  }));
  const track = {
    title: 'Example Act',
    jurisdiction: 'Ruritania',
    createdAt: NOW,
    milestones: milestones.map((days, n) => ({
      title: `Step ${n}`,
      stage: 'other' as const,
      ...(days === null ? { happenedOn: '2026-01-01' } : { expectedOn: dayOf(inHours(days * 24), 'UTC') }),
    })),
  };
  await Campaign.insertMany(letters);
  await Recipient.insertMany(offices);
  await FollowUp.insertMany(rows);
  await IncomingMail.insertMany(mails as never[]);
  await Track.create(track);
  return { people, letters, offices, letterOf, rows, mails, track };
}

/** Goes through all there is, one by one, and counts what the page ought to show to this reader; null: to everybody. */
function countFor(
  reader: TestUser,
  { people, letters, offices, letterOf, rows, mails, track }: Built,
  all: boolean,
) {
  const staff = [people.admin, people.ana, people.ben];
  const isMine = (told: string[]) => all || told.includes(String(reader._id));
  const recipientOf = new Map(offices.map((one) => [String(one._id), one]));
  const isTheirs = (recipient: (typeof offices)[number]) =>
    isMine(whoIsTold(recipient, letterOf(recipient), staff));
  const zone = reader.timeZone;
  const today = dayOf(NOW, zone);
  const dayIsOver = DateTime.fromJSDate(NOW, { zone }).endOf('day').toMillis();
  const soon = DateTime.fromISO(addWorkingDays(today, 2, { timeZone: zone }), { zone })
    .endOf('day')
    .toMillis();

  const counts = new Map<string, number>();
  const add = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const one of offices.filter(isTheirs)) {
    const passed = (instant: Date | null) => instant !== null && instant <= NOW;
    if (passed(one.veryLateFrom)) add('very-late');
    else if (passed(one.lateFrom)) add('late');
    if (passed(one.lastDayFrom) && !passed(one.lateFrom)) add('due-today');
    if (passed(one.promisePassedFrom)) add('promises');
    if (passed(one.acknowledgementMissingFrom) && !passed(one.lateFrom)) add('unacknowledged');
  }
  for (const row of rows) {
    const recipient = recipientOf.get(String(row.recipient))!;
    if (!isTheirs(recipient)) continue;
    const holds = letterOf(recipient).approvalDays * DAY;
    const due = row.nextAttemptAt.getTime();
    if (['held', 'failed', 'uncertain'].includes(row.state)) add(row.state);
    if (row.state === 'planned' && due <= NOW.getTime() + holds) add('planned');
    if (row.state !== 'scheduled') continue;
    const ends = row.approval ? row.approval.at.getTime() + holds : Infinity;
    if (ends < NOW.getTime()) add('expired');
    else if (ends < due || (ends < soon && due > dayIsOver)) add('expiring');
    else if (due <= dayIsOver) add('leaving');
  }
  for (const mail of mails) {
    const suggested = mail.suggestions.map(({ recipient }) => recipientOf.get(String(recipient))!);
    if (mail.state === 'placed' && mail.kind === 'reply' && !mail.readAt)
      if (isTheirs(recipientOf.get(String(mail.recipient))!)) add('replies');
    if (mail.state === 'waiting') {
      const named = suggested.some(({ owner }) => owner?.equals(reader._id));
      if (named || isMine(whoIsToldOfStrays(letters, staff))) add('placing');
    }
  }
  for (const { expectedOn } of track.milestones as { expectedOn?: string }[])
    if (expectedOn && expectedOn < today && isMine(whoIsToldOfLaw(letters, staff))) add('milestones');
  return Object.fromEntries(counts);
}
type Built = Awaited<ReturnType<typeof build>>;

test('every figure of the first page equals a plain count, for each person and for everybody', async () => {
  const app = createTestApp();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(world, async (wanted) => {
      const built = await build(wanted);
      for (const reader of [built.people.admin, built.people.ana, built.people.ben]) {
        const visitor = await signInAs(app, reader);
        for (const address of ['/', '/?whose=everybody']) {
          const { $ } = await visitor.get(address);
          const shown = $('.attention').toArray();
          const figures = shown.map((group) => [
            $(group).attr('data-group')!,
            Number($(group).find('.count').text()),
          ]);
          expect(Object.fromEntries(figures)).toEqual(countFor(reader, built, address !== '/'));
          for (const [kind] of figures) seen.add(String(kind));
        }
      }
    }),
    { numRuns: 10, seed: 20261124 },
  );
  expect(seen.size).toBe(15);
}, 240_000);
