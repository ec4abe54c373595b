import { afterAll, expect, test } from '@jest/globals';
import { Track } from '../../src/legislation/track.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { anEntry, aRecipient, aUser, NOW, PASSWORD } from '../support/factories.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

let site: TestSite;
afterAll(() => site.close());

// accessibility is checked on every page that is come to, narrow and wide
test('between what was said to a recipient stands what parliament did, and leads to the milestone', async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const { email } = await aUser();
  const { _id } = await aRecipient();
  for (const day of ['2026-10-01', '2026-11-20'])
    await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date(`${day}T12:00:00Z`) });
  const sittings = ['2026-10-06', '2026-10-08', '2026-10-13'].map((happenedOn) => ({
    title: 'A sitting',
    stage: 'commons committee',
    happenedOn,
  }));
  await Track.create({
    title: 'A bill to make platforms answer to everybody who asks them a question in writing',
    shortTitle: 'Answering Bill',
    jurisdiction: 'Utopia',
    procedure: 'uk bill',
    createdAt: NOW,
    milestones: [...sittings, { title: 'Royal Assent', stage: 'royal assent', happenedOn: '2026-11-23' }],
  });
  const person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(email, PASSWORD);
  await person.goTo(`/recipients/${String(_id)}`);
  const words = await person.read();
  expect(words).toContain('Legislation: Royal Assent, Answering Bill, 23 November 2026');
  expect(words).toContain(
    'Legislation: Committee stage, House of Commons, Answering Bill, 3 sittings, 6 to 13 October 2026',
  );
  await person.follow('Royal Assent');
  expect(await person.read()).toContain('A bill to make platforms answer');
});
