import { beforeEach, describe, expect, test } from '@jest/globals';
import { run as sendDue } from '../../jobs/send-due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { expectMistakes } from '../support/forms.js';
import { anAutoReply, anIncoming, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  ({ recipient } = await aRunningCadence(world));
});

const pathOf = ({ _id }: IncomingMailRecord): string => `/incoming-mail/${String(_id)}`;
const readAs = (mail: IncomingMailRecord, as: string): Promise<Page> =>
  staff.postForm(`${pathOf(mail)}/reading`, { as }, pathOf(mail));
const anAnswer = async () => anIncoming({ inReplyTo: await wasWrittenTo(recipient) }, world);
const statesOf = async () => (await stepsOf(recipient)).map(({ state }) => state);
const standing = async (mail: IncomingMailRecord) =>
  (await Entry.find({ incoming: mail._id }).sort({ _id: -1 }).limit(1).lean())[0]!;

/** This day and the next pass, and what has become due leaves. */
async function aDayPasses(): Promise<void> {
  for (const hours of [4, 24]) {
    world.clock.pass({ hours });
    await sendDue(world.deps);
  }
}

test('until somebody has read it, nothing is sent, whatever is approved', async () => {
  const mail = await anAnswer();
  expect((await staff.get(pathOf(mail))).main).toContain('Nothing is sent to them until somebody has said.');
  await aDayPasses();
  expect(await statesOf()).not.toContain('captured');
  expect(await statesOf()).not.toContain('sent');
});

describe.each([
  ['reply', 'replied'],
  ['declined', 'declined'],
])('read as %s', (as, engagement) => {
  test('it ends the cadence and cancels what was planned by hand', async () => {
    await anApprovedFollowUp(world, { recipient });
    const mail = await anAnswer();
    const answer = await readAs(mail, as);
    expect(answer.location).toBe(pathOf(mail));
    const page = await staff.get(pathOf(mail));
    expect(page.main).toContain('Saved. 4 planned follow-ups are cancelled, because they answered.');
    expect(page.main).toContain(`${staff.user.name} read it, 24 November 2026, 12:00.`);
    expect(page.$('input[name=as][checked]').attr('value')).toBe(as);
    expect(await FollowUp.distinct('state', { recipient: recipient._id })).toEqual(['cancelled']);
    expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ engagement, unreadMail: [] });
    expect(await standing(mail)).toMatchObject({ receivedAs: as });
  });
});

describe.each([
  ['acknowledgement', 'acknowledged'],
  ['auto-reply', 'auto-answered'],
  ['not an answer', 'silent'],
])('read as %s', (as, engagement) => {
  test('it lets the cadence go on, and the next step leaves', async () => {
    const mail = await anAnswer();
    await readAs(mail, as);
    expect((await staff.get(pathOf(mail))).main).toContain('Saved. Their cadence goes on.');
    expect(await statesOf()).toEqual(['scheduled', 'scheduled', 'scheduled']);
    expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ engagement, unreadMail: [] });
    expect(await standing(mail)).toMatchObject({ receivedAs: as, reason: `${staff.user.name} read it.` });
    await aDayPasses();
    const [first, , third] = await statesOf();
    expect([first, third]).toEqual(['captured', 'scheduled']);
  });
});

test('what was read as a reply and was none leads to what that had cancelled', async () => {
  const byHand = await anApprovedFollowUp(world, { recipient });
  const mail = await anAnswer();
  await readAs(mail, 'reply');
  await staff.get('/');
  await readAs(mail, 'not an answer');
  const { $ } = await staff.get(pathOf(mail));
  expect($('.notice').text()).toContain(
    'As an answer it had cancelled 4 follow-ups, which can be planned again:',
  );
  const links = $('.notice a')
    .toArray()
    .map((link) => $(link).attr('href'));
  expect(links).toHaveLength(4);
  expect(links).toContain(`/follow-ups/${String(byHand._id)}`);
  expect(await FollowUp.distinct('state', { recipient: recipient._id })).toEqual(['cancelled']);
});

test('the history says what a mail turned out to be, and that nobody corrected anything', async () => {
  const mail = await anAnswer();
  const sorted = await standing(mail);
  await readAs(mail, 'acknowledgement');
  const entry = (await staff.get(`/recipients/${String(recipient._id)}`)).$(`#entry-${String(sorted._id)}`);
  expect(entry.text()).toContain(`It is something else: acknowledgement only. ${staff.user.name} read it.`);
  expect(entry.text()).not.toContain('Corrected');
});

test('of two unread messages one that is read does not let anything go', async () => {
  const [first] = [await anAnswer(), await anAnswer()];
  await readAs(first, 'acknowledgement');
  await aDayPasses();
  expect(await statesOf()).not.toContain('captured');
});

test('what a machine was taken for can be said to be a person, and ends the cadence', async () => {
  const mail = await anAutoReply({ inReplyTo: await wasWrittenTo(recipient) }, world);
  const page = await staff.get(pathOf(mail));
  expect(page.$('details summary').text()).toContain('It is something else than it was taken for');
  expect(await statesOf()).toEqual(['scheduled', 'scheduled', 'scheduled']);
  await readAs(mail, 'reply');
  expect(await statesOf()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(await IncomingMail.findById(mail._id).lean()).toMatchObject({ readBy: staff.user._id });
});

test('a reading may be corrected; what was cancelled stays so', async () => {
  const mail = await anAnswer();
  await readAs(mail, 'reply');
  await readAs(mail, 'acknowledgement');
  expect((await staff.get(pathOf(mail))).main).toMatch(/Saved\. (?!Their)/);
  expect(await statesOf()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ engagement: 'acknowledged' });
});

test.each([{}, { as: '' }, { as: 'bounce' }])('nothing is read as %j', async (fields) => {
  const mail = await anAnswer();
  expectMistakes(await staff.postForm(`${pathOf(mail)}/reading`, fields as never, pathOf(mail)), {
    as: 'Choose what it amounts to.',
  });
  expect(await IncomingMail.findById(mail._id).lean()).toMatchObject({ readAt: null });
});

test('what nobody has placed yet cannot be read for anybody', async () => {
  const mail = await anIncoming({}, world);
  expect((await readAs(mail, 'reply')).status).toBe(409);
});

test('two people who read it at the same moment end the cadence once, and one reading stands', async () => {
  const mail = await anAnswer();
  const colleague = await signInAs(world, 'staff');
  const answers = await Promise.all([
    readAs(mail, 'reply'),
    colleague.postForm(`${pathOf(mail)}/reading`, { as: 'declined' }, pathOf(mail)),
  ]);
  expect(await statesOf()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  for (const { status } of answers) expect([302, 409]).toContain(status);
  expect(['reply', 'declined']).toContain((await standing(mail)).receivedAs);
  expect(await Recipient.findById(recipient._id).lean()).toMatchObject({
    unreadMail: [],
  });
});
