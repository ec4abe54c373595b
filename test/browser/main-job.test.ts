import { afterAll, beforeAll, expect } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { firstAdministrator } from '../../src/users/first-administrator.js';
import { schedule } from '../../jobs/schedule.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { anEntry, anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import type { Person } from '../support/person.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { step } from '../support/walk.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

let sink: Sink;
let site: TestSite;
let admin: Person;
let staff: Person;
let partner: Person;

beforeAll(async () => {
  sink = await startSink();
  site = await startSite({ smtpUrl: sink.url, now: '2026-11-24T12:00:00Z' });
});

afterAll(async () => {
  await site.close();
  await sink.close();
});

const password = 'three fictional words';
const twice = { 'New password': password, 'The same password again': password };
const run = (job: string) => schedule[job]!.run(site.deps);
const mailTo = (address: string) => sink.messages.filter(({ to }) => to.includes(address));
const linkFor = (address: string) =>
  /http:\S+\/invitations\/\S+/.exec(mailTo(address).at(-1)!.mail.text!)![0];

step('the first administrator sets up the house from the link that the start prints', async () => {
  const line = await firstAdministrator({ BASE_URL: site.url }, site.clock.now());
  admin = await browser.open(site.url);
  await admin.goTo(/http\S+/.exec(line)![0]);
  await admin.fillIn({ 'Your name': 'Ada Example', 'Your email address': 'ada@example.org', ...twice });
  await admin.press('Create the account');
  await admin.signIn('ada@example.org', password);
  expect(await admin.read()).toContain('There is no campaign yet.');
});

step('a colleague is invited by mail, chooses a password and signs in', async () => {
  await admin.follow('People');
  await admin.follow('Invite somebody');
  await admin.press('Send the invitation');
  expect(await admin.read()).toContain('Enter an email address.');
  await admin.fillIn({
    Name: 'Stef Example',
    'Email address': 'stef@example.org',
    'May do': 'Campaign staff',
  });
  await admin.tick('May approve follow-ups');
  await admin.press('Send the invitation');
  staff = await browser.open(site.url);
  await staff.goTo(linkFor('stef@example.org'));
  await staff.fillIn(twice);
  await staff.press('Set the password');
  await staff.signIn('stef@example.org', password);
});

step('staff write down the campaign', async () => {
  await staff.follow('Campaigns');
  await staff.follow('New campaign');
  await staff.fillIn({
    Title: 'An open letter to example platforms',
    'The letter': 'Dear all,\n\nplease **answer** in writing.',
    'What it asks': 'Answer the letter\nIn writing.\n\nPublish an assessment',
    Owner: 'Stef Example',
    'An answer is late after so many working days': '14',
    'And very late after': '30',
  });
  await staff.press('Save the campaign');
  expect(await staff.read()).toContain(
    'Late 14 working days after the letter reached them, very late after 30',
  );
});

step('an organisation has an office, a holder, and becomes a recipient', async () => {
  await staff.follow('Organisations');
  await staff.follow('New organisation');
  await staff.fillIn({ Name: 'Example Platform', Kind: 'Company', Website: 'https://example.org' });
  await staff.press('Save the organisation');
  await staff.follow('Add an office');
  await staff.fillIn({
    Office: 'Chief executive',
    'Email address': 'office@platform.example.org',
    'Time zone of the office': 'America/New York',
    Notes: 'A secret of the office.',
  });
  await staff.press('Save the office');
  await staff.follow(/^Name who holds it/);
  await staff.fillIn({ Name: 'Kim Invented', 'How a mail to them begins': 'Dear Kim Invented' });
  await staff.press('Save');
  await staff.follow('Campaigns');
  await staff.follow('An open letter to example platforms');
  await staff.follow('Recipients');
  await staff.follow('Add recipients');
  await staff.fillIn({ 'Find an organisation or office': 'example pl' });
  await staff.press('Find');
  await staff.tick('Example Platform: Chief executive');
  await staff.press('Add the ticked offices');
  expect(await staff.read()).toContain('Not sent');
});

/** Beside the one that is walked through, somebody who does not answer. */
async function aSilentRecipient(): Promise<void> {
  const campaign = (await Campaign.findOne().lean())!._id;
  const organisation = (await anOrganisation({ name: 'Silent Example' }))._id;
  const recipient = (await aRecipient({ campaign, office: (await anOffice({ organisation }))._id }))._id;
  await anEntry({ recipient, kind: 'letter', occurredAt: new Date('2026-11-02T12:00:00Z') });
}

const openRecipient = async (person: Person, organisation: string) => {
  await person.follow('Campaigns');
  await person.follow('An open letter to example platforms');
  await person.follow('Recipients');
  await person.follow(organisation);
};

step('the letter is logged', async () => {
  await aSilentRecipient();
  await openRecipient(staff, 'Example Platform');
  await staff.follow('Log it');
  await staff.fillIn({
    From: 'From us',
    Day: '2026-11-02',
    'What was said': 'The letter went by post and by email.',
  });
  await staff.press('Log it');
  const text = await staff.read();
  expect(text).toContain('Sent, silent Late');
  expect(text).toContain('Letter from us 2 November 2026');
});

step('a template is written, and a field nobody knows is named', async () => {
  await staff.follow('Campaigns');
  await staff.follow('An open letter to example platforms');
  await staff.follow('Templates');
  await staff.follow('New template');
  const body =
    '{{ salutation }},\n\nour letter reached you {{ last_contact }}. It asks:\n\n{{ asks }}\n\nWe look forward to your answer.\n\n{{ sender }}';
  await staff.fillIn({
    'Name of the template': 'A reminder',
    Subject: 'Our letter to {{ organization }}',
    Text: body,
  });
  await staff.press('Save the template');
  expect(await staff.read()).toContain('organization');
  await staff.fillIn({ Subject: 'Our letter to {{ organisation }}' });
  await staff.press('Save the template');
  expect(await staff.read()).toContain('Dear Kim Invented, our letter reached you on 2 November 2026.');
  await staff.follow('Check it for all recipients');
  expect(await staff.read()).toContain('2 of 2 can be sent as it is.');
  await staff.follow('A reminder');
  await staff.follow('Version 1');
});

step('two follow-ups are planned from it, and one is approved as it will leave', async () => {
  for (const [day, time] of [
    ['2026-11-24', '10:00'],
    ['2026-12-01', '10:00'],
  ] as const) {
    await openRecipient(staff, 'Example Platform');
    await staff.follow('Plan a follow-up');
    await staff.press('Use it');
    await staff.fillIn({ Day: day, Time: time });
    await staff.press('Plan it and show how it will leave');
    const text = await staff.read();
    expect(text).toContain('Our letter to Example Platform');
    expect(text).toContain(
      'Dear Kim Invented, our letter reached you on 2 November 2026. It asks: 1. Answer the letter',
    );
    expect(text).toContain('Kim Invented <office@platform.example.org>');
  }
  await staff.press('Approve exactly this');
  expect(await staff.read()).toContain('Approved. What becomes of it when it is due stands below.');
});

step('the other one is read and approved on the page of all that wait', async () => {
  await staff.follow('Campaigns');
  await staff.follow('An open letter to example platforms');
  await staff.follow('Read and approve');
  expect(await staff.read()).toContain('Dear Kim Invented, our letter reached you on 2 November 2026.');
  await staff.press('Approve the ticked messages');
  expect(await staff.read()).toContain('Tick the messages that you have read and approve.');
  await staff.tick(
    'Approve the message to Example Platform, Chief executive: Our letter to Example Platform',
  );
  await staff.press('Approve the ticked messages');
  expect(await staff.read()).toContain('One message is approved.');
});

step('an administrator switches the campaign live', async () => {
  await admin.follow('Campaigns');
  await admin.follow('An open letter to example platforms');
  await admin.follow('See what would leave, and switch it live');
  expect(await admin.read()).toContain('The gate lets it go');
  await admin.press('Switch this campaign live');
  expect(await admin.read()).toContain('Live since 24 November 2026, 12:00');
});

step('the follow-up leaves when it is due in their zone, not a minute before, and once', async () => {
  site.clock.set('2026-11-24T14:59:59Z');
  expect(await run('send-due')).toBe('No follow-up is due.');
  site.clock.set('2026-11-24T15:00:30Z');
  expect(await run('send-due')).toBe('Follow-ups: 1 sent.');
  expect(await run('send-due')).toBe('No follow-up is due.');
  const [arrived, ...more] = mailTo('office@platform.example.org');
  expect(more).toEqual([]);
  expect(arrived!.mail.subject).toBe('Our letter to Example Platform');
  expect(arrived!.mail.text).toContain('Dear Kim Invented,\n\nour letter reached you on 2 November 2026.');
  await openRecipient(staff, 'Example Platform');
  expect(await staff.read()).toContain(
    'Email from us 24 November 2026, 15:00 (24 November 2026, 10:00 in America/New York (GMT-5))',
  );
});

step('a logged reply cancels the other follow-up, with the reason', async () => {
  site.clock.set('2026-11-24T16:00:00Z');
  await staff.logReply('A confidential answer.', '15:45');
  const text = await staff.read();
  expect(text).toContain('Logged. One planned follow-up is cancelled, because they answered.');
  expect(text).toContain('They answered: email logged in the history.');
  expect(text).toContain('Sent, replied');
  await staff.follow('Correct Email from them: reply');
  await staff.follow('Go back without saving');
  await staff.follow('Follow-ups');
});

step('a law is followed and a milestone marked as happened', async () => {
  await staff.follow('Legislation');
  await staff.follow('New track');
  await staff.fillIn({
    Title: 'The Example Safety Act',
    'Whose law it is': 'Exampleland',
    Reference: 'EX/2026',
    Procedure: 'Another procedure, with stages of its own',
  });
  await staff.press('Save the track');
  await staff.follow(/Add a milestone/);
  await staff.fillIn({ 'What happens': 'The peers vote', Stage: 'Final vote', 'Expected on': '2026-11-20' });
  await staff.press('Save the milestone');
  expect(await staff.read()).toContain('it should have happened');
  await staff.fillIn({ 'Day it happened: The peers vote': '2026-11-19' });
  await staff.press(/^Mark as happened/);
  expect(await staff.read()).toContain('19 November 2026 (expected on 20 November 2026)');
  await staff.follow('Legislation');
});

step('the next morning one mail says what is late, however often the job runs', async () => {
  site.clock.set('2026-11-25T07:59:00Z');
  await run('send-reminders');
  expect(mailTo('stef@example.org')).toHaveLength(1);
  site.clock.set('2026-11-25T08:00:00Z');
  await run('send-reminders');
  await run('send-reminders');
  const [, reminder, ...more] = mailTo('stef@example.org');
  expect(more).toEqual([]);
  expect(reminder!.mail.text).toContain('Silent Example');
  expect(reminder!.mail.text).not.toContain('Example Platform');
});

step('a partner is invited and sees where it stands, and no texts, notes or addresses', async () => {
  await admin.follow('People');
  await admin.follow('Invite somebody');
  await admin.fillIn({
    Name: 'Pat Example',
    'Email address': 'pat@example.org',
    'May do': 'Coalition partner',
  });
  await admin.tick('An open letter to example platforms');
  await admin.press('Send the invitation');
  partner = await browser.open(site.url);
  await partner.goTo(linkFor('pat@example.org'));
  await partner.fillIn(twice);
  await partner.press('Set the password');
  await partner.signIn('pat@example.org', password);
  await partner.follow('An open letter to example platforms');
  const text = await partner.read();
  for (const shown of [
    'Example Platform',
    'Replied',
    'Silent Example',
    'Late',
    '24 November 2026',
    'The peers vote',
  ])
    expect(text).toContain(shown);
  const html = await partner.page.content();
  for (const secret of [
    'confidential',
    'secret of the office',
    '@platform.example.org',
    'went by post',
    'We look forward',
  ])
    expect(html).not.toContain(secret);
  await partner.goTo('/campaigns');
  expect(await partner.read()).toContain('Your account does not open this page.');
  await partner.follow(/Pat Example/);
});

step('somebody is written down as not to be contacted, and that is lifted again', async () => {
  await staff.follow('Follow-ups');
  await staff.follow('Do not contact');
  await staff.follow('Write somebody down');
  await staff.press('Write it down');
  expect(await staff.read()).toContain('Please check');
  await staff.fillIn({
    'Address, domain or name': 'press@silent.example.org',
    Why: 'They asked us to stop.',
    'Who asked, or where it is known from': 'Their press office, by telephone',
  });
  await staff.press('Write it down');
  expect(await staff.read()).toContain('They asked us to stop.');
  await staff.follow('Do not contact');
  await staff.follow('press@silent.example.org');
  await staff.fillIn({ 'Why they may be written to again': 'They asked us to write again.' });
  await staff.press('Lift it');
  expect(await staff.read()).toContain('Why it was lifted They asked us to write again.');
  await staff.goTo('/suppressions?list=over');
  expect(await staff.read()).toContain('press@silent.example.org');
});

step('whoever has not even acknowledged the letter is seen, with how that was found', async () => {
  await staff.follow('Campaigns');
  await staff.follow('An open letter to example platforms');
  await staff.follow('Edit');
  await staff.fillIn({
    'An answer is late after so many working days': '',
    'And very late after': '',
    'An acknowledgement is expected within so many working days of the first letter': '5',
  });
  await staff.press('Save the campaign');
  await staff.follow('See whose is missing');
  const listed = await staff.read();
  expect(listed).toContain('Silent Example');
  expect(listed).toContain('No acknowledgement');
  expect(listed).not.toContain('Example Platform');
  await staff.follow('Silent Example');
  expect(await staff.read()).toContain(
    'No acknowledgement It was expected by 9 November 2026. Written to on 2 November 2026; 5 working days in New York end on 9 November 2026.',
  );
  await staff.follow('Today');
  expect(await staff.read()).toContain('Not even acknowledged: chase them 1 Silent Example');
});

step('the first page says what needs somebody, where each recipient stands, and draws it', async () => {
  await staff.follow('Today');
  const text = await staff.read();
  expect(text).toContain('Silent Example');
  expect(text).toContain('Outreach and milestones over time');
  const picture = staff.page
    .getByRole('img', { name: 'Outreach and milestones over time' })
    .filter({ visible: true });
  expect(await picture.count()).toBe(1);
  expect(await staff.page.getByRole('region', { name: 'Recipients' }).isVisible()).toBe(true);
  await staff.follow('Outbox');
  await staff.goTo('/no-such-page');
  await staff.press('Sign out');
  expect(await staff.read()).toContain('Forgotten your password?');
  await staff.follow('Forgotten your password?');
});
