import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Cadence } from '../../src/cadences/cadence.model.js';
import { CadenceStart } from '../../src/cadences/start.model.js';
import { requestStart } from '../../src/cadences/start.js';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { addSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence, stepsOf, untilStarted } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  NOW,
} from '../support/factories.js';
import { valueOf } from '../support/forms.js';
import { signInAs, type Fields, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let cadence: Types.ObjectId;
let at: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  campaign = await aCampaign();
  cadence = await aCadence(campaign._id, [2, 3], staff.user._id, NOW);
  at = `/cadences/${String(cadence)}`;
});

type Office = Parameters<typeof anOffice>[0];

/** Somebody who got the letter on Monday and has not answered. */
async function silent(name: string, ofOffice: Office = {}): Promise<RecipientRecord> {
  const organisation = (await anOrganisation({ name }))._id;
  const office = (await anOffice({ organisation, ...ofOffice }))._id;
  const recipient = await aRecipient({ campaign: campaign._id, office });
  await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: new Date('2026-11-23T15:00:00Z') });
  return (await Recipient.findById(recipient._id).lean<RecipientRecord>())!;
}

/** The same recipient so many times, each with an office of its own. */
async function many(count: number): Promise<void> {
  const first = await silent('Example');
  const office = (await Office.findById(first.office).lean())!;
  const copies = Array.from({ length: count - 1 }, () => new Types.ObjectId());
  await Office.collection.insertMany(copies.map((_id) => ({ ...office, _id })) as never);
  await Recipient.collection.insertMany(
    copies.map((office) => ({ ...first, _id: new Types.ObjectId(), office })) as never,
  );
}

/** Opens the page and sends its form, as it was seen then. */
async function start(fields: Fields, page?: Page): Promise<Page> {
  const seen = valueOf(page ?? (await staff.get(`${at}/start`)), 'seen')!;
  const answer = await staff.postForm(`${at}/starts`, { seen, ...fields }, `${at}/start`);
  if (answer.status === 302) await untilStarted();
  return answer;
}

/** The rows of the list, each as a person reads it. */
const rowsOf = ({ $ }: Page): string[] =>
  $('#recipient > ul > li')
    .toArray()
    .map((row) => $(row).text().replaceAll(/\s+/g, ' ').trim());

describe('the page before a start', () => {
  test('says when there is nobody to start it for', async () => {
    const page = await staff.get(`${at}/start`);
    expect(page.main).toContain('The campaign has no recipients yet.');
    expect(page.$('main form')).toHaveLength(0);
  });

  test('names first whom it cannot be started for, each with every reason, and gives them no box', async () => {
    await silent('Aaa Ready');
    const answered = await silent('Bbb Answered');
    await anEntry({ recipient: answered._id, kind: 'email', direction: 'in', receivedAs: 'reply' });
    const organisation = (await anOrganisation({ name: 'Ccc Unsent' }))._id;
    await aRecipient({ campaign: campaign._id, office: (await anOffice({ organisation }))._id });
    await silent('Ddd Unaddressed', { email: '' });
    await silent('Eee Vacant', { holders: [] });
    const paused = await silent('Fff Paused');
    await staff.postForm(
      `/recipients/${String(paused._id)}/pause`,
      { reason: 'They asked for time.' },
      `/recipients/${String(paused._id)}`,
    );
    await aFollowUp({ recipient: (await silent('Ggg Written to'))._id, state: 'held' });
    const stopped = await silent('Hhh Suppressed', { email: 'stop@example.org' });
    const suppression = {
      kind: 'address',
      value: 'stop@example.org',
      organisation: '',
      reason: 'They asked us to stop.',
      source: 'Their office',
      from: '2026-11-24',
      until: '',
    } as const;
    await addSuppression(suppression, staff.user._id, NOW);

    const page = await staff.get(`${at}/start`);
    expect(page.main).toContain('It can be started for 1 of 8 recipients. The others stand first');
    const rows = rowsOf(page);
    expect(rows).toHaveLength(8);
    for (const [i, said] of [
      'Bbb Answered Chief executive They have answered. A cadence is for those who have not.',
      'Ccc Unsent Chief executive The letter has not gone to them. Log it or send it first.',
      'Ddd Unaddressed Chief executive The office has no email address. Add one to the office.',
      'Eee Vacant Chief executive Nobody is named as holding the office. Name the holder.',
      'Fff Paused Chief executive Writing to them is paused: They asked for time. Resume it on their page first.',
      'Ggg Written to Chief executive A follow-up to them is ahead already, or waits for a person.',
      'Hhh Suppressed Chief executive',
      'Aaa Ready, Chief executive',
    ].entries())
      expect(rows[i]).toContain(said);
    expect(rows[6]).toContain('They asked us to stop.');
    expect(page.$('main input[name=recipient]')).toHaveLength(1);

    expect((await start({ everybody: 'yes' })).status).toBe(302);
    const planned = await FollowUp.distinct('recipient', { cadence });
    expect(planned).toHaveLength(1);
    for (const { _id } of [answered, paused, stopped]) expect(planned).not.toContainEqual(_id);
  });

  test('not for whoever is not to be written to by the day of the first step, or is not now', async () => {
    const written = {
      kind: 'address',
      organisation: '',
      reason: 'They asked.',
      source: 'Their office',
    } as const;
    const email = (name: string) => `${name.toLowerCase()}@example.org`;
    const days = {
      Coming: ['2026-11-25', ''],
      Ending: ['2026-11-24', '2026-11-24'],
      Later: ['2027-11-24', ''],
    };
    for (const [name, [from, until]] of Object.entries(days)) {
      await silent(name, { email: email(name) });
      const suppression = { ...written, value: email(name), from: from!, until: until! };
      await addSuppression(suppression, staff.user._id, NOW);
    }
    const page = await staff.get(`${at}/start`);
    expect(page.main).toContain('It can be started for 1 of 3 recipients.');
    const [coming, ending, later] = rowsOf(page);
    expect(coming).toContain('is not to be written to from 25 November 2026: They asked.');
    expect(ending).toContain('until 24 November 2026: They asked.');
    expect(later).toContain('Later, Chief executive');
  });

  test('shows each date on their clock and how it was found, holidays there left out', async () => {
    await silent('Example Platform', { country: 'US' });
    const [row] = rowsOf(await staff.get(`${at}/start`));
    expect(row).toContain('25 November 2026, 15:00 (25 November 2026, 10:00 in America/New York');
    expect(row).toContain('2 working days after the last contact on 23 November 2026.');
    expect(row).toContain('1 December 2026, 15:00');
    expect(row).toContain(
      '3 working days after step 1, which is planned for 25 November 2026, without 26 November 2026 (Thanksgiving Day), a holiday there.',
    );
    expect(row).toContain('Read the mails to Example Platform');
    expect(await FollowUp.countDocuments({})).toBe(0);
  });

  test('for one shows every mail in full, in one thread, and starts it from there', async () => {
    const recipient = await silent('Example Platform');
    const other = await silent('Another Platform');
    const own = `${at}/start?recipient=${String(recipient._id)}`;
    const from = await staff.get(`/recipients/${String(recipient._id)}`);
    const choosing = await staff.get(from.$('main a:contains("Start a cadence")').attr('href')!);
    expect(choosing.main).toContain('For Example Platform, Chief executive.');
    expect(choosing.$(`main a[href="${own}"]`)).toHaveLength(1);

    const page = await staff.get(own);
    expect(page.$('main section').first().text().replaceAll(/\s+/g, ' ')).toContain(
      'Step 1 25 November 2026, 15:00',
    );
    expect(page.$('pre.source').first().text()).toContain('Dear Kim Invented,\n\nthis is reminder 1.');
    expect(page.$('pre.source').last().text()).toContain('this is reminder 2.');
    expect(page.main).toContain('Subject: Re: Our letter, 1');
    expect(page.main).toContain('Nothing leaves yet: each mail waits for approval after this.');
    const answer = await start({ recipient: valueOf(page, 'recipient')! }, page);
    expect((await staff.get(answer.location!)).main).toContain('It is planned for 1 recipient.');
    expect((await stepsOf(recipient)).map(({ subject, state }) => [subject, state])).toEqual([
      ['Our letter, 1', 'planned'],
      ['Re: Our letter, 1', 'planned'],
    ]);
    expect(await stepsOf(other)).toEqual([]);
    const again = await staff.get(own);
    expect(again.main).toContain('It cannot be started for them now.');
    expect(again.$('main form')).toHaveLength(0);
  });

  test('a field without a value is a reason, and names the step', async () => {
    await Template.updateOne({ name: 'Step 2' }, { $set: { body: '{{ nobody }}' } });
    await silent('Example Platform');
    expect(rowsOf(await staff.get(`${at}/start`))[0]).toContain('Step 2: ');
    expect((await staff.get(`${at}/start`)).main).toContain('there is no field {{ nobody }}');
  });

  test.each([
    ['live', true],
    ['captured', false],
  ])('of a %s campaign that asks for no approval says where the mails go', async (_name, live) => {
    const liveSince = live ? NOW : null;
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'none', liveSince } });
    const recipient = await silent('Example Platform');
    const [said, toNobody] = [
      'what you start leaves by itself when it is due.',
      'While the campaign is not live, that is to the outbox and to nobody.',
    ];
    const whereTo = live ? '' : ` ${toNobody}`;
    for (const page of ['start', `start?recipient=${String(recipient._id)}`]) {
      const { main } = await staff.get(`${at}/${page}`);
      expect(main).toContain(said + whereTo);
      expect(main.includes(toNobody)).toBe(!live);
    }
    const { location } = await start({ everybody: 'yes' });
    const { main } = await staff.get(location!);
    expect(main).toContain(`The mails leave by themselves when they are due.${whereTo}`);
    expect(main.includes(toNobody)).toBe(!live);
    expect((await stepsOf(recipient)).map(({ state }) => state)).toEqual(['scheduled', 'scheduled']);
  });

  test('a long list has pages, and its order and count do not change with them', async () => {
    await many(52);
    const [one, two] = [await staff.get(`${at}/start`), await staff.get(`${at}/start?page=2`)];
    expect([rowsOf(one).length, rowsOf(two).length]).toEqual([50, 2]);
    expect(two.main).toContain('It can be started for 52 of 52 recipients.');
    expect(two.main).toContain('Ticks count for this page');
    const back = await staff.postForm(`${at}/starts?page=2`, { seen: valueOf(two, 'seen')! }, `${at}/start`);
    expect(rowsOf(back)).toEqual(rowsOf(two));
    const { location } = await start({ everybody: 'yes' });
    expect((await staff.get(location!)).main).toContain('It is planned for 52 recipients.');
    expect(await FollowUp.countDocuments({ cadence })).toBe(104);
  });
});

describe('starting it', () => {
  test('for the ticked ones leaves the others alone', async () => {
    const [one, two, three] = [await silent('One'), await silent('Two'), await silent('Three')];
    const { location } = await start({ recipient: [String(one._id), String(three._id)] });
    expect((await staff.get(location!)).main).toContain('It is planned for 2 recipients.');
    expect([one, two, three].map(({ _id }) => _id)).toHaveLength(3);
    expect((await stepsOf(one)).map(({ step, revision, cadence: of }) => [step, revision, of])).toEqual([
      [1, 1, cadence],
      [2, 1, cadence],
    ]);
    expect(await stepsOf(two)).toEqual([]);
    expect(await stepsOf(three)).toHaveLength(2);
  });

  test('says of each who was left out why, and the cadence’s page where the steps stand', async () => {
    await silent('Example Platform');
    await silent('Vacant Example', { holders: [] });
    const { location } = await start({ everybody: 'yes' });
    const page = await staff.get(location!);
    expect(page.$('h1').text()).toBe('Started');
    expect(page.main).toContain('read and approve them');
    expect(page.main).toContain('Not started for 1 recipient');
    expect(page.main).toContain('Vacant Example, Chief executiveNobody is named as holding the office.');
    expect(page.main).toContain(`Asked for by ${staff.user.name}, 24 November 2026, 12:00`);
    const standing = await staff.get(at);
    expect(standing.$('table.standing tbody tr')).toHaveLength(2);
    expect(standing.$('table.standing td').first().text().trim()).toBe('Waits for approval: 1');
    expect(standing.main).toContain('for 1 recipient');
  });

  test('with nothing ticked starts nothing and says so', async () => {
    await silent('Example Platform');
    const refused = await start({});
    expectMistakesOf(refused, 'Tick at least one recipient.');
    expect(refused.$('.error-summary').text()).toContain('Nothing was started.');
    expect(refused.$('.error-summary').text()).not.toContain('saved');
    expect(await CadenceStart.countDocuments({})).toBe(0);
  });

  test.each([
    ['the words of a template', () => Template.updateOne({ name: 'Step 1' }, { $inc: { version: 1 } })],
    ['the cadence', () => Cadence.updateOne({ _id: cadence }, { $set: { 'steps.0.gap': 9 } })],
  ])('is refused when %s changed since it was read, and keeps the ticks', async (_what, change) => {
    const recipient = String((await silent('Example Platform'))._id);
    const [list, one] = [
      await staff.get(`${at}/start`),
      await staff.get(`${at}/start?recipient=${recipient}`),
    ];
    await change();
    const refused = await start({ recipient }, list);
    expectMistakesOf(refused, /^Somebody changed the cadence or a template while you were reading/);
    expect(valueOf(refused, 'recipient')).toBe(recipient);
    const action = one.$('main form').attr('action')!;
    const fields = { seen: valueOf(one, 'seen')!, recipient };
    const refusedForOne = await staff.postForm(action, fields, `${at}/start`);
    expectMistakesOf(refusedForOne, /Look at it once more/);
    expect(refusedForOne.$('.error-summary').text()).toContain('Nothing was started.');
    expect(refusedForOne.$('pre.source')).toHaveLength(2);
    expect([await FollowUp.countDocuments({}), await CadenceStart.countDocuments({})]).toEqual([0, 0]);
    expect((await start({ recipient }, refused)).status).toBe(302);
  });

  test('while another start is under way is refused with what to do', async () => {
    await silent('Example Platform');
    const other = await aCadence(campaign._id, [1], staff.user._id, NOW);
    await requestStart({ cadence: other, campaign: campaign._id }, staff.user._id, NOW);
    const page = await start({ everybody: 'yes' });
    expect(page.status).toBe(409);
    expect(page.main).toContain('A cadence of this campaign is just being started.');
    expect(await FollowUp.countDocuments({})).toBe(0);
  });

  test('twice in the same moment is done once', async () => {
    const recipient = await silent('Example Platform');
    const page = await staff.get(`${at}/start`);
    const fields = { seen: valueOf(page, 'seen')!, everybody: 'yes' };
    const body = new URLSearchParams({ _csrf: await staff.tokenFrom('/account'), ...fields }).toString();
    const answers = await Promise.all([1, 2, 3].map(() => staff.postRaw(`${at}/starts`, body)));
    await untilStarted();
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)[0]).toBe(302);
    expect((await stepsOf(recipient)).map(({ step, revision }) => `${step}.${revision}`)).toEqual([
      '1.1',
      '2.1',
    ]);
  });

  test('that is under way shows how far it is, with a link that needs no script', async () => {
    const { _id } = await CadenceStart.create({
      campaign: campaign._id,
      cadence,
      by: staff.user._id,
      at: NOW,
      of: 4000,
      looked: 1250,
      claim: { id: 'somebody at work', at: NOW },
      underWayIn: campaign._id,
    });
    const path = `/cadence-starts/${String(_id)}`;
    const page = await staff.get(path);
    expect(page.$('h1').text()).toBe('Being started');
    expect(page.main).toContain('1,250 of 4,000 recipients');
    expect(page.$('progress').attr()).toMatchObject({ max: '4000', value: '1250' });
    expect(page.$(`#progress a[href="${path}"]`).text()).toBe('Show how far it is now');
    const script = page.$('script[src]').attr('src')!;
    expect((await staff.agent.get(script)).status).toBe(200);
    expect((await staff.get(at)).main).toContain('under way');
    await CadenceStart.updateOne({ _id }, { $set: { finishedAt: NOW, started: 4000 } });
    const done = await staff.get(path);
    expect(done.$('script, progress')).toHaveLength(0);
  });

  test('takes nothing but ids of this campaign', async () => {
    const recipient = await silent('Example Platform');
    const foreign = await aRecipient({ delivery: 'sent' });
    const page = await staff.get(`${at}/start`);
    const [seen, token] = [valueOf(page, 'seen')!, await staff.tokenFrom('/account')];
    for (const fields of [
      'recipient[$ne]=x',
      'recipient[]=x',
      'recipient[_id][$gt]=',
      'recipient=%7B%22%24ne%22%3A1%7D',
      `recipient=${String(recipient._id)}&recipient=x`,
      'everybody[$ne]=x',
    ])
      expect([
        fields,
        (await staff.postRaw(`${at}/starts`, `${fields}&seen=${seen}&_csrf=${token}`)).status,
      ]).toEqual([fields, 422]);
    expect((await staff.postRaw(`${at}/starts`, `everybody=yes&seen[$ne]=x&_csrf=${token}`)).status).toBe(
      422,
    );
    expect(await FollowUp.countDocuments({})).toBe(0);
    const { location } = await start({ recipient: String(foreign._id) });
    expect((await staff.get(location!)).main).toContain('It is planned for 0 recipients.');
    expect(await FollowUp.countDocuments({})).toBe(0);
    for (const query of ['recipient[$ne]=x', 'recipient=x', 'page=-1', 'page=1e9', 'page[]=2'])
      expect((await staff.get(`${at}/start?${query}`)).status).toBe(200);
  });
});

/** The box beside which the sentence stands is the whole list. */
function expectMistakesOf({ status, $ }: Page, sentence: string | RegExp): void {
  expect(status).toBe(422);
  expect($('title').text()).toMatch(/^Please check: /);
  const link = $('.error-summary a');
  expect(link.text()).toMatch(sentence);
  expect(link.attr('href')).toBe('#recipient');
  expect($('#recipient')).toHaveLength(1);
}

test('while there is nobody to start it for, the page says what to do and has no button for it', async () => {
  const organisation = (await anOrganisation({ name: 'Not Written To' }))._id;
  const office = (await anOffice({ organisation }))._id;
  await aRecipient({ campaign: campaign._id, office });
  const page = await staff.get(`${at}/start`);
  expect(page.main).toContain('There is nobody to start it for: open one of the recipients above');
  expect(page.main).not.toContain('Nothing leaves yet');
  expect(page.$('main button')).toHaveLength(0);
  await silent('Written To');
  const ready = await staff.get(`${at}/start`);
  expect(ready.main).not.toContain('There is nobody to start it for');
  expect(ready.$('main button').first().text()).toBe('Start it for the ticked recipients');
});
