import { beforeEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { farness, stanceLetters, stances, type Stance } from '../../src/commitments/commitment.rules.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  anOffice,
  anOrganisation,
  aRecipient,
  checked,
} from '../support/factories.js';
import { planWith } from '../support/plans.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let staff: SignedIn;
let campaign: CampaignRecord;
let path: string;

beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
  campaign = await aCampaign({ asks: [{ title: 'Answer' }, { title: 'Publish' }] as never });
  path = `/campaigns/${String(campaign._id)}/commitments`;
});

const [first, second] = [() => campaign.asks[0]!._id, () => campaign.asks[1]!._id];

async function named(name: string): Promise<RecipientRecord> {
  const organisation = await anOrganisation({ name });
  const office = await anOffice({ organisation: organisation._id });
  return aRecipient({ campaign: campaign._id, office: office._id });
}

/** The matrix as it reads, a list of words for each row. */
const rowsOf = ({ $ }: Page): string[][] =>
  $('.matrix tbody tr')
    .toArray()
    .map((row) =>
      $(row)
        .children()
        .toArray()
        .map((cell) => $(cell).text().replaceAll(/\s+/g, ' ').trim()),
    );
const namesOf = (page: Page): string[] => rowsOf(page).map(([name]) => name!.replace(' Chief executive', ''));

test('each recipient stands beside what holds for each ask, with what is not yet checked marked', async () => {
  const alpha = await named('Alpha');
  await named('Beta');
  await aCommitment({ recipient: alpha._id, stance: 'declined', on: '2026-01-01', ...checked() });
  await aCommitment({ recipient: alpha._id, stance: 'committed', on: '2026-02-01', ...checked() });
  await aCommitment({ recipient: alpha._id, ask: second(), stance: 'non-committal' });
  const page = await staff.get(path);
  expect(
    page
      .$('.matrix thead th')
      .toArray()
      .map((th) => page.$(th).text()),
  ).toEqual(['Recipient', 'Answer', 'Publish']);
  expect(rowsOf(page)).toEqual([
    ['Alpha Chief executive', 'C Committed', 'N Non-committal not yet checked'],
    ['Beta Chief executive', '– None', '– None'],
  ]);
  const cell = page.$('.matrix td a').first().attr('href')!;
  expect(cell).toBe(`/recipients/${String(alpha._id)}/commitments/${String(first())}`);
  expect((await staff.get(cell)).status).toBe(200);
  for (const stance of stances)
    expect(page.$(`.legend [data-stance="${stance}"]`).text()).toContain(stanceLetters[stance]);
  expect((await staff.get(`/campaigns/${String(campaign._id)}`)).$(`main a[href="${path}"]`)).toHaveLength(1);
});

test('it is sorted by name, or by how far an ask has got: then whoever said nothing comes last, by name', async () => {
  const said: [string, Stance | null, string][] = [
    ['Alpha', null, ''],
    ['Beta', 'declined', '2026-01-01'],
    ['Delta', 'partial', '2026-01-01'],
    ['Epsilon', 'partial', '2026-03-01'],
    ['Gamma', 'implemented', '2025-01-01'],
    ['Zeta', null, ''],
  ];
  for (const [name, stance, on] of said.toReversed()) {
    const { _id } = await named(name);
    if (stance) await aCommitment({ recipient: _id, stance, on });
    // what is said to another ask does not matter
    await aCommitment({ recipient: _id, ask: second(), stance: name === 'Alpha' ? 'implemented' : 'none' });
  }
  expect(namesOf(await staff.get(path))).toEqual(said.map(([name]) => name));
  const sorted = await staff.get(`${path}?sort=${String(first())}`);
  expect(namesOf(sorted)).toEqual(['Gamma', 'Epsilon', 'Delta', 'Beta', 'Alpha', 'Zeta']);
  expect(sorted.$('select[name=sort] option[selected]').text()).toBe('Answer');
  for (const nonsense of ['ffffffffffffffffffffffff', 'name', '$where', "'"])
    expect(namesOf(await staff.get(`${path}?sort=${encodeURIComponent(nonsense)}`))).toHaveLength(6);
});

test('it is kept to those with progress: words that bind nobody are none, and neither is what was taken back', async () => {
  for (const stance of stances) {
    const { _id } = await named(`Said ${stance}`);
    await aCommitment({ recipient: _id, ask: second(), stance });
  }
  const gone = await named('Gone');
  await aCommitment({ recipient: gone._id, stance: 'committed', takenBackAt: new Date() });
  const changed = await named('Changed');
  await aCommitment({ recipient: changed._id, stance: 'committed', on: '2026-01-01' });
  await aCommitment({ recipient: changed._id, stance: 'withdrawn', on: '2026-02-01' });
  const page = await staff.get(`${path}?show=progress`);
  expect(namesOf(page)).toEqual(['Said committed', 'Said implemented', 'Said partial']);
  const sorted = await staff.get(`${path}?show=progress&sort=${String(second())}`);
  expect(namesOf(sorted)).toEqual(['Said implemented', 'Said committed', 'Said partial']);
  // nobody of them said anything to the other ask
  const byOther = await staff.get(`${path}?show=progress&sort=${String(first())}`);
  expect(namesOf(byOther)).toEqual(['Said committed', 'Said implemented', 'Said partial']);
});

test('what waits for a second person is one click away', async () => {
  const [waiting, done] = [await named('Waiting'), await named('Done')];
  await aCommitment({ recipient: waiting._id });
  await aCommitment({ recipient: done._id, ...checked() });
  const page = await staff.get(`${path}?show=waiting`);
  expect(namesOf(page)).toEqual(['Waiting']);
  await Commitment.collection.updateMany({}, { $set: { confirmedAt: new Date() } });
  const none = await staff.get(`${path}?show=waiting`);
  expect(none.main).toContain('Nobody matches. Show everybody.');
});

test('it comes fifty to a page, however it is sorted, with everybody on it once', async () => {
  const { _id: _, ...copy } = await named('Example 000');
  const copies = Array.from({ length: 119 }, (_none, n) => ({
    ...copy,
    _id: new Types.ObjectId(),
    office: new Types.ObjectId(),
    organisationName: `Example ${String(n + 1).padStart(3, '0')}`,
    listedAs: `example ${String(n + 1).padStart(3, '0')}`,
  }));
  await Recipient.insertMany(copies);
  const spoken = copies.slice(30, 100).map(({ _id: recipient }, n) => ({
    campaign: campaign._id,
    recipient,
    ask: first(),
    askTitle: 'Answer',
    stance: stances[n % 7]!,
    farness: farness(stances[n % 7]!),
    source: 'https://example.org',
    on: '2026-11-01',
    setBy: staff.user._id,
    setAt: new Date(),
    isCurrent: true,
  }));
  await Commitment.insertMany(spoken);
  for (const sort of ['', String(first()), String(second())]) {
    const names: string[] = [];
    for (let next = `${path}?sort=${sort}`, pages = 0; next && pages < 5; pages += 1) {
      const page = await staff.get(next);
      names.push(...namesOf(page));
      next = page.$('a[rel=next]').attr('href') ?? '';
      expect(rowsOf(page)).toHaveLength(next ? 50 : 20);
    }
    expect(names.toSorted()).toEqual(
      Array.from({ length: 120 }, (_none, n) => `Example ${String(n).padStart(3, '0')}`),
    );
  }
  expect((await staff.get(`${path}?page=9`)).main).toContain('Nobody matches.');
  expect((await staff.get(`${path}?page=9&sort=${String(first())}`)).main).toContain('Nobody matches.');
});

test('a campaign without recipients, or without asks, says what to do next', async () => {
  expect((await staff.get(path)).main).toContain('Nobody is listed yet.');
  await Campaign.updateOne({ _id: campaign._id }, { $set: { asks: [] } });
  expect((await staff.get(path)).main).toContain('No asks are written down yet. Add them');
});

test('names and asks are shown as they were typed', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  await Campaign.updateOne({ _id: campaign._id }, { $set: { 'asks.0.title': hostile } });
  await named(hostile);
  const page = await staff.get(path);
  expect(page.$('main img')).toHaveLength(0);
  expect(page.$('.matrix thead th').eq(1).text()).toBe(hostile);
  expect(namesOf(page)).toEqual([hostile]);
});

test('among very many commitments, what the matrix and the first page ask for is found by an index', async () => {
  const rows = Array.from({ length: 6000 }, (_none, n) => ({
    campaign: n % 3 ? campaign._id : new Types.ObjectId(),
    recipient: new Types.ObjectId(),
    ask: n % 2 ? first() : second(),
    stance: stances[n % 7]!,
    farness: farness(stances[n % 7]!),
    on: '2026-11-01',
    setAt: new Date(n * 60_000),
    confirmedAt: n % 50 === 0 ? null : new Date(),
    isCurrent: n % 4 !== 0,
  }));
  await Commitment.collection.insertMany(rows);
  const held = { isCurrent: true };
  const sorted = { farness: -1, on: -1, _id: 1 } as const;
  const asked = [
    [{ ...held, campaign: campaign._id, ask: first() }, sorted, 'campaign_1_ask_1_farness_-1_on_-1'],
    [
      { ...held, campaign: campaign._id, stance: { $in: ['partial'] } },
      {},
      'campaign_1_stance_1_recipient_1',
    ],
    [{ ...held, confirmedAt: null }, { setAt: 1 }, 'confirmedAt_1_setAt_1'],
    [
      { recipient: { $in: rows.slice(0, 50).map((row) => row.recipient) }, takenBackAt: null },
      {},
      'recipient_1_ask_1',
    ],
  ] as const;
  for (const [filter, sort, index] of asked) {
    const query = { collection: 'commitments', filter, options: { sort, limit: 51 } };
    const plan = await planWith(new RegExp(index), query);
    expect({ index, plan }).toEqual({ index, plan: expect.stringContaining(index) });
  }
}, 120_000);
