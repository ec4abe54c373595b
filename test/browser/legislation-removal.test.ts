import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, PASSWORD } from '../support/factories.js';
import { tabTo } from '../support/keyboard.js';
import { startSite, type TestSite } from '../support/site.js';
import { aTrack, aTrigger } from '../support/triggers.js';

useDatabase();
const browser = useBrowser();

let site: TestSite;
let email: string;
let track: TrackRecord;
beforeEach(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  ({ email } = await aUser({ name: 'Ana Example' }));
  track = await aTrack({}, [{ title: 'Third reading', stage: 'final vote', happenedOn: '2026-11-20' }]);
});
afterEach(() => site.close());

const home = () => `/tracks/${String(track._id)}`;
const titles = async () => {
  const { milestones, removedMilestones } = (await Track.findById(track._id).lean<TrackRecord>())!;
  return [milestones, removedMilestones ?? []].map((list) => list.map(({ title }) => title));
};

test('a milestone is removed for a reason and put back, and then the whole law', async () => {
  const { goTo, signIn, follow, press, fillIn, read, page, leave } = await browser.open(site.url);
  await page.goto(home());
  await signIn(email, PASSWORD);
  await follow('Remove Third reading');
  expect(await read()).toContain('It is marked as having happened, on 20 November 2026');
  await press('Remove the milestone');
  expect(await read()).toContain('Say in a sentence why it is removed');
  await fillIn({ 'Why it is removed': 'Entered twice.' });
  await press('Remove the milestone');
  expect(await titles()).toEqual([['Report stage'], ['Third reading']]);
  await page.getByText('1 removed milestone').click();
  expect(await read()).toContain('Entered twice. Removed by Ana Example, 24 November 2026');
  await press(/^Put it back/);
  expect(await titles()).toEqual([['Report stage', 'Third reading'], []]);
  await follow('Remove this law');
  await fillIn({ 'Why it is removed': 'It is the wrong law.' });
  await press('Remove the law');
  await page.getByText('1 removed law').click();
  await follow(track.title);
  expect(await read()).toContain('This law was removed by Ana Example');
  await press('Put it back');
  expect(await read()).toContain('The law is put back, with its milestones and its sources.');
  await goTo(home());
  await leave();
}, 120_000);

test('with script switched off it is refused without a reason, and removed with one', async () => {
  const { page, field, read, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(`${home()}/milestones/${String(track.milestones[1]!._id)}/removal`);
  await field('Email address').fill(email);
  await field('Password').fill(PASSWORD);
  await press('Sign in');
  await press('Remove the milestone');
  expect(await read()).toContain('Nothing has been removed.');
  await field('Why it is removed').fill('Entered twice.');
  await press('Remove the milestone');
  await page.getByText('1 removed milestone').click();
  await press(/^Put it back/);
  expect(await read()).toContain('The milestone is put back.');
  expect(await titles()).toEqual([['Report stage', 'Third reading'], []]);
  await leave();
}, 60_000);

test('with the keyboard alone it is read what a milestone is needed for, and another one is removed', async () => {
  const campaign = await aCampaign();
  await aTrigger({ track: track._id, campaign: campaign._id, effect: 'show notice', text: 'Look there' });
  const { page, field, goTo, read, signIn, leave } = await browser.open(site.url);
  await page.goto(home());
  await signIn(email, PASSWORD);
  const enter = async (role: 'button' | 'link', name: string) => {
    await tabTo(page, page.getByRole(role, { name, exact: true }).first());
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
  };
  await enter('link', 'Remove Report stage');
  await page.waitForURL('**/removal');
  await goTo(page.url());
  expect(await read()).toContain('It cannot be removed while something depends on it');
  await enter('link', 'Go back, and remove nothing');
  await page.waitForURL('**#milestone-*');
  await enter('link', 'Remove Third reading');
  await tabTo(page, field('Why it is removed'));
  await page.keyboard.type('Entered twice.');
  await enter('button', 'Remove the milestone');
  await page.getByText('is removed. It is kept at the end of this page').waitFor();
  expect(await titles()).toEqual([['Report stage'], ['Third reading']]);
  await leave();
}, 120_000);
