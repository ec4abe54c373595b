import { afterAll, beforeAll, expect } from '@jest/globals';
import { schedule } from '../../jobs/schedule.js';
import { Template, type TemplateRecord } from '../../src/follow-ups/template.model.js';
import { createTemplate } from '../../src/follow-ups/templates.js';
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
import { startSink, type Sink } from '../support/smtp-sink.js';
import { step } from '../support/walk.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

const EMAIL = 'stef@example.org';
const TITLE = 'An open letter to example platforms';
let sink: Sink;
let site: TestSite;
let staff: Person;
/** the page of the recipient who is written to */
let written: string;

/** A campaign that is live, and two recipients in New York who got the letter on Monday. */
beforeAll(async () => {
  sink = await startSink();
  site = await startSite({ smtpUrl: sink.url, now: '2026-11-24T12:00:00Z' });
  const campaign = (await aCampaign({ title: TITLE, liveSince: site.clock.now() }))._id;
  for (const name of ['Example Platform', 'Silent Example']) {
    const organisation = (await anOrganisation({ name }))._id;
    const holders =
      name === 'Silent Example' ? [] : [{ name: 'Kim Invented', salutation: 'Dear Kim Invented' }];
    const office = (
      await anOffice({ organisation, country: 'US', holders, email: 'office@platform.example.org' })
    )._id;
    const recipient = (await aRecipient({ campaign, office }))._id;
    written ??= `/recipients/${String(recipient)}`;
    await anEntry({ recipient, kind: 'letter', occurredAt: new Date('2026-11-23T15:00:00Z') });
  }
  await aUser({ name: 'Stef Example', email: EMAIL });
  staff = await browser.open(site.url);
  await staff.goTo('/sign-in');
  await staff.signIn(EMAIL, PASSWORD);
}, 60_000);

afterAll(async () => {
  await site.close();
  await sink.close();
});

const sweep = () => schedule['send-due']!.run(site.deps);
const openCadences = async () => {
  await staff.follow('Campaigns');
  await staff.follow(TITLE);
  await staff.follow('Cadences');
};
const openRecipient = () => staff.goTo(written);
const approveStep = async (subject: string) => {
  await openRecipient();
  await staff.follow(subject);
  await staff.press('Approve exactly this');
  expect(await staff.read()).toContain('Approved. What becomes of it when it is due stands below');
};

const aTemplate = (name: string, words: string) => ({
  name,
  subject: 'Our letter to {{ organisation }}',
  body: `{{ salutation }},\n\n${words}\n\n{{ sender }}`,
  version: 0,
});

step('there is nothing to make a cadence of until a template is written', async () => {
  await openCadences();
  await staff.follow('Write the first');
  await staff.follow('Write a template first');
  const { name, subject, body } = aTemplate('A reminder', 'we wrote to you {{ last_contact }}.');
  await staff.fillIn({ 'Name of the template': name, Subject: subject, Text: body });
  await staff.press('Save the template');
  const { campaign, savedBy: by } = (await Template.findOne().lean<TemplateRecord>())!;
  for (const more of [
    aTemplate('Another reminder', 'we have not heard from you.'),
    aTemplate('The last reminder', 'we shall say in public that you did not answer.'),
  ])
    await createTemplate(campaign, more, { by: by!, now: site.clock.now() });
});

step('a cadence of three steps is written; a step without its gap is named', async () => {
  await openCadences();
  await staff.follow('New cadence');
  const fill = async (n: number, template: string, gap: string) => {
    const group = staff.main.getByRole('group', { name: `Step ${n}`, exact: true });
    await group.getByLabel('Template').selectOption({ label: template });
    await group.getByLabel(/^Working days after/).fill(gap);
  };
  await staff.fillIn({ Name: 'Three reminders' });
  await fill(1, 'A reminder', '2');
  await fill(2, 'Another reminder', '');
  await fill(3, 'The last reminder', '5');
  await staff.press('Save the cadence');
  expect(await staff.read()).toContain(': enter after how many working days, from 1 to 120.');
  await fill(2, 'Another reminder', '3');
  await staff.press('Save the cadence');
  const text = await staff.read();
  expect(text).toContain('Step 3: The last reminder, 5 working days after step 2');
  expect(text).toContain('It has been started for nobody yet.');
});

step('every date is seen before anything is planned, with who is left out and why', async () => {
  await staff.follow('See every date, then start it');
  const text = await staff.read();
  expect(text).toContain('It can be started for 1 of 2 recipients.');
  expect(text).toContain('Nobody is named as holding the office.');
  expect(text).toContain('25 November 2026, 15:00 (25 November 2026, 10:00 in America/New York (GMT-5))');
  expect(text).toContain('without 26 November 2026 (Thanksgiving Day), a holiday there');
  await staff.press('Start it for the ticked recipients');
  expect(await staff.read()).toContain('Tick at least one recipient.');
});

step('it is started for one, after the mails were read', async () => {
  await openRecipient();
  await staff.follow('Start a cadence');
  await staff.follow('Three reminders');
  const text = await staff.read();
  expect(text).toContain('Dear Kim Invented, we wrote to you on 23 November 2026. Stef Example');
  expect(text).toContain('Subject: Re: Our letter to Example Platform');
  await staff.press('Start it');
  await staff.page.getByRole('heading', { name: 'Started' }).waitFor();
  expect(await staff.read()).toContain('It is planned for 1 recipient. The mails wait for approval');
  await staff.follow('Three reminders');
  expect(await staff.read()).toContain('Waits for approval: 1');
  await openRecipient();
  expect(await staff.read()).toContain('Step 3: Re: Our letter to Example Platform Waits for approval');
});

step('the first two steps are approved', async () => {
  await approveStep('Our letter to Example Platform');
  await approveStep('Re: Our letter to Example Platform');
  await openRecipient();
  const text = await staff.read();
  expect(text).toContain('Step 2: Re: Our letter to Example Platform Approved 1 December 2026');
});

step('step 1 leaves late, and step 2 moves on from the day on which it went', async () => {
  site.clock.set('2026-11-25T14:59:00Z');
  expect(await sweep()).toBe('No follow-up is due.');
  site.clock.set('2026-11-26T14:30:00Z');
  expect(await sweep()).toBe('Follow-ups: 1 sent.');
  expect(await sweep()).toBe('No follow-up is due.');
  expect(sink.messages.map(({ mail, to }) => [mail.subject, to])).toEqual([
    ['Our letter to Example Platform', ['office@platform.example.org']],
  ]);
  await openRecipient();
  const text = await staff.read();
  expect(text).toContain('Step 1: Our letter to Example Platform Sent 26 November 2026, 14:30');
  expect(text).toContain('Step 2: Re: Our letter to Example Platform Approved 2 December 2026, 15:00');
  expect(text).toContain('3 working days after step 1 on 26 November 2026');
});

step('step 2 leaves in the thread of step 1', async () => {
  site.clock.set('2026-12-02T15:00:30Z');
  expect(await sweep()).toBe('Follow-ups: 1 sent.');
  const [first, second, ...more] = sink.messages.map(({ mail }) => mail);
  expect(more).toEqual([]);
  expect(second!.subject).toBe('Re: Our letter to Example Platform');
  expect(second!.text).toContain('we have not heard from you.');
  expect(second!.inReplyTo).toBe(first!.messageId);
  expect([second!.references].flat()).toEqual([first!.messageId]);
  await openRecipient();
  expect(await staff.read()).toContain(
    'Step 3: Re: Our letter to Example Platform Waits for approval 9 December 2026',
  );
});

step('a reply is logged: step 3 is cancelled, and the page says why', async () => {
  site.clock.set('2026-12-03T16:00:00Z');
  await staff.logReply('They will publish an assessment.', '15:45');
  const text = await staff.read();
  expect(text).toContain('One planned follow-up is cancelled, because they answered.');
  expect(text).toContain('Cancelled 9 December 2026');
  expect(text).toContain('They answered: email logged in the history.');
});

step('nothing more leaves, and the cadence is not started for them again', async () => {
  site.clock.set('2026-12-09T16:00:00Z');
  expect(await sweep()).toBe('No follow-up is due.');
  site.clock.set('2027-01-20T16:00:00Z');
  expect(await sweep()).toBe('No follow-up is due.');
  expect(sink.messages).toHaveLength(2);
  await openRecipient();
  // weeks later they sign in once more, and come to the page they wanted
  await staff.signIn(EMAIL, PASSWORD);
  await staff.follow('Start a cadence');
  await staff.follow('Three reminders');
  expect(await staff.read()).toContain('They have answered. A cadence is for those who have not.');
  await openCadences();
  await staff.follow('Three reminders');
  expect(await staff.read()).toContain('Cancelled: 1');
});
