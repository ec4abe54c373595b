import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storeAttachments } from '../../src/history/attachments.js';
import type { TrackRecord } from '../../src/legislation/track.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD } from '../support/factories.js';
import { aLawOfAllSorts, pagesOfLaw } from '../support/laws.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

const WORDS = 'An Act to make provision about the safety of fictional platforms';
let site: TestSite;
let staff: Person;
let law: TrackRecord;

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const { _id: by, email } = await aUser({ name: 'Stef Example' });
  const evidence = await storeAttachments([{ originalname: 'agenda.txt', buffer: Buffer.from('Agenda') }]);
  const other = await aLawOfAllSorts({ word: 'Another Act', by });
  law = await aLawOfAllSorts({ word: WORDS, by, evidence, amends: other._id });
  staff = await browser.open(site.url);
  await staff.goTo('/sign-in');
  await staff.signIn(email, PASSWORD);
}, 60_000);

afterAll(() => site.close());

test('no page of a law breaks a rule of accessibility, whatever the law asks', async () => {
  const pages = ['/legislation', '/legislation/bills/new', '/legislation/tracks/new', ...pagesOfLaw(law)];
  for (const address of pages) await staff.goTo(address);
}, 120_000);

test('the page of a law says all that is to be checked', async () => {
  await staff.goTo(`/tracks/${String(law._id)}`);
  const text = await staff.read();
  for (const told of [
    'Reading bill 9001 at the UK Parliament failed, 3 times in a row.',
    'Committee stage, House of Commons 6 sittings, 1 November 2026 to 6 November 2026',
    'comes before it in this procedure and is said to have happened later, on 20 November 2026',
    'Was expected by 10 November 2026; it should have happened: check',
    'it says 10 December 2026, a person wrote 3 December 2026',
    'The source no longer lists it, since 24 November 2026',
  ])
    expect(text).toContain(told);
  // once for all six sittings
  expect(text.match(/comes before it/g)).toHaveLength(1);
});

test('on paper the picture of all laws and its words stand without what is for the screen', async () => {
  const { page } = staff;
  await page.goto('/legislation');
  await page.emulateMedia({ media: 'print' });
  const seen = (what: string) => page.locator(what).filter({ visible: true }).count();
  expect({
    picture: await seen('.wide svg'),
    laws: await seen('.tracks h2'),
    navigation: await seen('nav, .account, form, button, a.button, .skip, .narrow svg'),
  }).toEqual({ picture: 1, laws: 2, navigation: 0 });
  // on the width of a sheet of A4 nothing of it is cut off
  await page.setViewportSize({ width: 718, height: 1000 });
  const widest = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(widest).toBeLessThanOrEqual(718);
  await page.emulateMedia({ media: null });
});
