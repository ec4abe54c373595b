import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { readGates } from '../../src/follow-ups/gate-context.js';
import { reserve } from '../../src/follow-ups/limits.js';
import { dailyLimits } from '../../src/follow-ups/limits.rules.js';
import { Office } from '../../src/organisations/office.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient, NOW } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let admin: SignedIn;
let campaign: CampaignRecord;
let at: string;
beforeEach(async () => {
  app = createTestApp({ smtpUrl: 'smtp://127.0.0.1:9' });
  admin = await signInAs(app, 'admin');
  campaign = await aCampaign();
  at = `/campaigns/${String(campaign._id)}`;
});

const approved = async (days: number, subject: string) => {
  const recipient = await aRecipient({ campaign: campaign._id });
  const dueAt = new Date(NOW.getTime() + days * 86_400_000);
  return anApprovedFollowUp(app, { recipient, dueAt, subject, live: false });
};
const saved = async () => (await Campaign.findById(campaign._id).lean<CampaignRecord>())!;
const switchIt = async () => {
  const page = await admin.get(`${at}/live`);
  const seen = page.$('[name=seen]').attr('value')!;
  return admin.postForm(`${at}/live`, { seen });
};

test('the page lists what would leave in seven days by time, with address and the answer of the gate', async () => {
  await approved(2, 'The second');
  const first = await approved(1, 'The first');
  const kept = await approved(3, 'The third');
  await approved(8, 'Next week');
  await Office.updateOne({ email: kept.to.address }, { $set: { email: 'another@example.org' } });
  const recipient = (await aRecipient({ campaign: campaign._id }))._id;
  await aFollowUp({ recipient });
  await aFollowUp({ recipient, state: 'held' });
  await aFollowUp({ recipient, state: 'uncertain' });
  await aFollowUp({ state: 'planned' });

  const page = await admin.get(`${at}/live`);
  const rows = page.$('.rows li').toArray();
  expect(rows.map((row) => page.$(row).find('a').text())).toEqual(['The first', 'The second', 'The third']);
  expect(rows.map((row) => page.$(row).find('.tag').text())).toEqual([
    'The gate lets it go',
    'The gate lets it go',
    'The gate would hold it',
  ]);
  expect(page.$(rows[0]).text()).toContain(`<${first.to.address}>`);
  expect(page.$(rows[0]).text()).toContain('25 November 2026, 12:00');
  expect(page.$(rows[2]).text()).toContain('The address of the office has changed since.');
  const facts = page.$('.facts').text().replaceAll(/\s+/g, ' ');
  expect(facts).toContain('Approved for later1 Wait for approval1 Held for a person1 Uncertain1');
  expect(page.main).not.toContain('SMTP_URL');
});

test('what waits because of a daily limit says for which, and until when', async () => {
  await Campaign.updateOne({ _id: campaign._id }, { $set: { mostPerDay: 2 } });
  const today = await approved(0.1, 'Today');
  await approved(1, 'Tomorrow');
  const context = { ...(await readGates([today], app.deps.post.from, NOW, null))[0]!, mostPerDay: 2 };
  for (let n = 0; n < 2; n += 1)
    expect(await reserve(dailyLimits(today, context, NOW), context, NOW)).toBeNull();

  const page = await admin.get(`${at}/live`);
  expect(page.main).toContain('In a day no more than 2 messages go to one organisation');
  const rows = page.$('.rows li').toArray();
  expect(rows.map((row) => page.$(row).find('.tag').text())).toEqual([
    'It would wait',
    'The gate lets it go',
  ]);
  expect(page.$(rows[0]).text()).toContain(
    'of all campaigns together, have reached this campaign’s limit of 2. It goes by itself on 25 November 2026.',
  );
});

describe('of two to one recipient on one day', () => {
  const OFFICE_HOURS = { fromHour: 9, untilHour: 17, everyDay: false };
  let recipient: RecipientRecord;
  beforeEach(async () => {
    await Campaign.updateOne({ _id: campaign._id }, { $set: { window: OFFICE_HOURS } });
    recipient = await aRecipient({ campaign: campaign._id });
  });
  const dueAt = (time: string, subject: string, live = false) =>
    anApprovedFollowUp(app, { recipient, dueAt: new Date(time), subject, body: `${subject}.`, live });
  const rowsOf = async (path = `${at}/live`) => {
    const page = await admin.get(path);
    return page
      .$('.rows li')
      .toArray()
      .map((row) => page.$(row).text().replaceAll(/\s+/g, ' ').trim());
  };
  const waitsFor = (other: string, until: string) =>
    `“${other}” goes to them on that day, and nobody is sent two on one day: this one waits until ${until} where they are.`;

  test('the page says which waits, and until when, also while the campaign is not live', async () => {
    await dueAt('2026-11-25T15:00:00Z', 'One');
    await dueAt('2026-11-25T16:00:00Z', 'Two');
    await dueAt('2026-11-26T16:00:00Z', 'Three');
    const [one, two, three] = await rowsOf();
    expect(one).toContain('One The gate lets it go');
    expect(two).toContain('Two It would wait');
    expect(two).toContain(waitsFor('One', '26 November 2026, 09:00'));
    // the day to which the second waits is the day of the third
    expect(three).toContain(waitsFor('Two', '27 November 2026, 09:00'));
  });

  test('what is held, or goes to somebody else, takes nobody’s day', async () => {
    const one = await dueAt('2026-11-25T15:00:00Z', 'One');
    await dueAt('2026-11-25T16:00:00Z', 'Two');
    await FollowUp.updateOne({ _id: one._id }, { $set: { text: 'Other words' } });
    recipient = await aRecipient({ campaign: campaign._id });
    await dueAt('2026-11-25T16:30:00Z', 'Three');
    expect((await rowsOf()).map((row) => / (The gate [\w ]+ (?:it|go)) /.exec(row)![1])).toEqual([
      'The gate would hold it',
      'The gate lets it go',
      'The gate lets it go',
    ]);
  });

  test('one that went today, or stands on another page of the list, counts as well', async () => {
    await dueAt('2026-11-25T15:00:00Z', 'One');
    const last = await dueAt('2026-11-25T21:00:00Z', 'Last');
    const others = (await aRecipient({ campaign: campaign._id }))._id;
    for (let n = 0; n < 49; n += 1)
      await aFollowUp({ recipient: others, state: 'scheduled', dueAt: new Date('2026-11-25T15:00:00Z') });
    expect(await rowsOf(`${at}/live?page=2`)).toEqual([
      expect.stringContaining(waitsFor('One', '26 November 2026, 09:00')),
    ]);
    await FollowUp.updateOne({ subject: 'One' }, { $set: { state: 'sent', sentAt: NOW } });
    await FollowUp.updateOne(
      { _id: last._id },
      { $set: { nextAttemptAt: new Date('2026-11-24T15:00:00Z') } },
    );
    expect((await rowsOf())[0]).toContain(waitsFor('One', '25 November 2026, 09:00'));
  });
});

test('of many, fifty to a page are shown, with the count of all', async () => {
  const recipient = (await aRecipient({ campaign: campaign._id }))._id;
  for (let n = 0; n < 51; n += 1) await aFollowUp({ recipient, state: 'scheduled', subject: `Letter ${n}` });
  const page = await admin.get(`${at}/live`);
  expect(page.main).toContain('Approved and due within seven days: 51');
  expect(page.$('.rows li')).toHaveLength(50);
  expect((await admin.get(page.$('a[rel=next]').attr('href')!)).$('.rows li')).toHaveLength(1);
});

test('when nothing would leave, the page says so', async () => {
  const page = await admin.get(`${at}/live`);
  expect(page.main).toContain('Nothing would leave in the next seven days.');
  expect(page.main).toContain('Nobody has switched this campaign yet.');
});

test('an administrator switches it live and back, and the page keeps who did so and when', async () => {
  await approved(1, 'The first');
  expect((await admin.get(at)).$(`a[href="${at}/live"]`)).toHaveLength(1);
  expect((await switchIt()).location).toBe(at);
  expect(await saved()).toMatchObject({ liveSince: NOW, liveBy: admin.user._id });
  expect((await admin.get(at)).main).toContain('Live since 24 November 2026, 12:00');

  app.clock.pass({ minutes: 5 });
  await switchIt();
  expect((await saved()).liveSince).toEqual(NOW);
  await admin.postForm(`${at}/capture`, {}, at);
  expect((await saved()).liveSince).toBeUndefined();
  const page = await admin.get(`${at}/live`);
  expect(
    page
      .$('ol li')
      .toArray()
      .map((row) => page.$(row).text()),
  ).toEqual([
    `24 November 2026, 12:05: ${admin.user.name} had messages captured again.`,
    `24 November 2026, 12:00: ${admin.user.name} switched it live.`,
  ]);
});

test.each([
  ['added', () => approved(1, 'Added meanwhile')],
  [
    'given another time',
    () => FollowUp.updateOne({}, { $set: { nextAttemptAt: new Date(+NOW + 3_600_000) } }),
  ],
])(
  'when a follow-up was %s meanwhile, nothing is switched and the list is shown again',
  async (_, change) => {
    await approved(2, 'Seen');
    const seen = (await admin.get(`${at}/live`)).$('[name=seen]').attr('value')!;
    await change();
    const page = await admin.postForm(`${at}/live`, { seen });
    expect(page.status).toBe(409);
    expect(page.main).toContain('The list has changed since you read it, so nothing was switched.');
    expect(await saved()).toMatchObject({ switches: [] });
    expect((await saved()).liveSince).toBeUndefined();

    const again = await admin.postForm(`${at}/live`, { seen: page.$('[name=seen]').attr('value')! });
    expect(again.location).toBe(at);
    expect((await saved()).liveSince).toEqual(NOW);
  },
);

test('a switch that does not say what was seen is none', async () => {
  expect((await admin.postForm(`${at}/live`, {})).status).toBe(409);
  expect((await saved()).liveSince).toBeUndefined();
});

test('without a mail server the page warns that nothing leaves', async () => {
  const captures = await signInAs(createTestApp(), 'admin');
  expect((await captures.get(at)).main).toContain('Captured: no mail server is configured');
  expect((await captures.get(`${at}/live`)).main).toContain('SMTP_URL is not set');
});

test('of one that is live without a mail server every page says that nothing leaves yet', async () => {
  const captures = await signInAs(createTestApp(), 'admin');
  const seen = (await captures.get(`${at}/live`)).$('[name=seen]').attr('value')!;
  await captures.postForm(`${at}/live`, { seen });
  const { html, main } = await captures.get(at);
  expect(html).toContain('The campaign is live, but no mail server is configured');
  expect(main).toMatch(/Live since .*, but no mail server is configured/);
  expect((await captures.get(`${at}/live`)).main).not.toContain('leave when they are due.');
  expect((await captures.get('/campaigns')).main).toContain('stay in the outbox for want of a mail server.');
  expect((await admin.get('/campaigns')).main).toContain('Approved follow-ups leave when they are due.');
});

test('before the switch it is said where a campaign asks for no approval', async () => {
  const says = 'This campaign asks for no approval';
  expect((await admin.get(`${at}/live`)).main).not.toContain(says);
  await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'none' } });
  expect((await admin.get(`${at}/live`)).main).toContain(says);
});

test.each(['staff', 'partner'] as const)('%s may neither see the page nor switch', async (role) => {
  const visitor = await signInAs(app, role);
  const page = await visitor.get(`${at}/live`);
  expect(page.status).toBe(403);
  expect(page.main).toContain('Your account does not open this page.');
  expect((await visitor.postForm(`${at}/live`, {}, '/account')).status).toBe(403);
  expect((await visitor.postForm(`${at}/capture`, {}, '/account')).status).toBe(403);
  expect((await saved()).switches).toEqual([]);
  if (role === 'staff') expect((await visitor.get(at)).$(`a[href="${at}/live"]`)).toHaveLength(0);
});
