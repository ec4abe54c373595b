import { describe, expect, test } from '@jest/globals';
import mongoose, { Types } from 'mongoose';
import { run } from '../../jobs/check-copies.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Activity } from '../../src/history/activity.model.js';
import { takeBackEntry } from '../../src/history/log-entry.js';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { addHoliday } from '../../src/holidays/holidays.js';
import { backgroundEnded } from '../../src/in-background.js';
import { addClosure } from '../../src/organisations/closures.js';
import { Office } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { refreshAtOffices } from '../../src/recipients/refresh-at-offices.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, aRecipient, aUser, NOW } from '../support/factories.js';

useDatabase();

/** A recipient with a letter, a reply and a note that was taken back; contact in three weeks. */
async function aHistory() {
  const recipient = await aRecipient();
  const of = { recipient: recipient._id };
  await anEntry({ ...of, kind: 'letter', occurredAt: new Date('2026-11-02T10:00:00Z') });
  await anEntry({
    ...of,
    kind: 'email',
    direction: 'in',
    receivedAs: 'reply',
    occurredAt: new Date('2026-11-10T10:00:00Z'),
  });
  const wrong = await anEntry(of);
  await takeBackEntry(wrong, 'It was another company.', { by: (await aUser()) as never, now: NOW });
  return { recipient, stored: (await Recipient.findById(recipient._id).lean())! };
}

const read = (id: Types.ObjectId) => Recipient.findById(id).lean();
const damage = (id: Types.ObjectId, change: object) =>
  mongoose.connection.collection('recipients').updateOne({ _id: id }, change);

test('what was written as things happened equals a recomputation', async () => {
  await aHistory();
  await aRecipient();
  expect(await run(createTestApp().deps)).toBe(
    '2 offices checked, 0 differed. 2 recipients checked, 0 differed. 3 weeks checked, 0 differed.',
  );
});

test('with nothing in the database there is nothing to check', async () => {
  expect(await run(createTestApp().deps)).toBe(
    '0 offices checked, 0 differed. 0 recipients checked, 0 differed. 0 weeks checked, 0 differed.',
  );
});

describe('a damaged copy is counted and put right, and the next run finds nothing', () => {
  test.each<[string, object]>([
    ['the delivery', { $set: { delivery: 'bounced' } }],
    ['the engagement', { $set: { engagement: 'acknowledged' } }],
    ['both in one field', { $set: { status: 'bounced, acknowledged' } }],
    ['both in one field, which was not kept in earlier versions', { $unset: { status: 1 } }],
    ['when the clock started', { $set: { clockStartedAt: NOW } }],
    ['a deadline of somebody who replied', { $set: { answerDueOn: '2026-11-20', lateFrom: NOW } }],
    ['when it is very late', { $set: { veryLateFrom: NOW } }],
    ['a promised day', { $set: { promisedFor: '2026-12-01', promisePassedFrom: NOW } }],
    ['a pause of the clock', { $set: { clockPausedFrom: NOW } }],
    ['how long they took to answer', { $set: { answeredAfter: 99 } }],
    [
      'how long they took to answer, which was not kept in earlier versions',
      { $unset: { answeredAfter: 1 } },
    ],
    ['the last contact', { $set: { lastContactAt: NOW } }],
    [
      'a first contact that was not kept in earlier versions',
      { $unset: { firstContactAt: 1, firstContactPrecision: 1, contactsOut: 1 } },
    ],
    ['a count of entries that is too high', { $set: { entriesCounted: 99, engagement: 'in talks' } }],
    ['a count of entries that is too low', { $set: { entriesCounted: 0 } }],
    ['a missing acknowledgement of somebody who replied', { $set: { acknowledgementMissingFrom: NOW } }],
    ['the name of the holder', { $set: { holderName: 'Somebody else' } }],
    ['the words it is found by', { $set: { foundBy: ['another'] } }],
    ['words that were not kept in earlier versions', { $unset: { foundBy: 1 } }],
    ['the place in the list', { $set: { listedAs: 'zzz', organisationName: 'Another' } }],
  ])('%s', async (_what, change) => {
    const { recipient, stored } = await aHistory();
    await aRecipient();
    await damage(recipient._id, change);
    const { deps } = createTestApp();
    expect(await run(deps)).toContain('2 recipients checked, 1 differed.');
    expect(await read(recipient._id)).toEqual(stored);
    expect(await run(deps)).toContain('2 recipients checked, 0 differed.');
  });

  test.each<[string, object]>([
    ['a week counted too often', { $inc: { 'out.2026-11-02': 3 } }],
    ['a week forgotten', { $unset: { 'in.2026-11-09': 1 } }],
    ['a week nothing happened in', { $set: { 'in.2020-01-06': 7 } }],
  ])('%s', async (_what, change) => {
    const { recipient } = await aHistory();
    const filter = { campaign: recipient.campaign };
    await mongoose.connection.collection('activity').updateOne(filter, change);
    const { deps } = createTestApp();
    expect(await run(deps)).toMatch(/\d weeks checked, 1 differed\.$/);
    expect(await run(deps)).toMatch(/\d weeks checked, 0 differed\.$/);
    const { out, in: incoming } = (await Activity.findOne(filter).lean())! as never as Record<
      string,
      Record<string, number>
    >;
    expect([out!['2026-11-02'], incoming!['2026-11-09'], incoming!['2020-01-06'] ?? 0]).toEqual([1, 1, 0]);
  });

  test('all the weeks of a campaign', async () => {
    await aHistory();
    await Activity.deleteMany({});
    const { deps } = createTestApp();
    expect(await run(deps)).toContain('2 weeks checked, 2 differed.');
    expect(await run(deps)).toContain('2 weeks checked, 0 differed.');
  });
});

test('whoever takes over an office is listed from their first day there', async () => {
  const office = await anOffice({
    holders: [
      { name: 'Kim Invented', until: '2026-11-24' },
      { name: 'Lou Invented', from: '2026-11-25' },
    ],
  });
  const recipient = await aRecipient({ office: office._id });
  // the evening of the 24th in New York, where the office is
  expect(await run(createTestApp({ now: '2026-11-25T04:00:00Z' }).deps)).toContain(
    '1 recipient checked, 0 differed.',
  );
  expect(await run(createTestApp({ now: '2026-11-25T06:00:00Z' }).deps)).toContain(
    '1 recipient checked, 1 differed.',
  );
  expect((await read(recipient._id))!.holderName).toBe('Lou Invented');
});

test('an acknowledgement that a campaign has come to expect is looked for in all that were written to', async () => {
  const { _id } = await aRecipient();
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date('2026-11-20T15:00:00Z') });
  await aHistory();
  // as it stands when the process ends between saving the campaign and looking through its recipients
  await Campaign.updateMany({}, { $set: { acknowledgementDays: 1 } });
  const { deps } = createTestApp();
  expect(await run(deps)).toContain('2 recipients checked, 1 differed.');
  expect((await read(_id))!.acknowledgementMissingFrom).toEqual(new Date('2026-11-24T05:00:00Z'));
  expect(await run(deps)).toContain('2 recipients checked, 0 differed.');
  await Office.deleteMany({});
  expect(await run(deps)).toContain('2 recipients checked, 1 differed.');
  expect((await read(_id))!.acknowledgementMissingFrom).toBeNull();
});

test('deadlines that a campaign has come to set are looked for in all that were written to', async () => {
  const { _id } = await aRecipient();
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date('2026-11-20T15:00:00Z') });
  await aHistory();
  // as it stands when the process ends between saving the campaign and looking through its recipients
  await Campaign.updateMany({}, { $set: { lateAfter: 1, veryLateAfter: 2 } });
  const { deps } = createTestApp();
  expect(await run(deps)).toContain('2 recipients checked, 1 differed.');
  expect(await read(_id)).toMatchObject({
    answerDueOn: '2026-11-23',
    lateFrom: new Date('2026-11-24T05:00:00Z'),
    veryLateFrom: new Date('2026-11-25T05:00:00Z'),
  });
  expect(await run(deps)).toContain('2 recipients checked, 0 differed.');
});

describe('the days on which an office is closed', () => {
  /** A recipient in Scotland with a closure, a holiday by hand, and an acknowledgement that both put off. */
  async function aClosedOffice() {
    const by = (await aUser())._id;
    const office = await anOffice({ country: 'GB-SCT', timeZone: 'Europe/London' });
    const campaign = (await aCampaign({ acknowledgementDays: 1 }))._id;
    const recipient = await aRecipient({ campaign, office: office._id });
    await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: NOW });
    const closure = { from: '2026-11-25', until: '2026-11-25', name: 'Works holiday' };
    const { deps } = createTestApp({ now: NOW });
    await addClosure(office.organisation, closure, by, deps);
    await addHoliday({ country: 'GB', day: '2026-11-26', name: 'Celebration' }, by, deps);
    await backgroundEnded();
    return { office: office._id, recipient: recipient._id };
  }
  const due = async (id: Types.ObjectId) => (await read(id))!.acknowledgementMissingFrom!.toISOString();

  test.each<[string, object]>([
    ['forgotten', { $set: { closed: [] } }],
    ['not kept in earlier versions', { $unset: { closed: 1 } }],
    ['another', { $set: { closed: [{ from: '2026-11-25', until: '2026-12-24', name: 'Works holiday' }] } }],
    ['under another name', { $set: { 'closed.0.name': 'Holiday' } }],
  ])('are put right where they are %s, and what is counted by them', async (_what, change) => {
    const { office, recipient } = await aClosedOffice();
    await aRecipient();
    const right = (await Office.findById(office).lean())!.closed;
    expect(right).toHaveLength(2);
    await Office.collection.updateOne({ _id: office }, change);
    await refreshAtOffices([office]);
    const { deps } = createTestApp();
    expect(await run(deps)).toContain('2 offices checked, 1 differed. 2 recipients checked, 0 differed.');
    expect((await Office.findById(office).lean())!.closed).toEqual(right);
    expect(await due(recipient)).toBe('2026-11-28T00:00:00.000Z');
    expect(await run(deps)).toContain('2 offices checked, 0 differed. 2 recipients checked, 0 differed.');
  });

  test('are taken away with the closure and the holiday, whoever died in between', async () => {
    const { office, recipient } = await aClosedOffice();
    await Organisation.updateMany({}, { $set: { closures: [] } });
    await Holiday.deleteMany({});
    const { deps } = createTestApp();
    expect(await run(deps)).toContain('1 office checked, 1 differed. 1 recipient checked, 0 differed.');
    expect((await Office.findById(office).lean())!.closed).toEqual([]);
    expect(await due(recipient)).toBe('2026-11-26T00:00:00.000Z');
  });

  test('are none in an office of earlier versions, and no damage', async () => {
    await anOffice();
    await Office.collection.updateMany({}, { $unset: { closed: 1 } });
    await Organisation.collection.updateMany({}, { $unset: { closures: 1 } });
    expect(await run(createTestApp().deps)).toContain('1 office checked, 0 differed.');
  });

  test('and offices whose organisation is gone are checked too', async () => {
    const { office } = await aClosedOffice();
    await Organisation.deleteMany({});
    expect(await run(createTestApp().deps)).toContain('1 office checked, 1 differed.');
    expect((await Office.findById(office).lean())!.closed.map(({ name }) => name)).toEqual(['Celebration']);
  });

  test('are checked to the last of many offices', async () => {
    const { office } = await aClosedOffice();
    const { _id, ...copy } = (await Office.findById(office).lean())!;
    await Office.insertMany(Array.from({ length: 450 }, () => ({ ...copy, closed: [] })));
    const { deps } = createTestApp();
    expect(await run(deps)).toContain('451 offices checked, 450 differed.');
    expect(await run(deps)).toContain('451 offices checked, 0 differed.');
    expect(await Office.countDocuments({ 'closed.1.name': 'Celebration' })).toBe(451);
  });
});

test('a recipient whose office is gone is still checked', async () => {
  const { recipient } = await aHistory();
  await Office.deleteMany({});
  await damage(recipient._id, { $set: { engagement: 'silent' } });
  expect(await run(createTestApp().deps)).toContain('1 recipient checked, 1 differed.');
  expect((await read(recipient._id))!.engagement).toBe('replied');
});

test('checking while history grows loses and doubles nothing', async () => {
  const { recipient } = await aHistory();
  const { deps } = createTestApp();
  const growing = (async () => {
    for (let n = 0; n < 20; n += 1) await anEntry({ recipient: recipient._id });
  })();
  await Promise.all([growing, run(deps), run(deps), run(deps)]);
  expect(await run(deps)).toMatch(/ 0 differed\..* 0 differed\..* 0 differed\./);
  expect((await read(recipient._id))!.entriesCounted).toBe(24);
});

test('more recipients than are read at a time are all checked', async () => {
  const { recipient } = await aHistory();
  const { _id, ...copy } = (await read(recipient._id))!;
  const others = Array.from({ length: 450 }, () => ({
    ...copy,
    office: new Types.ObjectId(),
    campaign: copy.campaign,
  }));
  await Recipient.insertMany(others);
  const { deps } = createTestApp();
  expect(await run(deps)).toContain('451 recipients checked, 450 differed.');
  expect(await Recipient.countDocuments({ delivery: 'not sent', engagement: 'silent' })).toBe(450);
  expect((await read(_id))!.engagement).toBe('replied');
});
