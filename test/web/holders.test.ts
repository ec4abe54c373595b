import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let office: OfficeRecord;
let at: string;
beforeEach(async () => {
  // in New York, where the office is, it is still the day before
  world = createTestApp({ now: '2026-11-25T02:00:00Z' });
  staff = await signInAs(world, 'staff');
  office = await anOffice({ email: 'kim.invented@example.org' });
  at = `/offices/${String(office._id)}`;
});

const read = async () => (await Office.findById(office._id).lean<OfficeRecord>())!;
const days = async () => (await read()).holders.map(({ name, from, until }) => [name, from, until]);
const sam = { name: 'Sam Follower', salutation: 'Dear Sam Follower', from: '2026-11-24', until: '' };

/** Takes over through the form. @returns the address of the confirmation */
async function takeOver(own: Partial<typeof sam> = {}): Promise<string> {
  const answer = await staff.postForm(`${at}/holders`, { ...sam, ...own }, `${at}/holders/new`);
  return answer.location!;
}
const confirmed = (own: object = {}) => ({
  email: 'chief@example.org',
  salutation: 'Dear Dr Follower',
  seenName: 'Sam Follower',
  seenEmail: 'kim.invented@example.org',
  ...own,
});

test('a comma that is typed behind a salutation is taken away: templates put it there', async () => {
  const path = await takeOver({ salutation: 'Dear Sam Follower, ' });
  expect((await read()).holders[1]!.salutation).toBe('Dear Sam Follower');
  expectMistakes(await staff.postForm(path, confirmed({ salutation: ',' })), {
    salutation: 'Enter how a mail to them begins, for example Dear Ms Example.',
  });
  await staff.postForm(path, confirmed({ salutation: 'Dear Dr Follower,' }));
  expect((await read()).holders[1]).toMatchObject({ salutation: 'Dear Dr Follower' });
});

describe('a take-over', () => {
  test('ends the time of whoever holds the office, and leads to what is to be confirmed', async () => {
    const { _id } = await aRecipient({ office: office._id });
    const form = await staff.get(`${at}/holders/new`);
    expect(form.main).toContain('Who takes over: Chief executive');
    expect(valueOf(form, 'from')).toBe('2026-11-24');
    const path = await takeOver();
    const holders = (await read()).holders;
    expect(path).toBe(`${at}/holders/${String(holders[1]!._id)}/confirmation`);
    expect(await days()).toEqual([
      ['Kim Invented', undefined, '2026-11-23'],
      ['Sam Follower', '2026-11-24', null],
    ]);
    expect(holders[1]).toMatchObject({ tookOver: true, confirmedAt: null });
    expect(await Recipient.findById(_id).lean()).toMatchObject({ holderName: 'Sam Follower' });
    expect((await staff.get(path)).main).toContain('Sam Follower holds the office from 24 November 2026.');
    const organisation = await staff.get(`/organisations/${String(office.organisation)}`);
    expect(organisation.$(`a[href="${path}"]`)).toHaveLength(1);
    expect(organisation.main).toContain('Nothing goes to them by itself until somebody has confirmed');
  });

  test('on a day to come takes effect on that day, and is confirmed before it or after', async () => {
    const path = await takeOver({ from: '2026-12-03' });
    const organisation = `/organisations/${String(office.organisation)}`;
    const holds = async () => (await staff.get(organisation)).$('section strong').first().text();
    expect(await holds()).toBe('Kim Invented');
    expect((await staff.get(organisation)).$(`a[href="${path}"]`)).toHaveLength(1);
    world.clock.set('2026-12-03T04:59:00Z');
    expect(await holds()).toBe('Kim Invented');
    world.clock.set('2026-12-03T05:00:00Z');
    expect(await holds()).toBe('Sam Follower');
  });

  test('that is over already asks for nothing', async () => {
    await staff.postForm(
      `${at}/holders/${String(office.holders[0]!._id)}`,
      {
        ...sam,
        name: 'Kim Invented',
        from: '2020-01-01',
      },
      `${at}/holders/new`,
    );
    const past = await takeOver({ from: '2018-01-01', until: '2019-12-31' });
    expect(past).toBe(`/organisations/${String(office.organisation)}`);
    expect(await days()).toContainEqual(['Sam Follower', '2018-01-01', '2019-12-31']);
  });

  test('by somebody who is there for a time leaves the office vacant after it', async () => {
    await takeOver({ until: '2026-11-30' });
    world.clock.set('2026-12-01T12:00:00Z');
    const page = await staff.get(`/organisations/${String(office.organisation)}`);
    expect(page.main).toContain('Nobody is named as holding it today. Nothing goes to the office by itself.');
  });

  test('the first one who is named asks for nothing', async () => {
    const empty = await anOffice({ holders: [] });
    const path = `/offices/${String(empty._id)}/holders`;
    const answer = await staff.postForm(path, { ...sam, from: '' }, `${path}/new`);
    expect(answer.location).toBe(`/organisations/${String(empty.organisation)}`);
    expect((await Office.findById(empty._id).lean<OfficeRecord>())!.holders[0]!.tookOver).toBeUndefined();
    expect((await staff.get(answer.location!)).main).toContain(
      'Sam Follower is saved. The office can be added to the recipients of a campaign now.',
    );
  });

  test.each([
    [
      { name: ' ', from: 'soon' },
      { name: 'Enter the name of the person.', from: 'Enter a date such as 2026-11-30, or leave it empty.' },
    ],
    [{ from: '' }, { from: 'Enter the first day: Kim Invented is written down as well.' }],
    [{ name: 'Kim Invented' }, { name: 'Kim Invented holds the office on that day already.' }],
    [{ until: '2026-11-23' }, { until: 'The last day cannot be before the first.' }],
  ])('that cannot be is told beside the field: %j', async (wrong, mistakes) => {
    const page = await staff.postForm(`${at}/holders`, { ...sam, ...wrong }, `${at}/holders/new`);
    expectMistakes(page, mistakes, { salutation: sam.salutation });
    expect(await days()).toHaveLength(1);
  });

  test('of two people who enter it at once, one is told, and there is one successor', async () => {
    const colleague = await signInAs(world, 'staff');
    const answers = await Promise.all(
      [staff, colleague].map((who) => who.postForm(`${at}/holders`, sam, `${at}/holders/new`)),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect([302, statuses[0]]).toEqual([302, 302]);
    expect([409, 422]).toContain(statuses[1]);
    expect(await days()).toHaveLength(2);
  });
});

test('days that are corrected and would meet those of another are refused', async () => {
  await takeOver();
  const path = `${at}/holders/${String(office.holders[0]!._id)}`;
  const wrong = { ...sam, name: 'Kim Invented', from: '', until: '2026-11-24' };
  expectMistakes(await staff.postForm(path, wrong, `${path}/edit`), {
    until: 'Sam Follower holds the office from 24 November 2026. Enter a day before that.',
  });
});

describe('a vacancy', () => {
  const vacate = (from: string) => staff.postForm(`${at}/vacancy`, { from }, `${at}/vacancy/new`);

  test('ends the time of whoever holds the office on a day of the past or to come', async () => {
    const { _id } = await aRecipient({ office: office._id });
    expect(valueOf(await staff.get(`${at}/vacancy/new`), 'from')).toBe('2026-11-24');
    const answer = await vacate('2026-11-20');
    expect(answer.location).toBe(`/organisations/${String(office.organisation)}`);
    expect(await days()).toEqual([['Kim Invented', undefined, '2026-11-19']]);
    expect(await Recipient.findById(_id).lean()).toMatchObject({ holderName: '' });
    const page = await staff.get(`/recipients/${String(_id)}`);
    expect(page.main).toContain('The office is vacant');
    expect(page.$(`a[href="${at}/holders/new"]`)).toHaveLength(1);
    await takeOver();
    expect((await days()).at(-1)).toEqual(['Sam Follower', '2026-11-24', null]);
  });

  test.each([
    ['', 'Enter the first day.'],
    ['soon', 'Enter the day as a date such as 2026-11-24.'],
  ])('on %j is told beside the field', async (from, sentence) => {
    expectMistakes(await vacate(from), { from: sentence }, { from });
  });

  test('of a vacant office is told', async () => {
    await vacate('2026-11-20');
    expectMistakes(await vacate('2026-11-24'), {
      from: 'Nobody is named as holding the office on that day.',
    });
  });
});

describe('a confirmation', () => {
  test('shows the address, the salutation, and what leaves next, and warns of an address in a former name', async () => {
    const recipient = await aRecipient({ office: office._id });
    await Campaign.updateOne({ _id: recipient.campaign }, { title: 'A letter of the example' });
    await aFollowUp({ recipient: recipient._id, subject: 'Our third letter' });
    const page = await staff.get(await takeOver());
    expect(['email', 'salutation'].map((name) => valueOf(page, name))).toEqual([
      'kim.invented@example.org',
      'Dear Sam Follower',
    ]);
    expect(page.$('.alarm').text()).toContain('looks as if it were the own one of Kim Invented');
    for (const text of [
      'Our third letter',
      'A letter of the example',
      'So far to Kim Invented <kim.invented@example.org>',
      'Kim Invented held it before.',
    ])
      expect(page.main).toContain(text);
  });

  test('keeps who gave it and when, with what was changed in the same form', async () => {
    const path = await takeOver();
    const answer = await staff.postForm(path, confirmed(), path);
    expect(answer.location).toBe(`/organisations/${String(office.organisation)}`);
    const { email, holders } = await read();
    expect(email).toBe('chief@example.org');
    expect(holders[1]).toMatchObject({
      salutation: 'Dear Dr Follower',
      confirmedAt: world.clock.now(),
      confirmedBy: staff.user._id,
    });
    const page = await staff.get(path);
    expect(page.main).toContain(`Confirmed by ${staff.user.name}`);
    expect(page.$('form[action$=confirmation]')).toHaveLength(0);
    expect(page.$('.alarm')).toHaveLength(0);
  });

  test('without an address or a salutation is none', async () => {
    const path = await takeOver();
    const page = await staff.postForm(path, confirmed({ email: 'chief', salutation: '' }), path);
    expectMistakes(
      page,
      {
        email: 'That is not an email address, for example name@example.org.',
        salutation: 'Enter how a mail to them begins, for example Dear Ms Example.',
      },
      { email: 'chief', seenEmail: 'kim.invented@example.org' },
    );
    expect((await read()).holders[1]!.confirmedAt).toBeNull();
  });

  test.each([
    ['the address was changed meanwhile', { seenEmail: 'other@example.org' }],
    ['the name was changed meanwhile', { seenName: 'Sam Other' }],
  ])('is refused where %s', async (_what, own) => {
    const path = await takeOver();
    const token = await staff.tokenFrom(path);
    const fields = new URLSearchParams({ _csrf: token, ...confirmed(own) });
    const answer = await staff.postRaw(path, fields.toString());
    expect([answer.status, (await read()).holders[1]!.confirmedAt]).toEqual([409, null]);
  });

  test('that somebody gave already is not given again, and the first holder needs none', async () => {
    const path = await takeOver();
    await staff.postForm(path, confirmed(), path);
    const token = await staff.tokenFrom('/account');
    const first = `${at}/holders/${String(office.holders[0]!._id)}/confirmation`;
    for (const address of [path, first]) {
      const seen = {
        seenEmail: 'chief@example.org',
        seenName: address === path ? 'Sam Follower' : 'Kim Invented',
      };
      const fields = new URLSearchParams({
        _csrf: token,
        ...confirmed({ ...seen, salutation: 'Dear Other' }),
      });
      expect((await staff.postRaw(address, fields.toString())).status).toBe(409);
    }
    expect((await read()).holders[1]!.salutation).toBe('Dear Dr Follower');
    expect((await staff.get(first)).main).toContain('Nothing waits for a confirmation');
  });

  test('of nobody is not there', async () => {
    expect((await staff.get(`${at}/holders/ffffffffffffffffffffffff/confirmation`)).status).toBe(404);
  });
});
