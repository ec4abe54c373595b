import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { searchWords } from '../../src/organisations/found-by.rules.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, anOrganisation, aRecipient, NOW } from '../support/factories.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { prepareTestDatabase } from '../support/prepared.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
});

async function aNamed(organisation: string, title: string, holder: string, campaign?: string) {
  const { _id } = await anOrganisation({ name: organisation });
  const office = await anOffice({ organisation: _id, title, holders: [{ name: holder }] });
  const own = campaign ? { campaign: (await aCampaign({ title: campaign }))._id } : {};
  return aRecipient({ office: office._id, ...own });
}

async function pathOf(): Promise<string> {
  return `/incoming-mail/${String((await anIncoming({}, world))._id)}/recipients`;
}

describe('another recipient is found by how words begin that are in its names:', () => {
  test.each([
    ['', ['Éta Plattform', 'Zeta Platform']],
    ['zet', ['Zeta Platform']],
    ['  PLAT ', ['Éta Plattform', 'Zeta Platform']],
    ['eta', ['Éta Plattform']],
    ['chief', ['Zeta Platform']],
    ['vorstand eta', ['Éta Plattform']],
    ['noor', ['Éta Plattform']],
    ['invented zeta', ['Zeta Platform']],
    ['form', []],
    ['.*', []],
    ['{"$ne":1}', []],
    ['nobody zeta', []],
  ])('%j', async (find, names) => {
    await aNamed('Zeta Platform', 'Chief executive', 'Kim Invented');
    await aNamed('Éta Plattform', 'Vorstand', 'Noor Erfunden');
    const page = await staff.get(`${await pathOf()}?find=${encodeURIComponent(find)}`);
    const found = page.$('.choices strong').toArray();
    expect(found.map((one) => page.$(one).text())).toEqual(names);
    if (names.length === 0) expect(page.main).toContain('Nobody is found by that.');
  });
});

test('one office that is a recipient of two campaigns is told apart', async () => {
  const first = await aNamed('Zeta Platform', 'Chief executive', 'Kim Invented', 'The first letter');
  const { _id: campaign } = await aCampaign({ title: 'The second letter' });
  const second = await aRecipient({ office: first.office, campaign });
  const page = await staff.get(`${await pathOf()}?find=zeta`);
  const buttons = page.$('.choices button').toArray();
  const titles = Object.fromEntries(
    buttons.map((button) => [
      page.$(button).attr('value'),
      page
        .$(button)
        .text()
        .replace(/.*, of /, ''),
    ]),
  );
  expect(titles).toEqual({
    [String(first._id)]: 'The first letter',
    [String(second._id)]: 'The second letter',
  });
});

test('a new holder is found from the day they are written down', async () => {
  const recipient = await aNamed('Zeta Platform', 'Chief executive', 'Kim Invented');
  const path = await pathOf();
  const holders = `/offices/${String(recipient.office)}/holders`;
  const fields = { name: 'Sam Follower', salutation: '', from: '2026-11-24', until: '' };
  await staff.postForm(holders, fields, `${holders}/new`);
  expect((await staff.get(`${path}?find=sam`)).$('.choices li')).toHaveLength(1);
  expect((await staff.get(`${path}?find=kim`)).$('.choices li')).toHaveLength(0);
});

test('a message that is placed already leads back to itself', async () => {
  const mail = await anIncoming({ inReplyTo: await wasWrittenTo(await aRecipient()) }, world);
  const path = `/incoming-mail/${String(mail._id)}`;
  expect((await staff.get(`${path}/recipients`)).location).toBe(path);
  expect((await staff.get(`/incoming-mail/${'f'.repeat(24)}/recipients`)).status).toBe(404);
});

test('of five thousand recipients of three campaigns fifty are listed, and words find one', async () => {
  const campaigns = [1, 2, 3].map(() => new Types.ObjectId());
  const rows = Array.from({ length: 5000 }, (_, n) => ({
    campaign: campaigns[n % 3]!,
    office: new Types.ObjectId(),
    organisation: new Types.ObjectId(),
    createdAt: NOW,
    organisationName: `Example Platform ${n}`,
    officeTitle: 'Chief executive',
    holderName: `Kim Invented ${n}`,
    timeZone: 'UTC',
    listedAs: `example platform ${n} chief executive`,
    foundBy: searchWords(`Example Platform ${n} Chief executive Kim Invented`),
  }));
  await Recipient.collection.insertMany(rows);
  const path = await pathOf();
  const all = await staff.get(path);
  expect(all.$('.choices li')).toHaveLength(50);
  expect(all.main).toContain('Only the first 50 are shown. Type more of a name to find another.');
  const one = await staff.get(`${path}?find=4999+kim`);
  expect(one.$('.choices strong').text()).toBe('Example Platform 4999');
});

test('an index over those words, which an earlier version kept, is gone: it doubled what every write cost', async () => {
  await Recipient.collection.createIndex({ foundBy: 1 });
  await prepareTestDatabase();
  expect((await Recipient.collection.indexes()).map(({ name }) => name)).not.toContain('foundBy_1');
});
