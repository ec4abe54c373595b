import { beforeEach, describe, expect, test } from '@jest/globals';
import { run as forget } from '../../jobs/forget-sources.js';
import { run as remind } from '../../jobs/send-reminders.js';
import { Snooze } from '../../src/attention/snooze.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient, aUser, NOW } from '../support/factories.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  app = createTestApp();
  ana = await signInAs(app, 'staff');
  const campaign = await aCampaign({ owner: ana.user._id });
  recipient = await aRecipient({ campaign: campaign._id, ...late('2026-11-20') });
});

const late = (answerDueOn: string, veryLateFrom = '2026-12-20T00:00:00Z') => ({
  answerDueOn,
  lateFrom: new Date(`${answerDueOn}T23:00:00Z`),
  veryLateFrom: new Date(veryLateFrom),
});

const formOf = (kind: string, record: { _id: unknown }) =>
  `/snoozes/new?kind=${kind}&record=${String(record._id)}`;

/** Opens the form as a person would, and sends it. */
async function putOff(kind: string, record: { _id: unknown }, until: string, by = ana, reason = '') {
  const address = formOf(kind, record);
  const { $ } = await by.get(address);
  const facts = $('main [name=facts]').attr('value')!;
  return by.postForm('/snoozes', { kind, record: String(record._id), facts, until, reason }, address);
}

const groupsOf = async (visitor: SignedIn, address = '/'): Promise<string[]> =>
  (await visitor.get(address))
    .$('.attention')
    .toArray()
    .map((group) => group.attribs['data-group']!);

describe('what somebody puts off', () => {
  test('leaves their first page and their mail until that day of their own calendar, and is listed meanwhile', async () => {
    const first = await ana.get('/');
    const link = first.$('[data-group=late] a[href^="/snoozes"]');
    expect(link.text()).toBe(`Snooze: ${recipient.organisationName}`);
    expect(link.attr('href')).toBe(formOf('late', recipient));
    const done = await putOff('late', recipient, '2026-11-26', ana, 'They are moving <house>.');
    expect([done.status, done.location]).toEqual([302, '/']);
    const after = await ana.get('/');
    expect(after.$('[role=status]').text()).toContain('it is back on 26 November 2026');
    expect(after.$('.attention')).toHaveLength(0);
    expect((await ana.get('/today/late')).main).toContain('Nothing of this kind is waiting.');
    expect(await remind(app.deps)).toBe('Reminders: 1 with nothing to say.');
    const list = await ana.get('/snoozes');
    expect(list.main).toContain(`${recipient.organisationName}: Chief executive`);
    expect(list.main).toContain('They are moving <house>. Back on 26 November 2026, in 2 days');
    app.clock.set('2026-11-25T23:59:00Z');
    expect(await groupsOf(ana)).toEqual([]);
    app.clock.set('2026-11-26T08:00:00Z');
    expect(await groupsOf(ana)).toEqual(['late']);
    expect(await remind(app.deps)).toBe('Reminders: 1 captured, 0 with nothing to say.');
    expect((await ana.get('/snoozes')).main).toContain('You have put nothing off.');
  });

  test('is out of sight for them alone', async () => {
    const nobodys = await aRecipient(late('2026-11-20'));
    const [cleo, dee] = [await signInAs(app, 'admin'), await signInAs(app, 'admin')];
    expect((await putOff('late', nobodys, '2026-11-30', cleo)).status).toBe(302);
    expect(await groupsOf(cleo)).toEqual([]);
    expect(await groupsOf(dee)).toEqual(['late']);
    expect(await groupsOf(cleo, '/?whose=everybody')).toEqual(['late']);
    expect((await dee.get('/snoozes')).main).toContain('You have put nothing off.');
  });

  test('is woken up on the page that lists it, by whoever put it off', async () => {
    await putOff('late', recipient, '2026-11-30');
    const other = await signInAs(app, 'admin');
    const { $ } = await ana.get('/snoozes');
    const address = $('main form').attr('action')!;
    expect((await other.postForm(address, {}, '/account')).status).toBe(404);
    expect((await ana.postForm(address, {}, '/snoozes')).location).toBe('/snoozes');
    expect(await groupsOf(ana)).toEqual(['late']);
    expect((await ana.postForm(address, {}, '/account')).status).toBe(404);
  });

  test('is put off again by the same form, and there is one snooze of it', async () => {
    await putOff('late', recipient, '2026-11-30');
    await putOff('late', recipient, '2026-12-10');
    expect(await Snooze.find({}, { until: 1, _id: 0 }).lean()).toEqual([{ until: '2026-12-10' }]);
  });
});

describe('it wakes up by itself', () => {
  test('when the answer is late by another deadline, and once it is very late', async () => {
    await putOff('late', recipient, '2026-12-31');
    await Recipient.updateOne({ _id: recipient._id }, { $set: late('2026-11-23') });
    expect(await groupsOf(ana)).toEqual(['late']);
    await putOff('late', recipient, '2026-12-31');
    expect(await groupsOf(ana)).toEqual([]);
    await Recipient.updateOne({ _id: recipient._id }, { $set: late('2026-11-23', '2026-11-24T00:00:00Z') });
    expect(await groupsOf(ana)).toEqual(['very-late']);
  });

  test('when a follow-up is held again for another reason, or a milestone is given another day', async () => {
    await Recipient.updateOne({ _id: recipient._id }, { $set: { lateFrom: null, veryLateFrom: null } });
    const held = await aFollowUp({ recipient: recipient._id, state: 'held', settledAt: NOW });
    const track = await Track.create({
      title: 'Example Act',
      jurisdiction: 'Ruritania',
      createdAt: NOW,
      milestones: [{ title: 'Vote', stage: 'final vote', expectedOn: '2026-11-20' }],
    });
    await putOff('held', held, '2026-12-31');
    await putOff('milestones', track.milestones[0]!, '2026-12-31');
    expect(await groupsOf(ana)).toEqual([]);
    expect((await ana.get('/snoozes')).$('main li')).toHaveLength(2);
    await FollowUp.updateOne({ _id: held._id }, { $set: { settledAt: new Date(NOW.getTime() + 1) } });
    await Track.updateOne({ _id: track._id }, { $set: { 'milestones.0.expectedOn': '2026-11-22' } });
    expect(await groupsOf(ana)).toEqual(['held', 'milestones']);
  });

  test('and nothing is put off that changed while the form was open', async () => {
    const address = formOf('late', recipient);
    const { $ } = await ana.get(address);
    const fields = { kind: 'late', record: String(recipient._id), until: '2026-12-31' };
    const facts = $('[name=facts]').attr('value')!;
    await Recipient.updateOne({ _id: recipient._id }, { $set: late('2026-11-23') });
    const refused = await ana.postForm('/snoozes', { ...fields, facts }, address);
    expect([refused.status, await Snooze.countDocuments()]).toEqual([409, 0]);
    expect(refused.main).toContain('This has changed since you opened the page.');
  });
});

describe('for how long', () => {
  test.each(['replies', 'uncertain'])('%s: three days at most, and the form says so', async (kind) => {
    const letter = await wasWrittenTo(recipient);
    const record =
      kind === 'replies'
        ? await anIncoming({ inReplyTo: letter }, app)
        : await aFollowUp({ recipient: recipient._id, state: 'uncertain' });
    expect((await ana.get(formOf(kind, record))).main).toContain(
      'A day on your calendar: 25 to 27 November 2026.',
    );
    const refused = await putOff(kind, record, '2026-11-28');
    expect(refused.status).toBe(422);
    expect(refused.$('.error-summary').text()).toContain(
      'This may be put off for 3 days at most, until 27 November 2026',
    );
    expect((await putOff(kind, record, '2026-11-27')).status).toBe(302);
  });

  test.each([
    ['', 'Choose the day on which it is to come back.'],
    ['soon', 'Enter the day as a date such as 2026-11-24.'],
    ['2026-11-24', 'Choose a day after today.'],
    ['2027-11-26', 'Choose a day within a year, until 25 November 2027.'],
  ])('until %j is a mistake that keeps what was typed', async (until, sentence) => {
    const refused = await putOff('late', recipient, until, ana, 'They asked for time.');
    expect(refused.status).toBe(422);
    expect(refused.$('.error-summary li').text()).toBe(sentence);
    expect(refused.$('[name=reason]').attr('value')).toBe('They asked for time.');
    expect(refused.$('[name=facts]').attr('value')).toBe('2026-11-20');
  });

  test('a day is the day of whoever puts it off', async () => {
    const kiri = await signInAs(app, await aUser({ role: 'admin', timeZone: 'Pacific/Kiritimati' }));
    const nobodys = await aRecipient(late('2026-11-20'));
    expect((await putOff('late', nobodys, '2026-11-25', kiri)).status).toBe(422);
    await putOff('late', nobodys, '2026-11-26', kiri);
    app.clock.set('2026-11-25T09:59:00Z');
    expect(await groupsOf(kiri)).toEqual([]);
    app.clock.set('2026-11-25T10:00:00Z');
    expect(await groupsOf(kiri)).toEqual(['late']);
  });

  test('the daily job deletes those that are over wherever on earth their reader is', async () => {
    await putOff('late', recipient, '2026-11-26');
    app.clock.set('2026-11-26T11:59:00Z');
    expect(await forget(app.deps)).toContain('Snoozes over: 0.');
    app.clock.set('2026-11-26T12:00:00Z');
    expect(await forget(app.deps)).toContain('Snoozes over: 1.');
    expect(await forget(app.deps)).toContain('Snoozes over: 0.');
  });
});

test('what does not wait for this person cannot be put off by them', async () => {
  const nobodys = await aRecipient(late('2026-11-20'));
  const leaving = await aFollowUp({ recipient: recipient._id, state: 'scheduled', dueAt: NOW });
  for (const [kind, record] of [
    ['late', nobodys],
    ['very-late', recipient],
    ['leaving', leaving],
    ['nothing', recipient],
    ['late', { _id: 'x' }],
  ] as const) {
    expect((await ana.get(formOf(kind, record))).status).toBe(404);
    const fields = { kind, record: String(record._id), facts: '', until: '2026-11-26' };
    expect((await ana.postForm('/snoozes', fields, '/account')).status).toBe(404);
  }
  expect(await Snooze.countDocuments()).toBe(0);
});

test('whoever is a partner or not signed in has no snoozes', async () => {
  const partner = await signInAs(app, 'partner');
  expect((await partner.get('/snoozes')).status).toBe(403);
});
