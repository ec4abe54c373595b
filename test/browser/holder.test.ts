import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OfficeRecord } from '../../src/organisations/office.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anEntry, anOffice, aRecipient, aUser, PASSWORD } from '../support/factories.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

let site: TestSite;
let person: Person;
let office: OfficeRecord;
let recipient: string;
beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const { email } = await aUser();
  office = await anOffice({ email: 'kim.invented@example.org' });
  const { _id } = await aRecipient({ office: office._id });
  recipient = `/recipients/${String(_id)}`;
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date('2026-11-20T12:00:00Z') });
  await aFollowUp({ recipient: _id });
  person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(email, PASSWORD);
}, 60_000);

afterAll(() => site.close());

// accessibility is checked on every page that is come to, narrow and wide
test('somebody takes over, is confirmed, and leaves the office vacant, on pages that everybody can use', async () => {
  await person.goTo(`/organisations/${String(office.organisation)}`);
  await person.follow(/^Somebody takes over/);
  await person.press('Save');
  await person.fillIn({
    Name: 'Sam Follower',
    'How a mail to them begins': 'Dear Sam Follower',
    'First day in the office': '2026-11-23',
  });
  await person.press('Save');
  expect(await person.read()).toContain('The address looks as if it were the own one of Kim Invented');

  await person.goTo('/');
  await person.goTo('/today/holders');
  await person.goTo(recipient);
  expect(await person.read()).toContain('From 23 November 2026 Sam Follower holds the office');
  await person.follow('Confirm the address and how a mail to them begins');
  await person.fillIn({ 'Email address of the office': '' });
  await person.press('Both are right: confirm');
  await person.fillIn({ 'Email address of the office': 'chief@example.org' });
  await person.press('Both are right: confirm');
  expect(await person.read()).toContain('chief@example.org');

  await person.follow(/^It becomes vacant/);
  await person.fillIn({ 'Vacant from': '2026-11-23' });
  await person.press('Save');
  await person.fillIn({ 'Vacant from': '2026-11-24' });
  await person.press('Save');
  await person.goTo(recipient);
  expect(await person.read()).toContain('The office is vacant from 24 November 2026 (before: Sam Follower)');
}, 120_000);
