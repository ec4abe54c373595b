import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Cadence } from '../../src/cadences/cadence.model.js';
import { CadenceStart } from '../../src/cadences/start.model.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { storeAttachments } from '../../src/history/attachments.js';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { setInMotion } from '../../src/triggers/set-in-motion.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  checked,
  LATE,
  NOW,
  PASSWORD,
} from '../support/factories.js';
import { aBounce, anAutoReply, anIncoming, wasWrittenTo } from '../support/incoming.js';
import { aLawOfAllSorts, pagesOfLaw } from '../support/laws.js';
import { look, overflow, type Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';
import { approve, aTrack, aTrigger } from '../support/triggers.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

/** A word no screen can break at a space, as names and addresses sometimes are. */
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
let site: TestSite;
let person: Person;
let pages: string[];

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const user = await aUser({ role: 'admin', name: LONG });
  const campaign = await aCampaign({
    title: `An open letter to ${LONG}`,
    asks: [{ title: LONG, text: LONG }] as never,
    ...LATE,
    owner: user._id,
  });
  const organisation = await anOrganisation({
    name: LONG,
    website: `https://${LONG.toLowerCase().replaceAll('ä', 'a')}.example.org`,
    notes: LONG,
  });
  const day = { name: LONG, addedBy: user._id, addedAt: NOW };
  const closures = [{ ...day, from: '2026-12-21', until: '2027-01-08' }];
  await Organisation.updateOne({ _id: organisation._id }, { $set: { closures } });
  await Holiday.create({ ...day, country: 'GB-SCT', day: '2026-06-15' });
  const office = await anOffice({
    organisation: organisation._id,
    country: 'BA-BIH',
    title: LONG,
    email: `${LONG.slice(0, 60)}@example.org`,
    postalAddress: LONG,
  });
  const recipient = await aRecipient({ campaign: campaign._id, office: office._id, notes: LONG });
  const entry = await anEntry({
    recipient: recipient._id,
    kind: 'letter',
    text: LONG,
    who: LONG,
    channel: LONG,
  });
  const attachments = await storeAttachments([{ originalname: `${LONG}.txt`, buffer: Buffer.from(LONG) }]);
  const went = { state: 'sent', settledAs: 'sent', settledAt: new Date('2026-11-24T11:00:00Z') } as const;
  await aFollowUp({ recipient: recipient._id, subject: LONG, ...went });
  const uncertain = await aFollowUp({ recipient: recipient._id, state: 'uncertain', stateReasons: [LONG] });
  const template = await Template.create({
    campaign: campaign._id,
    name: LONG,
    subject: LONG,
    body: `{{ salutation }} ${LONG}`,
    createdAt: new Date(),
  });
  const suppression = await Suppression.create({
    kind: 'address',
    value: `${LONG.slice(0, 60)}@example.org`,
    key: `address ${LONG.slice(0, 60).toLowerCase()}@example.org`,
    reason: LONG,
    source: LONG,
    from: '2026-11-24',
    recordedBy: user._id,
    recordedAt: new Date(),
  });
  const cadence = await Cadence.create({
    campaign: campaign._id,
    name: LONG,
    steps: [{ template: template._id, gap: 1 }],
    createdAt: NOW,
  });
  const followUp = await aFollowUp({
    recipient: recipient._id,
    cadence: cadence._id,
    subject: LONG,
    text: LONG,
    how: LONG,
    attachments: attachments as never,
  });
  await aCommitment({
    recipient: recipient._id,
    quote: LONG,
    note: LONG,
    source: `https://example.org/${LONG}`,
    ...checked(),
  });
  await aCommitment({ recipient: recipient._id, entry: entry._id, on: '2026-11-21', quote: LONG });
  const other = await anOffice({ organisation: organisation._id, title: `Other ${LONG}` });
  const silent = await aRecipient({ campaign: campaign._id, office: other._id });
  await anEntry({ recipient: silent._id, kind: 'letter' });
  const watching = await aCampaign({
    owner: user._id,
    acknowledgementDays: 5,
    createdAt: new Date('2026-11-01'),
  });
  const unacknowledged = await aRecipient({ campaign: watching._id, office: other._id });
  await anEntry({
    recipient: unacknowledged._id,
    kind: 'letter',
    occurredAt: new Date('2026-11-02T12:00:00Z'),
  });
  const changed = await anOffice({
    organisation: organisation._id,
    title: LONG,
    email: `${LONG.slice(0, 60)}@example.org`,
    holders: [
      { name: `Kim ${LONG.slice(0, 60)}`, until: '2026-11-22' },
      { name: LONG, from: '2026-11-23', tookOver: true },
    ],
  });
  const waits = await aRecipient({ campaign: campaign._id, office: changed._id });
  await anEntry({ recipient: waits._id, kind: 'letter', occurredAt: new Date('2026-11-20T12:00:00Z') });
  await aFollowUp({ recipient: waits._id, subject: LONG });
  const holder = `/offices/${String(changed._id)}/holders/${String(changed.holders[1]!._id)}`;
  const start = await CadenceStart.create({
    campaign: campaign._id,
    cadence: cadence._id,
    by: user._id,
    at: NOW,
    of: 4000,
    looked: 1250,
    left: [{ recipient: recipient._id, name: LONG, reasons: [LONG] }],
    leftCount: 1,
  });

  const track = await aTrack({ title: LONG }, [{ title: LONG, stage: 'other', happenedOn: '2026-11-02' }]);
  const law = await aLawOfAllSorts({ word: LONG, by: user._id, evidence: attachments, amends: track._id });
  const set = { campaign: campaign._id, track: track._id, author: user._id };
  const plans = await aTrigger({
    ...set,
    cadence: cadence._id,
    ask: campaign.asks[0]!._id,
    below: 'partial',
  });
  const tells = await aTrigger({ ...set, effect: 'remind staff', staff: [user._id], text: LONG });
  const shows = await aTrigger({ ...set, effect: 'show notice', text: LONG, days: 14, until: '2026-12-31' });
  for (const trigger of [plans, tells, shows]) await approve(trigger, user._id, site);
  await setInMotion(site.deps);
  const triggers = [plans, tells, shows].map(({ _id }) => `/triggers/${String(_id)}`);

  const incoming = {
    from: `${LONG} <${LONG.slice(0, 60).replaceAll('ä', 'a')}@example.net>`,
    subject: LONG,
    text: `${LONG}\n\n> ${LONG}`,
    html: `<p>${LONG}</p>`,
    attachments: [{ name: `${LONG}.txt`, type: 'text/plain', content: Buffer.from(LONG) }],
  };
  const waiting = await anIncoming({ ...incoming, from: `${LONG} <${office.email}>` }, site);
  const inReplyTo = await wasWrittenTo(recipient);
  const answer = await anIncoming({ ...incoming, inReplyTo }, site);
  const gone = await anAutoReply({ ...incoming, inReplyTo, text: 'I am no longer with the company.' }, site);
  const bounce = await aBounce({ address: `${LONG.slice(0, 60)}@example.org`, of: inReplyTo }, site);
  const incomingPages = [waiting, answer, gone, bounce].map(({ _id }) => `/incoming-mail/${String(_id)}`);
  const [c, r, o, t, d] = [campaign, recipient, organisation, template, cadence].map(({ _id }) =>
    String(_id),
  );
  pages = [
    '/',
    '/campaigns',
    `/campaigns/${c}`,
    `/campaigns/${c}/edit`,
    `/campaigns/${c}/live`,
    `/campaigns/${c}/approval`,
    `/campaigns/${c}/recipients`,
    `/campaigns/${c}/figures`,
    `/campaigns/${c}/figures/answers`,
    `/campaigns/${c}/contacts`,
    `/campaigns/${c}/contacts?week=2026-11-16&direction=out`,
    `/shared/campaigns/${c}/figures`,
    `/campaigns/${c}/recipients/new`,
    `/campaigns/${c}/templates`,
    `/templates/${t}?find=a`,
    `/templates/${t}/edit`,
    `/templates/${t}/versions/1`,
    `/templates/${t}/recipients`,
    `/campaigns/${c}/cadences?recipient=${r}`,
    `/campaigns/${c}/cadences/new`,
    `/cadences/${d}`,
    `/cadences/${d}/edit`,
    `/cadences/${d}/start`,
    `/cadences/${d}/start?recipient=${String(silent._id)}`,
    `/cadence-starts/${String(start._id)}`,
    `/campaigns/${c}/triggers`,
    `/campaigns/${c}/triggers/new`,
    `/campaigns/${c}/triggers/new?effect=plan+cadence`,
    `/tracks/${String(track._id)}/milestones/${String(track.milestones[0]!._id)}/triggers`,
    ...triggers,
    `${triggers[0]}/firings`,
    `${triggers[1]}/edit`,
    `/campaigns/${c}/commitments`,
    `/recipients/${r}/commitments/${String(campaign.asks[0]!._id)}`,
    `/shared/campaigns/${c}/commitments`,
    `/recipients/${r}`,
    `/recipients/${String(silent._id)}`,
    `/recipients/${String(unacknowledged._id)}`,
    `/campaigns/${String(watching._id)}/recipients?unacknowledged=on`,
    '/today/unacknowledged',
    '/went/sent',
    `/recipients/${r}/edit`,
    `/recipients/${r}/entries/new`,
    `/recipients/${r}/follow-ups/new`,
    `/follow-ups/${String(followUp._id)}`,
    `/follow-ups/${String(followUp._id)}/edit`,
    `/follow-ups/${String(uncertain._id)}`,
    '/follow-ups',
    '/inbox',
    '/inbox?list=to+read',
    '/inbox?list=placed',
    ...incomingPages,
    `${incomingPages[0]}/recipients`,
    `${incomingPages[1]}?formatted=yes`,
    '/suppressions',
    '/suppressions/new',
    `/suppressions/${String(suppression._id)}`,
    `/entries/${String(entry._id)}/correction/new`,
    '/organisations',
    `/organisations/${o}`,
    `/organisations/${o}/closures/new`,
    '/holidays',
    `/offices/${String(office._id)}/edit`,
    `/offices/${String(changed._id)}/holders/new`,
    `/offices/${String(changed._id)}/vacancy/new`,
    `${holder}/edit`,
    `${holder}/confirmation`,
    `/recipients/${String(waits._id)}`,
    '/today/holders',
    '/today/uncertain',
    '/?whose=everybody',
    `/snoozes/new?kind=uncertain&record=${String(uncertain._id)}`,
    '/snoozes',
    '/account/calendar',
    '/legislation',
    '/legislation/bills/new',
    '/legislation/tracks/new',
    ...pagesOfLaw(law),
    '/outbox',
    '/users',
    '/users/new',
    `/users/${String(user._id)}/edit`,
    '/account',
    '/shared',
    `/shared/campaigns/${c}`,
    '/no-such-page',
  ];
  person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(user.email, PASSWORD);
}, 60_000);

afterAll(() => site.close());

test('at twice the size, and on the narrowest screen, no page scrolls sideways', async () => {
  const wrong: string[] = [];
  for (const address of pages) {
    await person.page.goto(address);
    for (const width of [640, 390, 320]) {
      await person.page.setViewportSize({ width, height: 800 });
      wrong.push(...(await overflow(person.page, width)).map((problem) => `${address}: ${problem}`));
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('at twice the size nothing is lost that can be followed, pressed or filled in', async () => {
  for (const address of pages) {
    await person.page.setViewportSize({ width: 1280, height: 900 });
    await person.page.goto(address);
    const wide = await controls(person.page);
    await person.page.setViewportSize({ width: 640, height: 450 });
    expect({ address, controls: await controls(person.page) }).toEqual({ address, controls: wide });
  }
}, 120_000);

/** What is drawn is drawn once more for narrow screens; its links are those of the list beside it, which are looked at. */
const controls = (page: Page): Promise<string[]> =>
  page
    .locator('a:not(svg a[tabindex="-1"]), button, input:not([type=hidden]), select, textarea, summary')
    .filter({ visible: true })
    .evaluateAll((elements) => elements.map((element) => element.outerHTML));

test('a page that is wide, or breaks a rule of accessibility, is found', async () => {
  const { page } = person;
  await page.goto('/account');
  await page.evaluate(`
    document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p><a href="/"></a></p>');
    document.querySelector('main p').style.width = '600px';
  `);
  await expect(look(page)).rejects.toThrow(
    /scrolls sideways[\s\S]*At 390 px, label: [\s\S]*At 390 px, link-name: /,
  );
}, 30_000);
