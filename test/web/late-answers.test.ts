import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aLateRecipient,
  anEntry,
  anOffice,
  anOrganisation,
  aReply,
  LATE,
  NOW,
} from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const typed = { title: 'An open letter', letter: '', asks: '', owner: '', timeZone: 'Europe/London' };

describe('a campaign says after how many working days an answer is late', () => {
  test('of itself after twenty, and very late after forty', async () => {
    const form = await staff.get('/campaigns/new');
    expect([valueOf(form, 'lateAfter'), valueOf(form, 'veryLateAfter')]).toEqual(['20', '40']);
  });

  test.each([
    ['20', '40', [20, 40], 'Late 20 working days after the letter reached them, very late after 40,'],
    ['1', '2', [1, 2], 'Late 1 working day after the letter reached them, very late after 2,'],
    ['249', '250', [249, 250], 'Late 249 working days after'],
    ['', '', [null, null], 'No number of days is set, so nobody is shown as late.'],
    ['0', '0', [null, null], 'No number of days is set'],
  ])('%p and %p are kept, and said on its page', async (lateAfter, veryLateAfter, kept, said) => {
    const { location } = await staff.postForm(
      '/campaigns',
      { ...typed, lateAfter, veryLateAfter },
      '/campaigns/new',
    );
    const campaign = (await Campaign.findOne().lean())!;
    expect([campaign.lateAfter, campaign.veryLateAfter]).toEqual(kept);
    expect((await staff.get(location!)).main).toContain(said);
    const form = await staff.get(`${location!}/edit`);
    expect([valueOf(form, 'lateAfter'), valueOf(form, 'veryLateAfter')]).toEqual(
      kept.map((one) => (one === null ? '' : String(one))),
    );
  });

  const both = 'Enter both numbers of working days, or leave both empty: then nobody is ever late.';
  const order = 'Very late has to come after late.';
  const whole = 'enter a whole number from 1 to 250, or leave it empty.';
  const late = `Late: ${whole}`;
  const veryLate = `Very late: ${whole}`;
  test.each<[string, string, Record<string, string>]>([
    ['20', '', { veryLateAfter: both }],
    ['', '40', { veryLateAfter: both }],
    ['0', '40', { veryLateAfter: both }],
    ['20', '20', { veryLateAfter: order }],
    ['40', '20', { veryLateAfter: order }],
    ['9', '10000', { veryLateAfter: veryLate }],
    ['251', '252', { lateAfter: late, veryLateAfter: veryLate }],
    ['-1', '40', { lateAfter: late }],
    ['2.5', '40', { lateAfter: late }],
    ['1e1', '40', { lateAfter: late }],
    ['soon', '', { lateAfter: late }],
  ])('%p and %p are refused, and stay in the form', async (lateAfter, veryLateAfter, mistakes) => {
    const page = await staff.postForm('/campaigns', { ...typed, lateAfter, veryLateAfter }, '/campaigns/new');
    expectMistakes(page, mistakes, { lateAfter, veryLateAfter });
    expect(await Campaign.countDocuments()).toBe(0);
  });

  test('a change is seen at once, for those who were written to long ago as well', async () => {
    const campaign = (await aCampaign())._id;
    const silent = await aLateRecipient({ campaign });
    const acknowledged = await aLateRecipient({ campaign });
    await anEntry({ recipient: acknowledged._id, direction: 'in', receivedAs: 'acknowledgement' });
    const answered = await aLateRecipient({ campaign });
    await anEntry({ recipient: answered._id, ...aReply(NOW) });
    const path = `/campaigns/${String(campaign)}`;
    const save = async (lateAfter: string, veryLateAfter: string) => {
      const answer = await staff.postForm(path, { ...typed, lateAfter, veryLateAfter }, `${path}/edit`);
      expect(answer.status).toBe(302);
      expect(await checkRecipientCopies(app.clock.now())).toMatchObject({ differed: 0 });
    };
    const stored = async ({ _id }: typeof silent) => {
      const { answerDueOn, lateFrom, veryLateFrom } = (await Recipient.findById(_id).lean())!;
      return { answerDueOn, lateFrom, veryLateFrom };
    };
    const never = { answerDueOn: null, lateFrom: null, veryLateFrom: null };
    const after14 = {
      answerDueOn: '2026-11-20',
      lateFrom: new Date('2026-11-21T05:00:00Z'),
      veryLateFrom: new Date('2026-12-15T05:00:00Z'),
    };
    expect(await stored(silent)).toEqual(never);
    await save('14', '30');
    for (const one of [silent, acknowledged]) expect(await stored(one)).toEqual(after14);
    expect(await stored(answered)).toEqual(never);
    await save('14', '31');
    expect(await stored(silent)).toEqual({ ...after14, veryLateFrom: new Date('2026-12-16T05:00:00Z') });
    await save('15', '31');
    expect(await stored(silent)).toMatchObject({ answerDueOn: '2026-11-23' });
    await save('', '');
    for (const one of [silent, acknowledged, answered]) expect(await stored(one)).toEqual(never);
  });
});

describe('the list of recipients', () => {
  const office = async (name: string) =>
    (await anOffice({ organisation: (await anOrganisation({ name }))._id }))._id;
  let path: string;
  let campaign: Types.ObjectId;
  beforeEach(async () => {
    campaign = (await aCampaign(LATE))._id;
    path = `/campaigns/${String(campaign)}/recipients`;
    const add = async (name: string) => (await aLateRecipient({ campaign, office: await office(name) }))._id;
    await add('Alpha Example');
    const bounced = await add('Beta Example');
    await anEntry({ recipient: bounced, kind: 'email', direction: 'in', receivedAs: 'bounce' });
    const replied = await add('Gamma Example');
    await anEntry({ recipient: replied, ...aReply(NOW) });
    const paused = await add('Delta Example');
    await anEntry({
      recipient: paused,
      kind: 'clock pause',
      direction: 'none',
      occurredAt: new Date('2026-11-10T15:00:00Z'),
    });
    await aLateRecipient({ office: await office('Elsewhere Example') });
  });

  const listed = async (query: string) => {
    const page = await staff.get(`${path}?${query}`);
    expect(page.status).toBe(200);
    return page
      .$('tbody th a')
      .toArray()
      .map((link) => page.$(link).text().replace(' Example', ''));
  };

  const kept: [string, string[]][] = [
    ['late=on', ['Alpha', 'Beta']],
    ['delivery=bounced', ['Beta']],
    ['delivery=sent', ['Alpha', 'Delta', 'Gamma']],
    ['delivery=other+channel', []],
    ['engagement=silent', ['Alpha', 'Beta', 'Delta']],
    ['engagement=replied', ['Gamma']],
    ['delivery=sent&engagement=silent', ['Alpha', 'Delta']],
    ['late=on&delivery=bounced', ['Beta']],
    ['late=on&engagement=replied', []],
    ['late=on&find=b', ['Beta']],
    ['late=', ['Alpha', 'Beta', 'Delta', 'Gamma']],
  ];
  test('can be kept to what is late, how it was delivered and what they said', async () => {
    for (const [query, names] of kept) expect([query, await listed(query)]).toEqual([query, names]);
  });

  test('marks exactly those as late that it keeps when only the late are asked for, at any time', async () => {
    for (const now of ['2026-11-20T12:00:00Z', '2026-11-24T12:00:00Z', '2026-12-24T12:00:00Z']) {
      app.clock.set(now);
      staff = await signInAs(app, staff.user);
      const all = await staff.get(path);
      const marked = all
        .$('tbody tr')
        .toArray()
        .filter((row) => all.$(row).find('.late').length > 0)
        .map((row) => all.$(row).find('th a').text().replace(' Example', ''));
      expect(await listed('late=on')).toEqual(marked);
    }
    expect((await staff.get(`${path}?late=on`)).main).toContain('Very late');
  });

  test('marks as late, and keeps, whom a pause of the clock came too late for', async () => {
    const { _id } = await aLateRecipient({ campaign, office: await office('Zeta Example') });
    await anEntry({ recipient: _id, kind: 'clock pause', direction: 'none', occurredAt: NOW });
    expect(await listed('late=on&find=z')).toEqual(['Zeta']);
    expect((await staff.get(`${path}?find=z`)).main).toMatch(/Zeta Example.*Sent, silent Late/);
  });

  const hostile = [
    'delivery=made-up',
    'engagement=made-up',
    'engagement=bounced',
    'delivery=__proto__&engagement=constructor',
    'delivery[$ne]=sent',
    'engagement[$gt]=',
    'engagement[]=replied',
    'delivery=sent&delivery=bounced',
    'late[$ne]=x',
    'late[]=on',
    'status=sent',
    'engagement=%7B%22%24ne%22%3A1%7D',
  ];
  test('takes nothing but words it knows', async () => {
    const everybody = ['Alpha', 'Beta', 'Delta', 'Gamma'];
    for (const query of hostile) expect([query, await listed(query)]).toEqual([query, everybody]);
  });

  test('keeps its filters from page to page, and in its form', async () => {
    const { _id: _one, ...copy } = (await Recipient.findOne({ organisationName: 'Beta Example' }).lean())!;
    const others = Array.from({ length: 60 }, () => ({ ...copy, office: new Types.ObjectId() }));
    await Recipient.insertMany(others);
    const first = await staff.get(`${path}?late=on&delivery=bounced&engagement=silent`);
    const second = await staff.get(first.$('a[rel=next]').attr('href')!);
    expect(first.$('tbody tr').length + second.$('tbody tr').length).toBe(61);
    for (const page of [first, second])
      expect(['late', 'delivery', 'engagement'].map((name) => valueOf(page, name))).toEqual([
        'on',
        'bounced',
        'silent',
      ]);
  });

  test('does not ask for late answers where a campaign sets no numbers', async () => {
    const other = (await aCampaign())._id;
    const page = await staff.get(`/campaigns/${String(other)}/recipients`);
    expect(page.$('[name=late]')).toHaveLength(0);
    expect((await staff.get(path)).$('[name=late]')).toHaveLength(1);
  });
});
