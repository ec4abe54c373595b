import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CheerioAPI } from 'cheerio';
import { Types } from 'mongoose';
import { dayOf } from '../../src/dates.js';
import { appendEntries, type NewEntry } from '../../src/history/append-entry.js';
import { Entry, type EntryRecord } from '../../src/history/entry.model.js';
import { entryKinds, standing, type EntryKind, type ReceivedAs } from '../../src/history/entry.rules.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { filterOf } from '../../src/recipients/recipient-filter.js';
import { wantedIn } from '../../src/recipients/recipient-query.js';
import { countStanding } from '../../src/recipients/recipient-list.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { hasAnswered, isSettled, statusOf } from '../../src/recipients/status.rules.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { aCampaign, anOffice, aRecipient, aUser, NOW } from '../support/factories.js';
import { aRecipientWith } from '../support/histories.js';
import { prepareTestDatabase } from '../support/prepared.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let testApp: TestApp;
beforeEach(() => {
  testApp = createTestApp({ now: NOW });
});

const ZONE = 'America/New_York';
const kinds = entryKinds.filter((kind) => kind !== 'correction');
const happened = fc.record({
  of: fc.nat(6),
  what: fc.oneof(
    fc.constant('letter'),
    fc.constantFrom('reply', 'declined', 'acknowledgement', 'auto-reply', 'bounce'),
    fc.constantFrom(...kinds),
  ),
  at: fc.date({ min: new Date('2026-08-20'), max: new Date('2026-11-23T18:00Z'), noInvalidDate: true }),
  takenBack: fc.nat(9).map((chance) => chance === 0),
});
const incoming = ['reply', 'declined', 'acknowledgement', 'auto-reply', 'bounce'];

/** Seven recipients with all that happened to them, some of which was taken back. */
async function aCampaignIn(world: readonly (typeof happened extends fc.Arbitrary<infer T> ? T : never)[]) {
  const campaign = (await aCampaign({ lateAfter: 10, veryLateAfter: 20 }))._id;
  const recipients: Types.ObjectId[] = [];
  for (let n = 0; n < 7; n += 1)
    recipients.push(
      (await aRecipient({ campaign, office: (await anOffice({ country: 'US', timeZone: ZONE }))._id }))._id,
    );
  const entries = world.flatMap(({ of, what, at, takenBack }): (NewEntry & { _id: Types.ObjectId })[] => {
    const common = {
      _id: new Types.ObjectId(),
      campaign,
      recipient: recipients[of]!,
      occurredAt: at,
      precision: 'time' as const,
      recordedAt: NOW,
    };
    const entry = incoming.includes(what)
      ? { ...common, kind: 'email' as const, direction: 'in' as const, receivedAs: what as ReceivedAs }
      : {
          ...common,
          kind: what as EntryKind,
          direction: ['letter', 'email'].includes(what) ? ('out' as const) : ('none' as const),
        };
    if (!takenBack) return [entry];
    const correction = { ...common, _id: new Types.ObjectId(), supersedes: entry._id };
    return [entry, { ...correction, kind: 'correction', direction: 'none' }];
  });
  await appendEntries(entries);
  return campaign;
}

const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)![0].replaceAll(',', ''));

/** Every linked number on the page, and how many the list behind it holds. */
async function linkedNumbers($: CheerioAPI, campaign: Types.ObjectId): Promise<[string, number, number][]> {
  const links = $('main a[href*="/recipients?"]').toArray();
  const found: [string, number, number][] = [];
  for (const link of links) {
    const { searchParams } = new URL($(link).attr('href')!, 'http://localhost');
    const filter = filterOf(
      campaign,
      wantedIn((name) => searchParams.get(name) ?? ''),
      NOW,
    );
    found.push([String(searchParams), numberIn($(link).text()), await Recipient.countDocuments(filter)]);
  }
  return found;
}

type Row = { on: string; cells: Record<string, number> };

function rowsIn($: CheerioAPI): Row[] {
  const heads = $('table.numbers thead th')
    .toArray()
    .slice(1)
    .map((head) => $(head).text());
  return $('table.numbers tbody tr')
    .toArray()
    .map((row) => ({
      on: $(row).find('th time').attr('datetime') ?? 'now',
      cells: Object.fromEntries(heads.map((head, i) => [head, numberIn($(row).find('td').eq(i).text())])),
    }));
}

const names: Record<string, string> = {
  silent: 'Silent',
  'auto-answered': 'Auto-reply only',
  acknowledged: 'Acknowledged only',
  replied: 'Replied',
  'in talks': 'In talks',
  declined: 'Declined',
  closed: 'Closed',
};

/** From history alone, without any copy: how many stood where at the end of a day. */
function countedOn(day: string, entries: readonly EntryRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const recipient of new Set(entries.map((entry) => String(entry.recipient)))) {
    const theirs = entries.filter(
      (entry) =>
        String(entry.recipient) === recipient && (day === 'now' || dayOf(entry.occurredAt, ZONE) <= day),
    );
    const { delivery, engagement } = statusOf(theirs);
    if (delivery === 'not sent' && engagement === 'silent') continue;
    counts[names[engagement]!] = (counts[names[engagement]!] ?? 0) + 1;
    counts['Together'] = (counts['Together'] ?? 0) + 1;
  }
  return counts;
}

test('every number on the page is a plain count, and leads to a list of as many, whatever happened', async () => {
  const user = await aUser();
  await fc.assert(
    fc.asyncProperty(fc.array(happened, { minLength: 1, maxLength: 40 }), async (world) => {
      await emptyDatabase();
      const staff = await signInAs(testApp, await aUser({ email: user.email }));
      const campaign = await aCampaignIn(world);
      const { $, main } = await staff.get(`/campaigns/${String(campaign)}/figures`);
      for (const [list, number, listed] of await linkedNumbers($, campaign))
        expect({ list, number }).toEqual({ list, number: listed });

      const entries = standing(await Entry.find().lean<EntryRecord[]>());
      for (const { on, cells } of rowsIn($)) {
        const counted = Object.fromEntries(Object.entries(cells).filter(([, count]) => count > 0));
        expect({ on, counted }).toEqual({ on, counted: countedOn(on, entries) });
      }

      const all = await Recipient.find().lean<RecipientRecord[]>();
      const answered = all.filter(({ answeredAfter }) => typeof answeredAfter === 'number');
      expect($('.wide .answered')).toHaveLength(answered.length);
      const waiting = all.filter(
        ({ clockStartedAt, engagement }) => clockStartedAt && !isSettled(engagement),
      );
      expect($('.wide .waiting')).toHaveLength(waiting.length);
      const late = waiting.filter(({ lateFrom }) => lateFrom && lateFrom <= NOW).length;
      expect(main.includes(' late')).toBe(late > 0);
      const parts = ['yes', 'waiting', 'not reached', 'not counted'].map(
        (group) =>
          $(`#first-answers ~ p a[href$="answered=${group.replace(' ', '+')}"]`)
            .first()
            .text() || '0',
      );
      if (answered.length + waiting.length > 0)
        expect(parts.reduce((sum, part) => sum + numberIn(part), 0)).toBe(7);
      expect(all.filter(({ engagement }) => hasAnswered(engagement)).length).toBeGreaterThanOrEqual(
        answered.filter(({ engagement }) => engagement !== 'closed').length,
      );
    }),
    { numRuns: 12 },
  );
}, 180_000);

const path = (campaign: Types.ObjectId) => `/campaigns/${String(campaign)}/figures`;

describe('the page', () => {
  test('is reached from the campaign, from its recipients and from the first page', async () => {
    const staff = await signInAs(testApp, 'staff');
    const { _id } = await aCampaign();
    await aRecipientWith(_id, 'Example Platform', ['letter 2026-11-02']);
    for (const from of ['/', `/campaigns/${String(_id)}`, `/campaigns/${String(_id)}/recipients`])
      expect((await staff.get(from)).$(`main a[href="${path(_id)}"]`)).toHaveLength(1);
  });

  test('says how long answers took, who is late, and who is left out', async () => {
    const { _id } = await aCampaign({ lateAfter: 10, veryLateAfter: 20 });
    const stories: [string, string[]][] = [
      ['Quick Example', ['letter 2026-11-02', 'reply 2026-11-03']],
      ['Slow Example', ['letter 2026-11-02', 'declined 2026-11-16']],
      ['Late Example', ['letter 2026-11-06']],
      ['Very Late Example', ['letter 2026-10-06']],
      ['Bounced Example', ['email 2026-10-06', 'bounce 2026-10-06']],
      ['Closed Example', ['letter 2026-10-06', 'closing 2026-10-07']],
      ['Unwritten Example', []],
    ];
    for (const [name, story] of stories) await aRecipientWith(_id, name, story);
    const { main, $ } = await (await signInAs(testApp, 'staff')).get(path(_id));
    expect(main).toContain('1 recipient has not been written to and is left out.');
    expect(main).toContain('Of the silent, 1 may not know of the letter: what was sent came back.');
    expect(main).toContain('2 have answered, 2 are still waited for. Of these, 2 are late (1 very late).');
    expect(main).toContain('Left out: 2 whom the letter has not reached; 1 for whom nobody waits');
    expect(main).toContain('At least half of the 2 who answered did so within 1 working day.');
    const rows = $('tbody tr')
      .toArray()
      .map((row) => $(row).text().replaceAll(/\s+/g, ' ').trim());
    expect(rows.slice(-4)).toEqual([
      'Quick ExampleChief executiveAfter 1 working day',
      'Slow ExampleChief executiveAfter 10 working days',
      'Very Late ExampleChief executiveNone: waiting for 35 working days, very late',
      'Late ExampleChief executiveNone: waiting for 12 working days, late',
    ]);
    const clocks = $('th a[href$="/clock"]')
      .toArray()
      .map((link) => $(link).attr('href')!);
    expect(clocks).toHaveLength(4);
    const clock = await (await signInAs(testApp, 'staff')).get(clocks[1]!);
    expect(clock.main).toContain('after 10 working days');
  });

  test('draws thirty of many, and lists all of them on pages of their own', async () => {
    const { _id } = await aCampaign();
    await aRecipientWith(_id, 'Pattern Example', ['letter 2026-10-05', 'reply 2026-10-06']);
    await aRecipientWith(_id, 'Waiting Example', ['letter 2026-10-05']);
    const [answered, waiting] = await Recipient.find()
      .sort({ organisationName: 1 })
      .lean<RecipientRecord[]>();
    const like = ({ _id: _old, ...copies }: RecipientRecord, n: number) => ({
      ...copies,
      office: new Types.ObjectId(),
      ...(copies.answeredAfter && { answeredAfter: n }),
    });
    await Recipient.collection.insertMany([
      ...Array.from({ length: 69 }, (_, n) => like(answered!, 2 + n)),
      ...Array.from({ length: 9 }, (_, n) => like(waiting!, n)),
    ]);
    const staff = await signInAs(testApp, 'staff');
    const { $, main } = await staff.get(path(_id));
    expect([$('.wide .answered').length, $('.wide .waiting').length]).toEqual([20, 10]);
    expect(main).toContain('Of 80 these are the quickest to answer and the longest waited for.');
    expect(main).toContain('within 35 working days, a quarter within 18, three quarters within 53.');
    const first = await staff.get($(`a[href="${path(_id)}/answers"]`).attr('href')!);
    expect(first.$('tbody tr')).toHaveLength(50);
    const second = await staff.get(`${path(_id)}/answers?page=2`);
    expect(second.$('tbody tr')).toHaveLength(30);
    expect(second.$('tbody tr').eq(19).text()).toContain('After 70 working days');
    expect(second.$('tbody tr').eq(20).text()).toContain('None: waiting for');
    expect(second.$('.paging a[rel=next]')).toHaveLength(0);
    expect((await staff.get(`${path(_id)}/answers?page=3`)).main).toContain('Nobody is listed on this page.');
  });

  test('says so where there is nothing to draw', async () => {
    const { _id } = await aCampaign();
    const staff = await signInAs(testApp, 'staff');
    expect((await staff.get(path(_id))).main).toContain('There is nothing to count yet.');
    await aRecipientWith(_id, 'Unwritten Example', []);
    const { main, $ } = await staff.get(path(_id));
    expect(main).toContain('Nobody has been written to yet.');
    expect(main).toContain('The clock of a recipient starts when the letter has reached them');
    expect($('svg')).toHaveLength(0);
  });
});

test('partners see how many stood where in the campaigns they were invited to, and no way to anybody', async () => {
  const { _id } = await aCampaign();
  await aRecipientWith(_id, 'Example Platform', ['letter 2026-11-02', 'reply 2026-11-17']);
  const partner = await signInAs(testApp, await aUser({ role: 'partner', campaigns: [_id] }));
  const shared = `/shared${path(_id)}`;
  expect((await partner.get(`/shared/campaigns/${String(_id)}`)).$(`a[href="${shared}"]`)).toHaveLength(1);
  const { $, main } = await partner.get(shared);
  expect(rowsIn($)).toEqual([
    { on: 'now', cells: { Silent: 0, Replied: 1, Together: 1 } },
    { on: '2026-11-22', cells: { Silent: 0, Replied: 1, Together: 1 } },
    { on: '2026-11-15', cells: { Silent: 1, Replied: 0, Together: 1 } },
    { on: '2026-11-08', cells: { Silent: 1, Replied: 0, Together: 1 } },
  ]);
  expect(main).not.toContain('Example Platform');
  expect(
    $('main a')
      .toArray()
      .map((link) => $(link).attr('href')),
  ).toEqual([`/shared/campaigns/${String(_id)}`]);
  const stranger = await signInAs(testApp, 'partner');
  expect((await stranger.get(shared)).status).toBe(404);
});

test('a list of who stood where on a day keeps to it from page to page, and says that statuses are of today', async () => {
  const { _id } = await aCampaign();
  await aRecipientWith(_id, 'Pattern Example', ['letter 2026-10-05', 'reply 2026-11-06']);
  const [{ _id: _old, ...copies }] = (await Recipient.find().lean<RecipientRecord[]>()) as [RecipientRecord];
  await Recipient.collection.insertMany(
    Array.from({ length: 50 }, () => ({ ...copies, office: new Types.ObjectId() })),
  );
  const staff = await signInAs(testApp, 'staff');
  const list = `/campaigns/${String(_id)}/recipients`;
  const { $, main } = await staff.get(`${list}?engagement=silent&on=2026-11-05`);
  expect(main).toContain('The status beside each name is today’s.');
  expect($('select[name=on] option[selected]').text()).toBe('At the end of 5 November 2026');
  expect($('tbody tr')).toHaveLength(50);
  expect($('.paging a').attr('href')).toBe(`${list}?engagement=silent&on=2026-11-05&page=2`);
  expect((await staff.get($('.paging a').attr('href')!)).$('tbody tr')).toHaveLength(1);
  expect((await staff.get(`${list}?engagement=silent&on=2026-11-06`)).main).toContain('Nobody matches.');
});

test('a damaged copy of where they stood is found and put right', async () => {
  const { _id } = await aCampaign();
  await aRecipientWith(_id, 'Example Platform', ['letter 2026-10-05', 'reply 2026-11-06']);
  const [{ stood }] = (await Recipient.find().lean<RecipientRecord[]>()) as [RecipientRecord];
  expect(stood).toEqual([
    { engagement: 'silent', from: '2026-10-05', until: '2026-11-06' },
    { engagement: 'replied', from: '2026-11-06', until: null },
  ]);
  const damages = [
    { $set: { 'stood.0.until': '2026-11-07' } },
    { $pop: { stood: 1 as const } },
    { $set: { stood: [] } },
    { $unset: { stood: 1 as const } },
  ];
  for (const damage of damages) {
    await Recipient.collection.updateOne({}, damage);
    const told: string[][] = [];
    const check = { repair: false, found: (_recipient: string, wrong: string[]) => told.push(wrong) };
    expect(await checkRecipientCopies(NOW, check)).toEqual({ checked: 1, differed: 1 });
    expect(told).toEqual([['stood']]);
    expect(await checkRecipientCopies(NOW)).toEqual({ checked: 1, differed: 1 });
    expect((await Recipient.findOne().lean<RecipientRecord>())!.stood).toEqual(stood);
  }
  await Recipient.collection.updateOne({}, { $unset: { stood: 1 } });
  await prepareTestDatabase();
  expect((await Recipient.findOne().lean<RecipientRecord>())!.stood).toEqual(stood);
});

test('a status that an earlier version did not keep in one field is counted after the next start', async () => {
  const { _id } = await aCampaign();
  await aRecipientWith(_id, 'Example Platform', ['letter 2026-10-05', 'reply 2026-11-06']);
  await Recipient.collection.updateOne({}, { $unset: { status: 1 } });
  await prepareTestDatabase();
  expect(await countStanding(_id)).toEqual([{ delivery: 'sent', engagement: 'replied', count: 1 }]);
});
