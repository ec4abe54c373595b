import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { run } from '../../jobs/send-due.js';
import { findOffice, findOrganisation } from '../../src/organisations/organisations.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const body = '{{ salutation }},\n\nwe wrote to {{ organisation }}.';

async function correctSalutation({ office: id }: RecipientRecord, salutation: string): Promise<Page> {
  const office = await findOffice(id);
  const { _id, name } = office.holders[0]!;
  const at = `/offices/${String(id)}/holders/${String(_id)}`;
  const answer = await staff.postForm(at, { name, salutation, from: '', until: '' }, `${at}/edit`);
  return staff.get(answer.location!);
}

async function rename({ organisation: id }: RecipientRecord, name: string): Promise<Page> {
  const { kind, website, notes } = await findOrganisation(id);
  const at = `/organisations/${String(id)}`;
  const answer = await staff.postForm(at, { name, kind, website, notes }, `${at}/edit`);
  return staff.get(answer.location!);
}

async function retitle({ office: id }: RecipientRecord, title: string): Promise<Page> {
  const { email, timeZone, country } = await findOffice(id);
  const at = `/offices/${String(id)}`;
  const typed = { title, email, timeZone, country, postalAddress: '', phone: '', notes: '' };
  return staff.get((await staff.postForm(at, typed, `${at}/edit`)).location!);
}

const pageOf = ({ _id }: Pick<FollowUpRecord, '_id'>) => `/follow-ups/${String(_id)}`;

describe('a mail planned by hand', () => {
  test.each([
    ['the salutation', correctSalutation, 'Dear Dr Fiction'],
    ['the name of the organisation', rename, 'Example Platforms of Old'],
    ['the title of the office', retitle, 'Managing director'],
  ])('is held when %s was changed after it was written', async (what, change, words) => {
    const recipient = await aRecipient();
    const followUp = await anApprovedFollowUp(app, { recipient, body });
    expect((await staff.get(pageOf(followUp))).main).toContain('Nothing keeps it from leaving');

    const { main } = await change(recipient, words);
    expect(main).toContain('What was planned by hand with the old words has to be saved again.');
    const sentence = `It was written before ${what} was changed. Save it again, so that it says what is right now.`;
    expect((await staff.get(pageOf(followUp))).main).toContain(sentence);
    app.clock.pass({ hours: 1 });
    expect(await run(app.deps)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons).toEqual([sentence]);
  });

  test('has the new words once it was saved again, and nothing more is asked', async () => {
    const recipient = await aRecipient();
    const followUp = await anApprovedFollowUp(app, { recipient, body });
    await correctSalutation(recipient, 'Dear Dr Fiction');
    const typed = { subject: 'Our letter', body, date: '2026-11-24', time: '10:00' };
    await staff.postForm(pageOf(followUp), typed, `${pageOf(followUp)}/edit`);
    const { text } = await findFollowUp(followUp._id);
    expect(text).toContain('Dear Dr Fiction,');
    expect((await staff.get(pageOf(followUp))).main).not.toContain('It was written before');
  });
});

describe('a cadence', () => {
  test.each([
    ['a corrected salutation', correctSalutation, 'Dear Dr Fiction'],
    ['a new name of the organisation', rename, 'Dear Example'],
  ])('is written anew with %s, and wants approval again', async (_what, change, words) => {
    const { recipient } = await aRunningCadence(app, {
      gaps: [1, 1],
      bodies: [1, 2].map((n) => `${body}\n\nThis is reminder ${n}.`),
    });
    await change(recipient, words);
    const steps = await stepsOf(recipient);
    expect(steps.map(({ state }) => state)).toEqual(['planned', 'planned']);
    for (const step of steps) {
      expect(step.text).toContain(words);
      expect(step.stateReasons.join(' ')).toContain('It wants approval again.');
      expect((await staff.get(pageOf(step))).main).not.toContain('It was written before');
    }
  });

  test('whose words do not change stays approved, and nothing is asked', async () => {
    const { recipient } = await aRunningCadence(app, { gaps: [1], bodies: ['Please answer.'] });
    await rename(recipient, 'Example Platforms of Old');
    const [step] = await stepsOf(recipient);
    expect(step!.state).toBe('scheduled');
    expect((await staff.get(pageOf(step!))).main).toContain('Nothing keeps it from leaving');
  });
});

test('a change that no mail has words of leaves what is planned as it is', async () => {
  const { recipient, campaign } = await aRunningCadence(app, { gaps: [1] });
  await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'none' } });
  const before = await stepsOf(recipient);
  const { main } = await correctSalutation(recipient, 'Dear Kim Invented');
  expect(main).not.toContain('saved again');
  expect(await stepsOf(recipient)).toEqual(before);
});
