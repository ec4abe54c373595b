import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import { appendEntry } from '../../src/history/append-entry.js';
import { Entry, type EntryRecord } from '../../src/history/entry.model.js';
import { directions, isContact, standing } from '../../src/history/entry.rules.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, anOrganisation, aRecipient, NOW } from '../support/factories.js';
import { planWith, queriesOf } from '../support/plans.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let staff: SignedIn;
beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
});

/** The ids of the entries that a list holds, in its order, on all its pages. */
async function idsBehind(link: string): Promise<string[]> {
  const page = await staff.get(link);
  expect(page.status).toBe(200);
  const next = page.$('.paging a[rel=next]').attr('href');
  return [...idsOn(page), ...(next ? await idsBehind(next) : [])];
}

const idsOn = ({ $ }: Page): string[] =>
  $('tbody th a')
    .toArray()
    .map((link) => $(link).attr('href')!.replace('/entries/', ''));

/** Each number of the table and of the caption, with its link. */
function numbersOf({ $ }: Page, where: string): { number: number; link: string }[] {
  return $(where)
    .toArray()
    .map((link) => ({ number: Number.parseInt($(link).text(), 10), link: $(link).attr('href')! }));
}

const MONDAY = Date.parse('2026-11-16');
const facts = fc.record({
  kind: fc.constantFrom('email' as const, 'meeting' as const, 'note' as const),
  direction: fc.constantFrom(...directions),
  receivedAs: fc.constantFrom('reply' as const, 'auto-reply' as const, 'bounce' as const, null),
  // three weeks, often at the very edge of one
  occurredAt: fc
    .tuple(fc.integer({ min: -1, max: 1 }), fc.constantFrom(-1, 0, 1, 3 * 86_400_000))
    .map(([weeks, ms]) => new Date(MONDAY + weeks * 7 * 86_400_000 + ms)),
});
const history = fc.array(
  fc.record({ facts, supersedes: fc.option(fc.nat(), { freq: 2 }), takenBack: fc.boolean() }),
  { minLength: 10, maxLength: 20, size: 'max' },
);
type Told = (typeof history extends fc.Arbitrary<infer T> ? T : never)[number];

/** Records it step by step: some entries correct an earlier one, or take it back. */
async function record(told: readonly Told[], where: { campaign: Types.ObjectId; recipient: Types.ObjectId }) {
  const open: Types.ObjectId[] = [];
  for (const one of told) {
    const [wrong] = one.supersedes === null ? [] : open.splice(one.supersedes % Math.max(1, open.length), 1);
    const bare = wrong && one.takenBack ? { kind: 'correction' as const, direction: 'none' as const } : {};
    const id = await appendEntry({
      ...where,
      ...one.facts,
      ...bare,
      ...(wrong && { supersedes: wrong, reason: 'It was wrong.' }),
      precision: 'time',
      recordedAt: NOW,
    });
    if (!('kind' in bare)) open.push(id!);
  }
}

test('every number of the picture is the number of entries behind its link, whatever happened and was corrected', async () => {
  let corrected = 0;
  await fc.assert(
    fc.asyncProperty(history, async (told) => {
      const { _id: recipient, campaign } = await aRecipient();
      // of another letter, in the same weeks
      await anEntry();
      await record(told, { campaign, recipient });
      const entries = await Entry.find({ campaign }).lean<EntryRecord[]>();
      corrected += entries.filter(({ supersedes }) => supersedes).length;
      const contacts = standing(entries).filter(isContact);

      const first = await staff.get(`/?campaign=${String(campaign)}`);
      const seen: string[] = [];
      for (const { number, link } of numbersOf(first, 'details td a')) {
        const ids = await idsBehind(link);
        expect([link, ids.length]).toEqual([link, number]);
        seen.push(...ids);
      }
      expect(seen.toSorted()).toEqual(contacts.map(({ _id }) => String(_id)).toSorted());
      const totals = numbersOf(first, 'figcaption a');
      expect(totals).toHaveLength(contacts.length === 0 ? 0 : 2);
      for (const { number, link } of totals) expect(await idsBehind(link)).toHaveLength(number);
      const all = await idsBehind(`/campaigns/${String(campaign)}/contacts`);
      expect(all.toSorted()).toEqual(seen.toSorted());
    }),
    { numRuns: 6, seed: 20261126, endOnFailure: true },
  );
  expect(corrected).toBeGreaterThan(10);
}, 120_000);

test('a long week is read page by page, the latest first, each with what it was, when, and with whom', async () => {
  const organisation = await anOrganisation({ name: 'Example <Platform>' });
  const office = await anOffice({ organisation: organisation._id, title: 'Chair' });
  const { _id: recipient, campaign } = await aRecipient({ office: office._id });
  const added: EntryRecord[] = [];
  for (let n = 0; n < 52; n += 1)
    added.push(await anEntry({ recipient, occurredAt: new Date(MONDAY + n * 3_600_000) }));
  const [wrong, ...stand] = added;
  const right = { precision: 'by-day', occurredAt: new Date(MONDAY + 6 * 86_400_000) } as const;
  stand.push(await anEntry({ recipient, ...right, supersedes: wrong!._id, reason: 'It was later.' }));
  const list = `/campaigns/${String(campaign)}/contacts?week=2026-11-16&direction=out`;
  const { $, main } = await staff.get(list);
  expect(main).toContain('Contact from us in the week from 16 November 2026');
  expect($('tbody tr')).toHaveLength(50);
  expect($('tbody tr').first().text()).toBe('Example <Platform>ChairCall from usBy 22 November 2026');
  expect($('.paging a').attr('href')).toBe(`${list}&page=2`);
  expect(await idsBehind(list)).toEqual(stand.toReversed().map(({ _id }) => String(_id)));
  expect((await staff.get($('tbody a').first().attr('href')!)).location).toContain(
    `/recipients/${String(recipient)}?page=1#entry-`,
  );
});

test.each([
  ['week=2026-11-17', 404],
  ['week=2026-02-30', 404],
  ['week=2026-11-16T00:00', 404],
  ['week=%00', 404],
  ['week=-000001-01-01', 404],
  ['direction=none', 404],
  ['direction=constructor', 404],
  ['week=0000-01-03', 404],
  ['week=9999-12-27', 0],
  ['page=99999', 0],
  ['week[$ne]=x&direction[$gt]=', 1],
  ['week[]=2026-11-16&week[]=x&direction=out&direction=in', 1],
  ['week=&direction=&page=-1&settings[view options][client]=1', 1],
])('with %s there is no error, and nobody is left out unseen', async (query, answer) => {
  const { campaign } = await anEntry();
  const page = await staff.get(`/campaigns/${String(campaign)}/contacts?${query}`);
  expect(page.status).toBe(answer === 404 ? 404 : 200);
  expect(idsOn(page)).toHaveLength(answer === 404 ? 0 : answer);
});

test('a campaign without contact says so', async () => {
  const { _id } = await aCampaign();
  const { main } = await staff.get(`/campaigns/${String(_id)}/contacts`);
  expect(main).toContain('Nothing is listed on this page.');
});

test('whatever the page asks of history is answered from an index', async () => {
  const { _id: recipient, campaign } = await aRecipient();
  const call = { campaign, recipient, kind: 'call', direction: 'out', precision: 'time', recordedAt: NOW };
  const rows = Array.from({ length: 5000 }, (_, n) => ({
    ...call,
    _id: new Types.ObjectId(),
    occurredAt: new Date(MONDAY - n * 3_600_000),
    ...(n % 50 === 0 && { supersedes: new Types.ObjectId() }),
  }));
  await Entry.collection.insertMany(rows);
  const asked = await queriesOf(['entries'], async () => {
    for (const query of ['', '?direction=in', '?week=2026-11-02&direction=out'])
      expect((await staff.get(`/campaigns/${String(campaign)}/contacts${query}`)).status).toBe(200);
  });
  const each = ['supersedes_1', 'campaign_1_occurredAt_-1'];
  const wanted = [...each, ...each, ...each];
  expect(asked).toHaveLength(wanted.length);
  const plans = await Promise.all(
    asked.map((query, n) => planWith(new RegExp(`"Index Name":"${wanted[n]!}"`), query)),
  );
  expect(plans.map((plan) => /"Index Name":"(\w+-?\w*)"/.exec(plan)?.[1])).toEqual(wanted);
  expect(plans.join('')).not.toContain('Seq Scan');
  expect(plans.at(-1)).toContain('2026-11-02T00:00:00Z');
}, 120_000);
