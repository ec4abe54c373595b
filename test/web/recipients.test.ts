import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  aLateRecipient,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  LATE,
  NOW,
} from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { prepareTestDatabase } from '../support/prepared.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const named = async (name: string) =>
  (await anOffice({ organisation: (await anOrganisation({ name }))._id }))._id;

test('an office becomes a recipient once, and is not offered a second time', async () => {
  const campaign = await aCampaign();
  const office = String(await named('Example Platform'));
  const path = `/campaigns/${String(campaign._id)}/recipients`;
  const offered = async () => (await staff.get(`${path}/new`)).$('[name=office]');
  expect((await offered()).attr('value')).toBe(office);
  const answer = await staff.postForm(path, { office }, `${path}/new`);
  const page = await staff.get(answer.location!);
  expect(page.$('h1').text()).toBe('Example Platform');
  expect(page.$('.status').text()).toBe('Not sent');
  expect(page.main).toContain('Chief executive, held by Kim Invented');
  expect(page.main).toContain('Nothing has been logged.');
  expect(await offered()).toHaveLength(0);
  const again = await staff.get(`${path}/new`);
  expect(again.main).toContain('Every office found is a recipient already.');
  expect(again.$('a:contains("Example Platform: Chief executive")').attr('href')).toBe(answer.location);
});

describe('an office is found by how words of its organisation’s name begin, and of its own beside them', () => {
  const offered = async (path: string, find: string) => {
    const { $ } = await staff.get(`${path}?find=${encodeURIComponent(find)}`);
    expect($('[name=find]').first().val()).toBe(find);
    const labels = $('main fieldset label').toArray();
    return labels.map((label) => $(label).text().trim());
  };
  const newIn = async () => `/campaigns/${String((await aCampaign())._id)}/recipients/new`;

  test.each([
    ['', ['Alpha Example: Chief executive', 'Éta: Chief executive', 'Éta: Press', 'Éta Sub: Board']],
    ['  ETA ', ['Éta: Chief executive', 'Éta: Press', 'Éta Sub: Board']],
    ['éta p', ['Éta: Press']],
    ['Éta: Press', ['Éta: Press']],
    ['pres ETA', ['Éta: Press']],
    ['eta sub', ['Éta Sub: Board']],
    ['Sub', ['Éta Sub: Board']],
    ['example', ['Alpha Example: Chief executive']],
    ['xample', []],
    ['Press', []],
    ['.*', []],
    ['zeta', []],
  ])('%j', async (find, names) => {
    await named('Alpha Example');
    const organisation = (await anOrganisation({ name: 'Éta' }))._id;
    for (const title of ['Press', 'Chief executive']) await anOffice({ organisation, title });
    await anOffice({ organisation: (await anOrganisation({ name: 'Éta Sub' }))._id, title: 'Board' });
    expect(await offered(await newIn(), find)).toEqual(names);
  });

  test('at most fifty are listed, however many organisations have none', async () => {
    const path = await newIn();
    for (let n = 0; n < 60; n += 1) await anOrganisation({ name: `A${n}` });
    expect((await staff.get(path)).main).toContain('No office is known yet.');
    const organisation = (await anOrganisation({ name: 'Platform' }))._id;
    for (let n = 10; n < 60; n += 1) await anOffice({ organisation, title: `Office ${n}` });
    expect(await offered(path, '')).toHaveLength(50);
    expect((await staff.get(path)).main).not.toContain('Only the first');
    await anOffice({ organisation, title: 'Zenith' });
    expect(await offered(path, '')).not.toContain('Platform: Zenith');
    expect((await staff.get(path)).main).toContain('Only the first 50 offices are looked at.');
    expect(await offered(path, 'platform z')).toEqual(['Platform: Zenith']);
  });

  test('a wrong form shows again what was found', async () => {
    await named('Alpha Example');
    await named('Beta Example');
    const path = await newIn();
    const page = await staff.postForm(path.replace(/\/new$/, ''), { find: 'beta' }, path);
    expectMistakes(page, { office: 'Choose an office.' }, { find: 'beta' });
    expect(page.$('main fieldset label')).toHaveLength(1);
    expect((await staff.get(`${path}?find=nobody`)).main).toContain(
      'No office is found by that. A word of the organisation’s name is needed;',
    );
  });
});

test('of two people adding the same office at once, one is told', async () => {
  const campaign = await aCampaign();
  const office = String(await named('Example Platform'));
  const path = `/campaigns/${String(campaign._id)}/recipients`;
  const body = new URLSearchParams({ office, _csrf: await staff.tokenFrom(`${path}/new`) }).toString();
  const answers = await Promise.all([staff.postRaw(path, body), staff.postRaw(path, body)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 422]);
  await anOffice();
  expectMistakes(await staff.postForm(path, { office }, `${path}/new`), {
    office: 'Example Platform, Chief executive is a recipient of this campaign already.',
  });
  expect(await Recipient.countDocuments()).toBe(1);
});

test('a recipient without an office, or of an office nobody knows, is refused', async () => {
  const path = `/campaigns/${String((await aCampaign())._id)}/recipients`;
  await anOffice();
  expectMistakes(await staff.postForm(path, { office: '' }, `${path}/new`), { office: 'Choose an office.' });
  expect((await staff.postForm(path, { office: 'ffffffffffffffffffffffff' }, `${path}/new`)).status).toBe(
    404,
  );
});

describe('several offices are added at once', () => {
  let path: string;
  const add = (office: string[]) => staff.postForm(path, { office }, `${path}/new`);
  beforeEach(async () => {
    path = `/campaigns/${String((await aCampaign())._id)}/recipients`;
  });

  test('and what is wrong with one keeps no other back', async () => {
    const [alpha, beta, gamma] = [await named('Alpha'), await named('Beta'), await named('Gamma')].map(
      String,
    );
    await add([beta!]);
    const answer = await add([alpha!, beta!, gamma!]);
    expect(answer.location).toBe(path);
    const { main } = await staff.get(path);
    expect(main).toContain(
      '2 recipients are added. Beta, Chief executive is a recipient of this campaign already. Log on the page of each what has happened so far.',
    );
    for (const name of ['Alpha', 'Beta', 'Gamma']) expect(main).toContain(name);
    expect(await Recipient.countDocuments()).toBe(3);
  });

  test('and before others are looked for, which the page says wherever it lets look for them', async () => {
    await named('Alpha');
    for (const find of ['', '?find=alpha']) {
      const { main, $ } = await staff.get(`${path}/new${find}`);
      expect($('[name=find]').length).toBeGreaterThan(0);
      expect(main).toContain('Add what you have ticked before you look for others.');
    }
  });

  test('of which none is added where one of them does not exist', async () => {
    expect((await add([String(await named('Alpha')), 'f'.repeat(24)])).status).toBe(404);
    expect(await Recipient.countDocuments()).toBe(0);
  });

  test('and stay ticked where none of them could be', async () => {
    const offices = [await named('Alpha'), await named('Beta'), await named('Gamma')].map(String);
    await add(offices.slice(0, 2));
    const page = await add(offices.slice(0, 2));
    expectMistakes(page, {
      office:
        'Alpha, Chief executive is a recipient of this campaign already. Beta, Chief executive is a recipient of this campaign already.',
    });
    expect(page.main).toContain('Nothing has been added.');
    expect(page.main).not.toContain('Nothing has been saved yet');
    expect(await Recipient.countDocuments()).toBe(2);
    const wrong = await add([offices[2]!, 'nonsense']);
    expectMistakes(wrong, { office: 'Choose an office.' });
    expect(wrong.$('[name=office][checked]').attr('value')).toBe(offices[2]);
  });
});

test('the list shows where everybody stands, by name, with the next step', async () => {
  const campaign = (await aCampaign(LATE))._id;
  const silent = await aLateRecipient({ campaign, office: await named('Beta Example') });
  await aFollowUp({ recipient: silent._id });
  const answered = await aLateRecipient({ campaign, office: await named('Alpha Example') });
  await anEntry({ recipient: answered._id, kind: 'email', direction: 'in', receivedAs: 'reply' });
  const page = await staff.get(`/campaigns/${String(campaign)}/recipients`);
  const rows = page
    .$('tbody tr')
    .toArray()
    .map((row) => page.$(row).text().replaceAll(/\s+/g, ' '));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/Alpha Example.*Sent, replied.*23 November 2026.*Nothing planned/);
  expect(rows[0]).not.toContain('silent Late');
  expect(rows[1]).toMatch(/Beta Example.*Sent, silent.*Late.*25 November 2026, 12:00.*Waits for approval/);
});

test('nobody is late on the day the answer is due where they are', async () => {
  const campaign = (await aCampaign({ lateAfter: 1, veryLateAfter: 2 }))._id;
  const office = (await anOffice({ timeZone: 'Pacific/Kiritimati' }))._id;
  const { _id } = await aRecipient({ campaign, office });
  await anEntry({
    recipient: _id,
    kind: 'letter',
    occurredAt: new Date('2026-11-23T12:00:00Z'),
    precision: 'day',
  });
  const page = async (now: string) => {
    app.clock.set(now);
    return (await staff.get(`/recipients/${String(_id)}`)).main;
  };
  // 23:59 there
  expect(await page('2026-11-24T09:59:00Z')).not.toContain('silent Late');
  const late = await page('2026-11-24T10:00:00Z');
  expect(late).toContain('Sent, silent Late');
  expect(late).toContain('An answer was due by 24 November 2026');
  expect(await page('2026-11-25T09:59:00Z')).not.toContain('silent Very late');
  expect(await page('2026-11-25T10:00:00Z')).toContain('Sent, silent Very late');
});

test('the list can be kept to a status, and to names of which a word begins so', async () => {
  const campaign = (await aCampaign())._id;
  const met = await aRecipient({ campaign, office: await named('Gamma Example') });
  await anEntry({ recipient: met._id, kind: 'meeting', direction: 'none' });
  for (const name of ['Alpha Example', 'Éta Example'])
    await aRecipient({ campaign, office: await named(name) });
  const path = `/campaigns/${String(campaign)}/recipients`;
  const names = async (query: string) => {
    const page = await staff.get(`${path}?${query}`);
    return page
      .$('tbody th a')
      .toArray()
      .map((link) => page.$(link).text());
  };
  expect(await names('')).toEqual(['Alpha Example', 'Éta Example', 'Gamma Example']);
  expect(await names('engagement=in+talks')).toEqual(['Gamma Example']);
  expect(await names('find=ET')).toEqual(['Éta Example']);
  expect(await names('find=exam')).toEqual(['Alpha Example', 'Éta Example', 'Gamma Example']);
  expect(await names('find=executive,+GAM')).toEqual(['Gamma Example']);
  expect(await names('find=Kim+inv&engagement=in+talks')).toEqual(['Gamma Example']);
  for (const none of ['xample', '.*', 'gamma beta', '$gt'])
    expect([none, await names(`find=${encodeURIComponent(none)}`)]).toEqual([none, []]);
  expect(await names('find=gamma&answered=not+reached')).toEqual(
    await names('answered=not+reached&find=Gamma'),
  );
  expect(await names('engagement=made-up&delivery=made-up&find=')).toHaveLength(3);
  expect((await staff.get(`${path}?engagement=declined`)).main).toContain('Nobody matches.');
});

test('who was stored without the words of their names, as an earlier version did, is found as soon as this one starts', async () => {
  const { campaign } = await aRecipient({ office: await named('Example Foundation') });
  const path = `/campaigns/${String(campaign)}/recipients?find=foundation+kim+chief`;
  const { foundBy } = (await Recipient.findOne().lean())!;
  await Recipient.updateMany({}, { $unset: { foundBy: 1 } });
  expect((await staff.get(path)).main).toContain('Nobody matches.');
  await prepareTestDatabase();
  expect((await staff.get(path)).$('tbody th a').text()).toBe('Example Foundation');
  expect((await Recipient.findOne().lean())!.foundBy).toEqual(foundBy);
});

test('the list is fifty to a page', async () => {
  const campaign = (await aCampaign())._id;
  const organisation = (await anOrganisation())._id;
  for (let n = 0; n < 51; n += 1)
    await aRecipient({ campaign, office: (await anOffice({ organisation, title: `Office ${n}` }))._id });
  const first = await staff.get(`/campaigns/${String(campaign)}/recipients`);
  expect(first.$('tbody tr')).toHaveLength(50);
  const second = await staff.get(first.$('a[rel=next]').attr('href')!);
  expect(second.$('tbody tr')).toHaveLength(1);
  expect(second.$('a[rel=next]')).toHaveLength(0);
});

test('who looks after a recipient, and notes about it, are saved', async () => {
  const owner = await aUser();
  const { _id } = await aRecipient();
  const path = `/recipients/${String(_id)}`;
  await staff.postForm(path, { owner: String(owner._id), notes: 'Prefers letters.' }, `${path}/edit`);
  expect((await staff.get(path)).main).toContain('Prefers letters.');
  const form = await staff.get(`${path}/edit`);
  expect(valueOf(form, 'owner')).toBe(String(owner._id));
  expectMistakes(
    await staff.postForm(path, { owner: 'somebody', notes: 'Kept.' }, `${path}/edit`),
    { owner: 'Choose a person.' },
    { notes: 'Kept.' },
  );
});

test('the page of a recipient says who looks after it, and who is told instead of somebody who left', async () => {
  const campaign = (await aCampaign())._id;
  const { _id } = await aRecipient({ campaign });
  const said = async () => {
    const { $ } = await staff.get(`/recipients/${String(_id)}`);
    return $('dt:contains("Looked after by") + dd').text();
  };
  expect(await said()).toBe('The administrators');
  const head = await aUser({ name: 'Kim Fictional' });
  await Campaign.updateOne({ _id: campaign }, { $set: { owner: head._id } });
  expect(await said()).toBe('Kim Fictional, who owns the campaign');
  const owner = await aUser({ name: 'Ola Madeup' });
  await Recipient.updateOne({ _id }, { $set: { owner: owner._id } });
  expect(await said()).toBe('Ola Madeup');
  await User.updateOne({ _id: owner._id }, { $set: { closedAt: NOW } });
  expect(await said()).toBe(
    'Ola Madeup had it, and their account is closed; now Kim Fictional, who owns the campaign',
  );
});

test('partners and closed accounts are not offered as those who look after a recipient', async () => {
  const partner = await aUser({ role: 'partner', name: 'A partner' });
  const closed = await aUser({ name: 'A former colleague', closedAt: new Date() });
  const { _id } = await aRecipient();
  const page = await staff.get(`/recipients/${String(_id)}/edit`);
  for (const { name } of [partner, closed]) expect(page.$('select[name=owner]').text()).not.toContain(name);
});

test('writing to a recipient can be paused with a reason, and resumed', async () => {
  const recipient = await aRecipient();
  const path = `/recipients/${String(recipient._id)}`;
  expectMistakes(await staff.postForm(`${path}/pause`, { reason: ' ' }, path), {
    reason: 'Say why, in a sentence: whoever wonders later reads it.',
  });
  await staff.postForm(`${path}/pause`, { reason: 'They asked for time until the board has met.' }, path);
  const paused = await staff.get(path);
  expect(paused.main).toContain('Writing to them is paused since');
  expect(paused.main).toContain('They asked for time until the board has met.');
  expect(paused.$(`form[action="${path}/pause"]`)).toHaveLength(0);
  const again = await staff.postForm(`${path}/pause`, { reason: 'Another reason.' }, path);
  expect(again.status).toBe(409);

  const followUp = await aFollowUp({ recipient: recipient._id });
  expect((await staff.get(`/follow-ups/${String(followUp._id)}`)).main).toContain(
    'Writing to them is paused: They asked for time until the board has met. Resume it',
  );
  expect((await staff.get(`/follow-ups/${String(followUp._id)}`)).main).toContain(
    'While that stands it goes to nobody, also when it is due.',
  );

  await staff.postForm(`${path}/resumption`, {}, path);
  expect((await staff.get(path)).main).not.toContain('Writing to them is paused since');
  expect((await staff.get(`/follow-ups/${String(followUp._id)}`)).main).not.toContain('paused');
});

test('the next step of the list has the time to which it was put off', async () => {
  const recipient = await aRecipient();
  const dueAt = new Date('2026-11-24T09:00:00Z');
  const nextAttemptAt = new Date('2026-11-26T09:00:00Z');
  await aFollowUp({ recipient: recipient._id, state: 'scheduled', dueAt, nextAttemptAt });
  const staff = await signInAs(createTestApp(), 'staff');
  for (const at of ['/', `/campaigns/${String(recipient.campaign)}/recipients`])
    expect((await staff.get(at)).$('tbody tr td').last().text()).toContain('26 November 2026, 09:00');
});
