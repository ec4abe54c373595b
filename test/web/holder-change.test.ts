import { beforeEach, describe, expect, test } from '@jest/globals';
import { run as sendDue } from '../../jobs/send-due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, aRecipient } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { anAutoReply, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let office: OfficeRecord;
let recipient: RecipientRecord;
beforeEach(async () => {
  // where the office is, it is still the day before
  world = createTestApp({ now: '2026-11-25T02:00:00Z' });
  staff = await signInAs(world, 'staff');
  office = await anOffice({
    holders: [
      { name: 'Ada Former', until: '2020-12-31' },
      { name: 'Kim Invented', salutation: 'Dear Kim Invented', from: '2021-01-01' },
    ],
  });
  recipient = await aRecipient({ office: office._id });
});

const GONE = 'Kim Invented is no longer with the company. Please contact Sam Follower at sam@example.net.';

async function saysGone(text = GONE): Promise<string> {
  const mail = await anAutoReply({ text, inReplyTo: await wasWrittenTo(recipient) }, world);
  return `/incoming-mail/${String(mail._id)}`;
}

const typed = () => ({
  holder: String(office.holders[1]!._id),
  isKnown: 'yes',
  name: 'Sam Follower',
  salutation: 'Dear Sam Follower',
  from: '2026-11-24',
});
const holders = async () =>
  (await Office.findById(office._id).lean())!.holders.map(({ name, from, until }) => [name, from, until]);

test('an auto-reply that says so proposes a change of holder, filled in as far as it is known', async () => {
  const page = await staff.get(await saysGone());
  expect(page.main).toContain('It reads as if Kim Invented, who holds the office, had left.');
  const values = ['isKnown', 'name', 'salutation', 'from'].map((name) =>
    name === 'isKnown' ? page.$('[name=isKnown][checked]').attr('value') : valueOf(page, name),
  );
  expect(values).toEqual(['yes', 'Sam Follower', 'Dear Sam Follower', '2026-11-24']);
  expect(page.main).toContain('The message names the address sam@example.net.');
});

test('one step ends the time of the one and begins that of the other, and keeps who held it before', async () => {
  const path = await saysGone();
  const answer = await staff.postForm(`${path}/holder-change`, typed(), path);
  expect(answer.location).toBe(path);
  expect(await holders()).toEqual([
    ['Ada Former', undefined, '2020-12-31'],
    ['Kim Invented', '2021-01-01', '2026-11-23'],
    ['Sam Follower', '2026-11-24', null],
  ]);
  expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ holderName: 'Sam Follower' });
  const page = await staff.get(path);
  expect(page.main).toContain('Sam Follower holds the office from 24 November 2026.');
  expect(page.main).toContain('Since 24 November 2026 the office is held by Sam Follower.');
  expect(page.$('form[action$=holder-change]')).toHaveLength(0);
});

test('what was approved for whoever left waits for a confirmation, and is held for its words after that', async () => {
  const followUp = await anApprovedFollowUp(world, { recipient });
  const path = await saysGone();
  await staff.postForm(`${path}/holder-change`, typed(), path);
  const sweep = async () => {
    world.clock.pass({ hours: 2 });
    await sendDue(world.deps);
    return (await FollowUp.findById(followUp._id).lean())!;
  };
  const waiting = await sweep();
  expect([waiting.state, Boolean(waiting.approval)]).toEqual(['scheduled', true]);
  expect(waiting.stateReasons.join(' ')).toContain('Sam Follower is new in the office.');

  const confirmation = (await staff.get(path)).$('#leaving ~ p a[href$=confirmation]').attr('href')!;
  await staff.postForm(confirmation, { ...(await seenOn(confirmation)) }, confirmation);
  const held = await sweep();
  expect(held.state).toBe('held');
  expect(held.stateReasons.join(' ')).toContain('The office is now held by Sam Follower.');
});

/** What the form of a confirmation holds when it is shown. */
async function seenOn(path: string): Promise<Record<string, string>> {
  const page = await staff.get(path);
  const names = ['email', 'salutation', 'seenName', 'seenEmail'];
  return Object.fromEntries(names.map((name) => [name, valueOf(page, name)!]));
}

test('where nobody is known yet, the time of whoever left ends and nobody is named', async () => {
  const path = await saysGone('I am no longer with the company.');
  expect((await staff.get(path)).$('[name=isKnown][checked]').attr('value')).toBe('no');
  const fields = { ...typed(), isKnown: 'no', name: '', salutation: '' };
  await staff.postForm(`${path}/holder-change`, fields, path);
  expect((await holders()).at(-1)).toEqual(['Kim Invented', '2021-01-01', '2026-11-23']);
  const page = await staff.get(path);
  expect(page.main).toContain('Nobody is named as holding the office from 24 November 2026.');
  expect(page.main).toContain('Nobody is named as holding the office today, so nothing is sent to it.');
  expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ holderName: '' });
});

describe('a form that is not right changes nothing', () => {
  test.each([
    [{ name: '' }, { name: 'Enter the name, or choose that nobody is known yet.' }],
    [{ isKnown: '' }, { isKnown: 'Choose whether it is known who follows.' }],
    [{ from: 'soon' }, { from: 'Enter the day as a date such as 2026-11-24.' }],
    [{ from: '' }, { from: 'Enter the first day.' }],
    [
      { from: '2021-01-01' },
      { from: 'Kim Invented holds the office from 1 January 2021. Enter a later day.' },
    ],
  ])('%j', async (wrong, mistakes) => {
    const path = await saysGone();
    const page = await staff.postForm(`${path}/holder-change`, { ...typed(), ...wrong }, path);
    expectMistakes(page, mistakes, 'name' in wrong ? {} : { name: 'Sam Follower' });
    expect(await holders()).toHaveLength(2);
  });
});

test('of two people who do it at once, one is told, and there is one successor', async () => {
  const path = await saysGone();
  const colleague = await signInAs(world, 'staff');
  const answers = await Promise.all(
    [staff, colleague].map((who) => who.postForm(`${path}/holder-change`, typed(), path)),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409]);
  expect(await holders()).toHaveLength(3);
});

test.each([
  ['does not say so', 'I am out of the office until Monday.', {}],
  ['is about somebody else', GONE, { holder: 'f'.repeat(24) }],
])('a message that %s changes nothing', async (_what, text, own) => {
  const path = await saysGone(text);
  const token = await staff.tokenFrom(path);
  const fields = new URLSearchParams({ _csrf: token, ...typed(), ...own });
  expect((await staff.postRaw(`${path}/holder-change`, fields.toString())).status).toBe(409);
  expect(await holders()).toHaveLength(2);
});

test('who holds it already cannot follow', async () => {
  const path = await saysGone();
  const page = await staff.postForm(`${path}/holder-change`, { ...typed(), name: 'kim invented' }, path);
  expectMistakes(page, { name: 'Kim Invented holds the office on that day already.' });
});

test('that somebody leaves on a day to come is said, and not asked again', async () => {
  const path = await saysGone();
  await staff.postForm(`${path}/holder-change`, { ...typed(), from: '2026-12-01' }, path);
  const page = await staff.get(path);
  expect(page.main).toContain('their last day is 30 November 2026');
  expect(page.$('form[action$=holder-change]')).toHaveLength(0);
  expect(await Recipient.findById(recipient._id).lean()).toMatchObject({ holderName: 'Kim Invented' });
});
