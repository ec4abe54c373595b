import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, PASSWORD } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';
import { step } from '../support/walk.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

// two readings and a motion are over; committee is today, the report stage sits tomorrow and the day after
const bill = fictionalBill({ stages: 6, sittings: 9, from: '2026-11-18' });
const [, , , , committee, report] = bill.stages;
let api: BillsApi;
let site: TestSite;
let staff: Person;

beforeAll(async () => {
  api = await startBillsApi([bill]);
  site = await startSite({ billsApi: api.url, now: '2026-11-24T12:00:00Z' });
  const user = await aUser({ name: 'Stef Example' });
  staff = await browser.open(site.url);
  await staff.goTo('/sign-in');
  await staff.signIn(user.email, PASSWORD);
}, 60_000);

afterAll(async () => {
  await site.close();
  await api.close();
});

const openLaw = async (title: string): Promise<void> => {
  await staff.follow('Legislation');
  await staff.follow(title);
};
const openSources = async (title: string): Promise<void> => {
  await openLaw(title);
  await staff.follow('Sources');
};
const aFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

step('somebody who opens legislation for the first time is told what to do', async () => {
  await staff.follow('Legislation');
  expect(await staff.read()).toContain('no law is followed');
});

step('a UK bill is followed by its number, and one nobody knows is not', async () => {
  await staff.follow('Follow a UK bill');
  await staff.fillIn({ 'Number of the bill': '404' });
  await staff.press('Follow this bill');
  expect(await staff.read()).toContain('Please check');
  await staff.fillIn({ 'Number of the bill': '9001' });
  await staff.press('Follow this bill');
  const text = await staff.read();
  expect(text).toContain('The bill is followed');
  expect(text).toContain('A Bill to make provision about examples');
  expect(text).toContain('Committee stage, House of Commons Expected on 24 November 2026, today');
});

step('its sittings stand together, and each of them can be opened', async () => {
  const run = staff.main.getByRole('listitem').filter({ hasText: 'Each sitting of Report stage' });
  expect((await run.first().innerText()).replaceAll(/\s+/g, ' ')).toContain(
    'Report stage, House of Commons 2 sittings, 25 November 2026 to 26 November 2026',
  );
  await run.first().getByText('Each sitting').click();
  await staff.main.getByRole('heading', { name: 'Report stage, House of Commons, sitting 2 of 2' }).waitFor();
});

step('its papers and news are read', async () => {
  await staff.follow('All publications');
  const text = await staff.read();
  expect(text).toContain('Example paper 1 Publication, seen 24 November 2026');
  expect(text).toContain('Example news 1 News');
});

step('a sitting that Parliament moves is moved when it is read again, and the former day stays', async () => {
  report!.stageSittings![1]!.date = '2026-12-10T00:00:00';
  await openSources('Example (Safety) Bill');
  await staff.press(/^Read it now/);
  expect(await staff.read()).toContain('It was read: 1 milestone changed.');
  await staff.follow('Example (Safety) Bill');
  await staff.main.getByText('Each sitting of Report stage, House of Commons').click();
  expect(await staff.read()).toContain(
    'Report stage, House of Commons, sitting 2 of 2 Expected on 10 December 2026, in 16 days It has moved once: first expected on 26 November 2026.',
  );
});

const differs = (theirs: string) =>
  `The source differs on when it is expected: it says ${theirs}, a person wrote 3 December 2026.`;

step(
  'where a person wrote another day than Parliament, both stand there until somebody decides',
  async () => {
    await staff.follow('Edit Committee stage, House of Commons');
    await staff.fillIn({ 'Expected on': '2026-12-03', Note: 'Their office said so by telephone.' });
    await staff.press('Save the milestone');
    expect(await staff.read()).toContain(differs('24 November 2026'));
    await staff.press(/^Keep ours/);
    expect(await staff.read()).not.toContain('The source differs');
  },
);

step(
  'Parliament says something else again: it asks once more, and this time Parliament is believed',
  async () => {
    committee!.stageSittings![0]!.date = '2026-12-08T00:00:00';
    await openSources('Example (Safety) Bill');
    await staff.press(/^Read it now/);
    await staff.follow('Example (Safety) Bill');
    expect(await staff.read()).toContain(differs('8 December 2026'));
    await staff.press(/^Take what the source says/);
    const text = await staff.read();
    expect(text).not.toContain('The source differs');
    expect(text).toContain(
      'Committee stage, House of Commons Expected on 8 December 2026, in 14 days It has moved 2 times: first expected on 24 November 2026, then on 3 December 2026.',
    );
  },
);

step('an EU law is written down, with a milestone known to the quarter, its source and a file', async () => {
  await staff.follow('Legislation');
  await staff.follow('New track');
  await staff.press('Save the track');
  expect(await staff.read()).toContain('Choose the procedure it follows.');
  await staff.fillIn({
    Title: 'The Example Regulation',
    'Whose law it is': 'European Union',
    Procedure: 'EU ordinary legislative procedure',
    Reference: '2026/0001(COD)',
    'What it would do, and where it stands': 'An inner thought of ours.',
  });
  await staff.press('Save the track');
  await staff.follow(/^Add the first/);
  await staff.fillIn({
    'What happens': 'The plenary votes',
    Stage: 'Position of Parliament, plenary',
    'Expected on': '2027-02-10',
    'How exactly that is known': 'some time in this quarter',
    Source: 'https://parliament.example.org/agenda',
    Note: 'A note of ours.',
  });
  await staff.field('Evidence').setInputFiles(aFile('agenda.txt', 'Plenary: early in 2027.'));
  await staff.press('Save the milestone');
  const text = await staff.read();
  expect(text).toContain('The plenary votes Expected in the first quarter of 2027');
  expect(text).toContain('seen on 24 November 2026 · entered by Stef Example');
  const [download] = await Promise.all([
    staff.page.waitForEvent('download'),
    staff.main.getByRole('link', { name: 'agenda.txt' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('agenda.txt');
});

step('it is put off, and both the law and the picture of all laws say since when', async () => {
  await staff.follow('Edit The plenary votes');
  expect(await staff.read()).toContain('Evidence so far: agenda.txt');
  await staff.fillIn({ 'Expected on': '2027-05-10' });
  await staff.press('Save the milestone');
  expect(await staff.read()).toContain(
    'Expected in the second quarter of 2027 It has moved once: first expected in the first quarter of 2027.',
  );
  await staff.follow('Legislation');
  expect(await staff.read()).toContain(
    'The plenary votes (Position of Parliament, plenary): the second quarter of 2027, moved once: first expected in the first quarter of 2027',
  );
  expect(await staff.main.locator('.wide .slip').filter({ visible: true }).count()).toBe(2);
});

step('what should have happened is asked about, and marked as happened', async () => {
  await openLaw('The Example Regulation');
  await staff.follow('Add a milestone');
  await staff.fillIn({
    'What happens': 'The ministers agree',
    Stage: 'General approach of the Council',
    'Expected on': '2026-11-20',
  });
  await staff.press('Save the milestone');
  expect(await staff.read()).toContain('it should have happened: check');
  await staff.fillIn({ 'Day it happened: The ministers agree': '2026-11-25' });
  await staff.press(/^Mark as happened/);
  expect(await staff.read()).toContain('That day is still to come.');
  await staff.fillIn({ 'Day it happened: The ministers agree': '2026-11-23' });
  await staff.press(/^Mark as happened/);
  expect(await staff.read()).toContain('The ministers agree 23 November 2026 (expected on 20 November 2026)');
});

const header = 'stage,title,on,happened,link,id';

step('of a table with a wrong row nothing is taken, and each mistake is named', async () => {
  await staff.follow('Sources');
  const wrong = `${header}\ncommittee,Vote in committee,2026-12-10\ntrilogue,First trilogue,soon\nparty,A party,2027\n`;
  await staff.field('File').setInputFiles(aFile('dates.csv', wrong));
  await staff.press('Read this file');
  const text = await staff.read();
  expect(text).toContain('Row 3: “soon” is no date that can be read.');
  expect(text).toContain('Row 4: There is no stage “party”.');
  expect(text).toContain('Nothing is read by itself yet.');
});

step('the corrected table is taken', async () => {
  const right = `${header}\ncommittee,Vote in committee,2026-12-10\ntrilogue,First trilogue,2027-Q3\n`;
  await staff.field('File').setInputFiles(aFile('dates.csv', right));
  await staff.press('Read this file');
  expect(await staff.read()).toContain('It was read: 2 new milestones.');
  await staff.press(/^Take it off this list/);
  expect(await staff.read()).toContain('What came from it stays.');
  await staff.follow('The Example Regulation');
  expect(await staff.read()).toContain('First trilogue Expected in the third quarter of 2027');
});

step('a partner reads where both laws stand and what moved, and nothing else of them', async () => {
  const campaign = await aCampaign({ title: 'An open letter to example platforms' });
  const { email } = await aUser({ role: 'partner', campaigns: [campaign._id] });
  const partner = await browser.open(site.url);
  await partner.goTo('/sign-in');
  await partner.signIn(email, PASSWORD);
  await partner.follow('An open letter to example platforms');
  const text = await partner.read();
  for (const shown of [
    'The Example Regulation',
    'In progress',
    'Had been expected in the first quarter of 2027.',
    '23 November 2026: The ministers agree',
    'Example (Safety) Bill',
    'Had been expected on 24 November 2026, then on 3 December 2026.',
    '2 sittings',
    'Report stage, House of Commons, sitting 2 of 2 Had been expected on 26 November 2026.',
  ])
    expect(text).toContain(shown);
  const html = await partner.page.content();
  for (const hidden of ['inner thought', 'A note of ours', 'by telephone', 'Stef Example', 'agenda.txt'])
    expect(html).not.toContain(hidden);
  await partner.goTo('/legislation');
  expect(await partner.read()).toContain('Your account does not open this page.');
  await partner.leave();
});
