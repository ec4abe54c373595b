import { afterAll, beforeAll, expect } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  PASSWORD,
} from '../support/factories.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';
import { step } from '../support/walk.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

let site: TestSite;
let staff: Person;
let written: string;

/** A letter went on Tuesday to an office in London, and an acknowledgement is expected within three working days. */
beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const campaign = (await aCampaign({ acknowledgementDays: 3 }))._id;
  const organisation = (await anOrganisation({ name: 'Example Platform' }))._id;
  const office = (await anOffice({ organisation, timeZone: 'Europe/London' }))._id;
  const recipient = (await aRecipient({ campaign, office }))._id;
  written = `/recipients/${String(recipient)}`;
  await anEntry({ recipient, kind: 'letter', occurredAt: site.clock.now() });
  staff = await browser.open(site.url);
  await staff.goTo('/sign-in');
  await staff.signIn((await aUser()).email, PASSWORD);
}, 60_000);

afterAll(() => site.close());

const openOrganisation = async () => {
  await staff.follow('Organisations');
  await staff.follow('Example Platform');
};
const deadline = async (): Promise<string> => {
  await staff.goTo(written);
  return / in London end on [^.]+\./.exec(await staff.read())![0];
};

step('staff say in which part of a country an office is', async () => {
  expect(await deadline()).toBe(' in London end on 27 November 2026.');
  await openOrganisation();
  await staff.follow('Edit Chief executive');
  await staff.fillIn({ 'Country or region, for public holidays': 'Scotland' });
  await staff.press('Save the office');
  expect(await staff.read()).toContain('Scotland, United Kingdom');
});

step('they write down when an organisation is closed, and the deadline moves', async () => {
  await openOrganisation();
  await staff.follow('Add a closure');
  await staff.fillIn({
    'First day': '2026-11-26',
    'Last day': '2026-11-25',
    'Why they are closed': 'Works holiday',
  });
  await staff.press('Add the closure');
  expect(await staff.read()).toContain('The last day cannot be before the first.');
  await staff.fillIn({ 'Last day': '2026-11-27' });
  await staff.press('Add the closure');
  expect(await staff.read()).toContain('Works holiday from 26 November 2026 until 27 November 2026');
  // St Andrew's Day is a Monday
  expect(await deadline()).toBe(
    ' in London end on 2 December 2026; 3 days left out: from 26 November 2026 until 27 November 2026 (Works holiday) and 30 November 2026 (St Andrew’s Day).',
  );
});

step('they are told what a holiday needs', async () => {
  await staff.follow('Organisations');
  await staff.follow('Holidays written down by hand');
  await staff.press('Add the holiday');
  expect(await staff.read()).toContain('Choose the country or region.');
});

step('they write down a holiday that was announced, and the deadline moves again', async () => {
  await staff.fillIn({
    'Country or region': 'United Kingdom',
    Day: '2026-12-01',
    'What it is called': 'Celebration',
  });
  await staff.press('Add the holiday');
  expect(await staff.read()).toContain('Celebration, 1 December 2026, United Kingdom');
  expect(await deadline()).toContain(' in London end on 3 December 2026; 4 days left out: ');
});

step('they remove the holiday again', async () => {
  await staff.goTo('/holidays');
  await staff.press(/^Remove Celebration/);
  expect(await staff.read()).toContain('No holiday is written down.');
});

step('they remove the closure too, and the deadline is what the calendar says', async () => {
  await openOrganisation();
  await staff.press(/^Remove Works holiday/);
  expect(await deadline()).toBe(' in London end on 27 November 2026.');
});
