import { beforeEach, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp({ smtpUrl: 'smtp://127.0.0.1:9' });
  staff = await signInAs(app, 'staff');
});

const typed = {
  title: 'An open letter to example platforms',
  letter: 'Dear all,\n\nplease **answer**.',
  asks: 'Answer\nIn writing, please.\n\nPublish',
  owner: '',
  timeZone: 'Europe/Berlin',
  lateAfter: '20',
  veryLateAfter: '40',
};

test('a new campaign shows its letter, its asks one by one, and that nothing leaves yet', async () => {
  const answer = await staff.postForm('/campaigns', typed, '/campaigns/new');
  expect(answer.status).toBe(302);
  const page = await staff.get(answer.location!);
  expect(page.$('h1').text()).toBe(typed.title);
  expect(page.$('.letter').html()).toContain('please <strong>answer</strong>.');
  expect(
    page
      .$('.asks li')
      .toArray()
      .map((ask) => page.$(ask).text()),
  ).toEqual(['AnswerIn writing, please.', 'Publish']);
  expect(page.main).toContain(
    'Late 20 working days after the letter reached them, very late after 40, on the recipient’s own calendar.',
  );
  expect(page.main).toContain(
    'go to the outbox and nowhere else until an administrator switches the campaign live',
  );
  expect(page.main).toContain('The campaign is saved.');
  expect((await staff.get(answer.location!)).main).not.toContain('The campaign is saved.');
  expect((await staff.get('/campaigns')).main).toContain(typed.title);
});

test('the form of a new campaign suggests who is signed in as its owner', async () => {
  const page = await staff.get('/campaigns/new');
  expect(valueOf(page, 'owner')).toBe(String(staff.user._id));
  expect(valueOf(page, 'timeZone')).toBe('Europe/London');
});

test('a new campaign lets three messages go to one organisation in a day, and so does one from before there was a limit', async () => {
  expect(valueOf(await staff.get('/campaigns/new'), 'mostPerDay')).toBe('3');
  const { location } = await staff.postForm('/campaigns', typed, '/campaigns/new');
  expect((await Campaign.findOne().lean())!.mostPerDay).toBe(3);
  await Campaign.updateOne({}, { $unset: { mostPerDay: 1 } });
  expect((await staff.get(location!)).main).toContain('3 messages to one organisation');
});

test('without any campaign, the list says what to do next', async () => {
  expect((await staff.get('/campaigns')).main).toContain('There is no campaign yet.');
});

test('a wrong campaign comes back with a sentence per field', async () => {
  const wrong = { ...typed, title: '  ', timeZone: 'Mars/Base', lateAfter: '2.5', owner: 'nobody' };
  const page = await staff.postForm('/campaigns', wrong, '/campaigns/new');
  expectMistakes(
    page,
    {
      title: 'Give the campaign a title.',
      owner: 'Choose who owns the campaign.',
      timeZone: 'That is not a time zone. Choose one from the list, for example Europe/London.',
      lateAfter: 'Late: enter a whole number from 1 to 250, or leave it empty.',
    },
    { letter: typed.letter, asks: typed.asks, lateAfter: '2.5' },
  );
  expect(await Campaign.countDocuments()).toBe(0);
});

test('a campaign is edited in place, its asks keep their words', async () => {
  const { _id } = await aCampaign({
    asks: [
      { title: 'One', text: 'first' },
      { title: 'Two', text: '' },
    ] as never,
  });
  const path = `/campaigns/${String(_id)}`;
  const form = await staff.get(`${path}/edit`);
  expect(valueOf(form, 'asks')).toBe('One\nfirst\n\nTwo');
  await staff.postForm(
    path,
    { ...typed, asks: 'One\nfirst\n\nTwo', lateAfter: '', veryLateAfter: '' },
    `${path}/edit`,
  );
  const saved = await Campaign.findById(_id).lean();
  expect(saved).toMatchObject({
    title: typed.title,
    lateAfter: null,
    veryLateAfter: null,
    asks: [
      { title: 'One', text: 'first' },
      { title: 'Two', text: '' },
    ],
  });
  expectMistakes(await staff.postForm(path, { ...typed, title: '' }, `${path}/edit`), {
    title: 'Give the campaign a title.',
  });
});

test('how follow-ups leave is said on the form; who approves them only by an administrator', async () => {
  const campaign = await aCampaign({ window: DEFAULT_WINDOW });
  const path = `/campaigns/${String(campaign._id)}`;
  const sending = {
    fromHour: '8',
    untilHour: '18',
    days: 'every day',
    latestHours: '48',
    mostPerDay: '5',
  };
  const form = await staff.get(`${path}/edit`);
  expect([valueOf(form, 'fromHour'), valueOf(form, 'untilHour'), valueOf(form, 'latestHours')]).toEqual([
    '9',
    '17',
    '24',
  ]);
  expect(form.$('[name=approval]')).toHaveLength(0);
  await staff.postForm(path, { ...typed, ...sending, approval: 'none', approvalDays: '90' }, `${path}/edit`);
  expect(await Campaign.findById(campaign._id).lean()).toMatchObject({
    window: { fromHour: 8, untilHour: 18, everyDay: true },
    latestHours: 48,
    mostPerDay: 5,
    approval: 'one',
    approvalDays: 14,
  });
  const admin = await signInAs(app, 'admin');
  await admin.postForm(
    path,
    { ...typed, ...sending, approval: 'four eyes', approvalDays: '7' },
    `${path}/edit`,
  );
  expect(await Campaign.findById(campaign._id).lean()).toMatchObject({
    approval: 'four eyes',
    approvalDays: 7,
  });
  const { main } = await staff.get(path);
  expect(main).toContain('every day from 8:00 to 18:00, on the recipient’s own clock. Later than 48 hours');
  expect(main).toContain(
    '5 messages to one organisation, and as many to one mail domain, those of other campaigns counted.',
  );
  expect(main).toContain('Somebody other than its author. An approval holds for 7 days.');
});

test.each([
  [{ fromHour: '17', untilHour: '9' }, 'untilHour', 'The last hour has to be later than the first.'],
  [{ latestHours: '0' }, 'latestHours', 'Hours after which it is held: enter a whole number from 1 to 168.'],
  [
    { latestHours: 'soon' },
    'latestHours',
    'Hours after which it is held: enter a whole number from 1 to 168.',
  ],
  [{ mostPerDay: '0' }, 'mostPerDay', 'Most messages in a day: enter a whole number from 1 to 1000.'],
  [{ mostPerDay: '2.5' }, 'mostPerDay', 'Most messages in a day: enter a whole number from 1 to 1000.'],
  [{ days: 'never' }, 'days', 'Choose the days on which follow-ups leave.'],
])('a sending window of %j is refused', async (wrong, field, sentence) => {
  const page = await staff.postForm('/campaigns', { ...typed, ...wrong }, '/campaigns/new');
  expectMistakes(page, { [field]: sentence });
});

test('while follow-ups are being sent, the campaign says how far that is', async () => {
  const campaign = await aCampaign();
  const page = () => staff.get(`/campaigns/${String(campaign._id)}`);
  expect((await page()).$('progress')).toHaveLength(0);

  const recipient = (await aRecipient({ campaign: campaign._id }))._id;
  const dueAt = new Date(app.clock.now().getTime() - 60_000);
  const due = { recipient, dueAt, state: 'scheduled' } as const;
  await aFollowUp({ ...due, state: 'sent', sentAt: dueAt });
  const waiting = await aFollowUp(due);
  await aFollowUp({ ...due, dueAt: new Date(app.clock.now().getTime() + 60_000) });
  const sending = await page();
  expect(sending.main).toContain('1 of 2 follow-ups that came due in the last hour has gone.');
  expect(sending.$('progress').attr()).toMatchObject({ max: '2', value: '1' });
  expect(sending.$('script').attr('src')).toBe('/assets/progress.js');

  await FollowUp.updateOne({ _id: waiting._id }, { state: 'captured' });
  expect((await page()).$('progress, script')).toHaveLength(0);
});
