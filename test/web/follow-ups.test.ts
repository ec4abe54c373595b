import { describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { Office } from '../../src/organisations/office.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  aRecipient,
  aReply,
  aUser,
  NOW,
} from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Page, type Visitor } from '../support/visitor.js';

useDatabase();

const UNKNOWN = 'ffffffffffffffffffffffff';
const typed = {
  date: '2026-12-01',
  time: '10:00',
  subject: 'Our letter to {{ organisation }}',
  body: '{{ salutation }},\n\nplease answer.',
};

async function planned(
  visitor: Visitor,
  recipient: RecipientRecord,
  own: Partial<typeof typed> = {},
): Promise<string> {
  const at = `/recipients/${String(recipient._id)}/follow-ups`;
  const { location } = await visitor.postForm(at, { ...typed, ...own }, `${at}/new`);
  return location!;
}

describe('planning', () => {
  test('shows exactly what will leave, timed in the recipient’s zone', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const recipient = await aRecipient();
    const page = await staff.get(await planned(staff, recipient));

    expect(page.main).toContain(`Our letter to ${recipient.organisationName}`);
    expect(page.$('pre.source').text()).toContain('Dear Kim Invented,\n\nplease answer.');
    expect(page.main).toContain('The campaign <campaign@example.org>');
    expect(page.main).toContain('15:00 (1 December 2026, 10:00 in America/New York');
    expect(page.main).toContain('Nobody has approved it yet.');
    expect(await FollowUp.find().lean()).toMatchObject([
      { step: 0, revision: 1, dueAt: new Date('2026-12-01T15:00:00Z'), state: 'planned' },
    ]);
  });

  test('starts from a template, and keeps its own words when the template changes', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const recipient = await aRecipient();
    const template = await Template.create({
      campaign: recipient.campaign,
      name: 'First',
      subject: 'A subject',
      body: 'Some words',
      createdAt: new Date(),
    });
    const page = await staff.get(
      `/recipients/${String(recipient._id)}/follow-ups/new?template=${String(template._id)}`,
    );
    expect(page.$('#subject').val()).toBe('A subject');
    expect(page.$('#body').text().trim()).toBe('Some words');
  });

  test('a template takes the place of typed words only after a question, and of nothing else at once', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const recipient = await aRecipient();
    const own = { campaign: recipient.campaign, createdAt: new Date() };
    const [one, other] = await Template.create([
      { ...own, name: 'First', subject: 'A subject', body: 'Some words\n\nin two lines' },
      { ...own, name: 'Second', subject: 'Another subject', body: 'Other words' },
    ]);
    const at = `/recipients/${String(recipient._id)}/follow-ups`;
    const press = (use: string, fields: Record<string, string>) =>
      staff.postForm(at, { date: '2026-12-03', time: '11:30', contactsIn: '0', ...fields, use }, `${at}/new`);
    const holds = (page: Page) =>
      ['date', 'time', 'subject', 'body', 'template', 'from'].map((name) => valueOf(page, name));
    const [first, second] = [String(one!._id), String(other!._id)];

    const empty = await press('it', { subject: '', body: ' ', from: first });
    expect(empty.status).toBe(200);
    const words = 'Some words\n\nin two lines';
    expect(holds(empty)).toEqual(['2026-12-03', '11:30', 'A subject', words, first, first]);
    const asItStood = { subject: 'A subject', body: words.replaceAll('\n', '\r\n'), template: first };
    const changed = await press('it', { ...asItStood, from: second });
    expect(holds(changed).slice(2, 4)).toEqual(['Another subject', 'Other words']);

    const typedOver = { ...asItStood, body: 'My own words', from: second };
    const asked = await press('it', typedOver);
    expect(asked.main).toContain('“Second” would take its place. Nothing has been replaced yet.');
    expect(holds(asked)).toEqual(['2026-12-03', '11:30', 'A subject', 'My own words', first, second]);
    const replaced = await press('replace', typedOver);
    expect(holds(replaced).slice(2)).toEqual(['Another subject', 'Other words', second, second]);
    expect(replaced.main).not.toContain('Nothing has been replaced yet.');

    await anEntry({ recipient: recipient._id, ...aReply(NOW) });
    const opened = valueOf(await press('it', { subject: '', body: '', from: first }), 'contactsIn')!;
    const told = await staff.postForm(at, { ...typed, contactsIn: opened }, `${at}/new`);
    expect(told.main).toContain('They have been in touch since you opened this page');
    expect(await FollowUp.countDocuments({})).toBe(0);
  });

  test('whoever writes while an answer comes in is told before anything is planned, and may plan it all the same', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const recipient = await aRecipient();
    const at = `/recipients/${String(recipient._id)}/follow-ups`;
    const seenIn = (page: Awaited<ReturnType<Visitor['get']>>) => String(page.$('[name=contactsIn]').val());
    const opened = seenIn(await staff.get(`${at}/new`));
    await anEntry({ recipient: recipient._id, ...aReply(NOW) });

    const told = await staff.postForm(at, { ...typed, contactsIn: opened }, `${at}/new`);
    expect(told.status).toBe(422);
    expect(told.main).toContain('They have been in touch since you opened this page');
    expect(told.$('#body').text()).toContain('please answer.');
    expect(await FollowUp.countDocuments({})).toBe(0);

    await staff.postForm(at, { ...typed, contactsIn: seenIn(told) }, `${at}/new`);
    expect(await FollowUp.countDocuments({})).toBe(1);
  });

  test('a wrong form is shown again with what was typed and a sentence for each mistake', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = `/recipients/${String((await aRecipient())._id)}/follow-ups`;
    const page = await staff.postForm(at, { ...typed, date: '2026-11-01', subject: '' }, `${at}/new`);
    expect(page.status).toBe(422);
    expect(page.$('#body').text()).toContain('please answer.');
    expect(
      page
        .$('.error-summary a')
        .map((_, link) => page.$(link).attr('href'))
        .get(),
    ).toEqual(['#subject', '#date']);
    expect(page.main).toContain('That time has passed where the recipient is.');
    expect(await FollowUp.countDocuments({})).toBe(0);
  });

  test('an hour that the clocks skip there is refused', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = `/recipients/${String((await aRecipient())._id)}/follow-ups`;
    const page = await staff.postForm(at, { ...typed, date: '2027-03-14', time: '02:30' }, `${at}/new`);
    expect(page.status).toBe(422);
    expect(page.main).toContain('The clocks go forward over that time there');
  });

  test('a time outside the campaign’s hours is refused with the next one, and the form suggests one inside', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const campaign = await aCampaign({ window: DEFAULT_WINDOW });
    const office = await anOffice({ country: 'US' });
    const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
    const at = `/recipients/${String(recipient._id)}/follow-ups`;
    const page = await staff.postForm(at, { ...typed, date: '2026-11-26' }, `${at}/new`);
    expectMistakes(page, {
      time: 'That day is no working day there: Thanksgiving Day. Follow-ups of this campaign leave Monday to Friday from 9:00 to 17:00, public holidays and closures left out, where they are. The next time is 27 November 2026, 09:00.',
    });
    const over = await staff.postForm(at, { ...typed, date: '2026-11-01' }, `${at}/new`);
    expectMistakes(over, { date: 'That time has passed where the recipient is. Choose a later one.' });
    const far = await staff.postForm(at, { ...typed, date: '9999-12-01' }, `${at}/new`);
    expectMistakes(far, { date: 'That is more than two years away. Look at the year once more.' });
    const early = await staff.postForm(at, { ...typed, time: '08:59' }, `${at}/new`);
    expect(early.status).toBe(422);
    expect(early.main).toContain('The next time is 1 December 2026, 09:00.');
    expect((await staff.postForm(at, { ...typed, time: '09:00' }, `${at}/new`)).status).toBe(302);
    const form = await staff.get(`${at}/new`);
    expect([valueOf(form, 'date'), valueOf(form, 'time')]).toEqual(['2026-11-25', '10:00']);
  });

  test('where a campaign asks for no approval, what is complete is approved by being saved', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const campaign = await aCampaign({ approval: 'none' });
    const recipient = await aRecipient({ campaign: campaign._id });
    const at = await planned(staff, recipient);
    const page = await staff.get(at);
    expect(page.html).toContain('This campaign asks for no approval, so it is approved.');
    expect(page.html).not.toContain('leaves by itself');
    expect(page.main).toContain('Nothing keeps it from leaving');
    expect(page.main).toContain('Saving it approved it');
    expect(page.main).not.toContain('Approved by');
    await staff.postForm(at, { ...typed, body: '{{ nobody }}' }, `${at}/edit`);
    expect(await FollowUp.findOne().lean()).toMatchObject({ state: 'planned', approval: null });
  });

  test('two people planning the same step at once leave one follow-up', async () => {
    const app = createTestApp();
    const [one, other] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
    const recipient = await aRecipient();
    const at = `/recipients/${String(recipient._id)}/follow-ups`;
    const bodies = await Promise.all(
      [one, other].map(async (visitor) =>
        new URLSearchParams({ _csrf: await visitor.tokenFrom(`${at}/new`), ...typed }).toString(),
      ),
    );
    const answers = await Promise.all([one, other].map((visitor, i) => visitor.postRaw(at, bodies[i]!)));
    const slots = (await FollowUp.find({ recipient: recipient._id }).lean()).map(
      ({ step, revision }) => `${step}.${revision}`,
    );
    expect(new Set(slots).size).toBe(slots.length);
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(slots.length);
  });
});

describe('approval', () => {
  test('lets it go when it is due, and says so', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await planned(staff, await aRecipient());
    const { $ } = await staff.get(at);
    const seenHash = $('input[name=seenHash]').attr('value')!;
    await staff.postForm(`${at}/approval`, { seenHash }, at);
    const page = await staff.get(at);
    expect(page.html).not.toContain('leaves by itself');
    expect(page.main).toContain('Nothing keeps it from leaving');
    expect(page.main).toContain(`Approved by ${staff.user.name}`);
    expect((await FollowUp.findOne().lean())!.state).toBe('scheduled');
  });

  test('is for somebody else where four eyes are asked for', async () => {
    const app = createTestApp();
    const [author, other] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
    const campaign = await aCampaign({ approval: 'four eyes' });
    const at = await planned(author, await aRecipient({ campaign: campaign._id }));
    const offered = await author.get(at);
    expect(offered.$(`form[action="${at}/approval"]`)).toHaveLength(0);
    expect(offered.main).toContain(
      `in this campaign somebody else approves. Ask somebody who may: ${other.user.name}.`,
    );
    const drafting = await signInAs(app, await aUser({ mayApprove: false }));
    expect((await drafting.get(at)).main).toContain(
      `You may not approve follow-ups. Ask somebody who may: ${other.user.name}.`,
    );
    const seenHash = (await other.get(at)).$('input[name=seenHash]').attr('value')!;
    const forced = await author.postForm(`${at}/approval`, { seenHash }, at);
    expect(forced.status).toBe(409);
    expect(forced.main).toContain('somebody other than its author approves');
    await other.postForm(`${at}/approval`, { seenHash }, at);
    expect((await FollowUp.findOne().lean())!.state).toBe('scheduled');
  });

  test('says where to turn while nobody but its author may approve', async () => {
    const author = await signInAs(createTestApp(), 'staff');
    const campaign = await aCampaign({ approval: 'four eyes' });
    const at = await planned(author, await aRecipient({ campaign: campaign._id }));
    const says = 'Nobody else may yet. An administrator says who may, under People.';
    expect((await author.get(at)).main).toContain(says);
    expect((await author.get(`/campaigns/${String(campaign._id)}/approval`)).main).toContain(says);
  });

  test('does not stand for another time than the approver saw', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await planned(staff, await aRecipient());
    const seenHash = (await staff.get(at)).$('input[name=seenHash]').attr('value')!;
    await staff.postForm(at, { ...typed, time: '11:00' }, `${at}/edit`);
    expect((await staff.postForm(`${at}/approval`, { seenHash }, at)).status).toBe(409);
    expect((await FollowUp.findOne().lean())!.state).toBe('planned');
  });

  test('does not stand for words that were changed while the approver was reading', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await planned(staff, await aRecipient());
    const seenHash = (await staff.get(at)).$('input[name=seenHash]').attr('value')!;
    await staff.postForm(at, { ...typed, body: 'Other words.' }, `${at}/edit`);
    const answer = await staff.postForm(`${at}/approval`, { seenHash }, at);
    expect(answer.status).toBe(409);
    expect(answer.main).toContain('Somebody changed it while you were reading.');
    expect((await FollowUp.findOne().lean())!.state).toBe('planned');
  });

  test.each([
    ['an unknown field', { body: '{{ nobody }}' }, {}, 'there is no field {{ nobody }}'],
    [
      'a missing value',
      {},
      { holders: [{ name: 'Kim Invented' }] },
      'the field {{ salutation }} has no value',
    ],
    ['no address', {}, { email: '' }, 'The office has no email address.'],
    ['a vacant office', { body: 'Words.' }, { holders: [] }, 'Nobody is named as holding the office.'],
  ])('is not offered for %s, and the page says which', async (_what, own, ofOffice, said) => {
    const staff = await signInAs(createTestApp(), 'staff');
    const office = await anOffice(ofOffice);
    const at = await planned(staff, await aRecipient({ office: office._id }), own);
    const page = await staff.get(at);
    expect(page.main).toContain(said);
    expect(page.$(`form[action="${at}/approval"]`)).toHaveLength(0);
    const forced = await staff.postForm(`${at}/approval`, { seenHash: 'x'.repeat(64) }, at);
    expect(forced.status).toBe(409);
    expect((await FollowUp.findOne().lean())!.state).toBe('planned');
  });

  test('is void after an edit, can be withdrawn, and a cancelled follow-up cannot be approved', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await planned(staff, await aRecipient());
    const approve = async () => {
      const seenHash = (await staff.get(at)).$('input[name=seenHash]').attr('value') ?? '';
      return staff.postForm(`${at}/approval`, { seenHash }, at);
    };
    await approve();
    await staff.postForm(at, { ...typed, body: 'Other words.' }, `${at}/edit`);
    expect(await FollowUp.findOne().lean()).toMatchObject({ state: 'planned', approval: null });
    await approve();
    await staff.postForm(`${at}/withdrawal`, {}, at);
    expect((await FollowUp.findOne().lean())!.state).toBe('planned');
    await staff.postForm(`${at}/cancellation`, {}, at);
    const row = (await FollowUp.findOne().lean())!;
    expect(row).toMatchObject({ state: 'cancelled', stateReasons: [`${staff.user.name} cancelled it.`] });
    expect((await staff.postForm(`${at}/cancellation`, {}, '/account')).status).toBe(409);
  });
});

describe('an uncertain follow-up', () => {
  const texts = ({ $ }: Awaited<ReturnType<Visitor['get']>>) =>
    $('.timeline .entry .preserve')
      .toArray()
      .map((entry) => $(entry).text());

  test.each([
    ['It went', 'sent', ['found that the mail “Our letter” went.', 'Our letter\n\nWe look forward']],
    ['It did not go, and is not wanted any more', 'cancelled', ['did not go, and that it is not wanted']],
  ])('is settled by a person: %s', async (button, state, entries) => {
    const staff = await signInAs(createTestApp(), 'staff');
    const claim = { id: 'a dead worker', at: new Date('2026-11-24T11:00:00Z') };
    const followUp = await aFollowUp({ state: 'uncertain', stateReasons: ['It may have gone.'], claim });
    const at = `/follow-ups/${String(followUp._id)}`;
    const page = await staff.get(at);
    expect(page.main).toContain(followUp.messageId);
    const outcome = page.$(`button:contains("${button}")`).attr('value')!;
    const answer = await staff.postForm(`${at}/resolution`, { outcome }, at);
    expect(answer.location).toBe(at);
    expect(await findFollowUp(followUp._id)).toMatchObject({ state });
    const timeline = texts(await staff.get(`/recipients/${String(followUp.recipient)}`));
    expect(timeline).toEqual(entries.map((words) => expect.stringContaining(words)));
    expect(timeline[0]).toContain(`${staff.user.name} found`);
    expect(timeline[0]).toContain(followUp.messageId);
    expect((await staff.postForm(`${at}/resolution`, { outcome }, '/account')).status).toBe(409);
    expect(await FollowUp.countDocuments()).toBe(1);
  });

  test('that did not go is planned again, and whoever found so is taken to the new one', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const followUp = await aFollowUp({ state: 'uncertain' });
    const at = `/follow-ups/${String(followUp._id)}`;
    const outcome = (await staff.get(at)).$('button:contains("plan it again")').attr('value')!;
    const { location } = await staff.postForm(`${at}/resolution`, { outcome }, at);
    expect(location).not.toBe(at);
    const page = await staff.get(location!);
    expect(page.main).toContain('This is the new one: read it as it will leave');
    expect(page.$('.tag').first().text()).toBe('Waits for approval');
    expect(page.$('pre.source').text()).toContain('We look forward to an answer.');
    expect((await staff.get(at)).main).toContain(`${staff.user.name} found that it did not go.`);
  });

  test('that did not go is not planned again after an answer, and that is said', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const followUp = await aFollowUp({ state: 'uncertain' });
    await anEntry({ recipient: followUp.recipient, kind: 'email', direction: 'in', receivedAs: 'reply' });
    const at = `/follow-ups/${String(followUp._id)}`;
    const answer = await staff.postForm(`${at}/resolution`, { outcome: 'plan again' }, at);
    expect(answer.location).toBe(at);
    expect((await staff.get(at)).main).toContain('not planned again, because they answered meanwhile');
    expect(await FollowUp.countDocuments()).toBe(1);
  });

  test('is settled by one of the three answers and nothing else', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const followUp = await aFollowUp({ state: 'uncertain' });
    const at = `/follow-ups/${String(followUp._id)}`;
    const page = await staff.postForm(`${at}/resolution`, { outcome: 'did not go' }, at);
    expect(page.status).toBe(422);
    expect(page.main).toContain('Choose what the mail server’s log shows.');
    expect((await findFollowUp(followUp._id)).state).toBe('uncertain');
  });
});

test.each([
  ['cancelled', 'What was written, and did not leave'],
  ['captured', 'What was captured'],
  ['uncertain', 'What may have left'],
  ['sending', 'What is leaving'],
])('what is %s does not promise to leave, and has no form to change it', async (state, heading) => {
  const staff = await signInAs(createTestApp(), 'staff');
  const at = await planned(staff, await aRecipient());
  await FollowUp.updateOne({}, { $set: { state } });
  const page = await staff.get(at);
  expect(page.main).toContain(heading);
  expect(page.main).not.toContain('Nothing keeps it from leaving');
  expect((await staff.get(`${at}/edit`)).status).toBe(409);
});

test('what failed says that it is not tried again, and tells words of the mail server from ours', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const at = await planned(staff, await aRecipient());
  const failed = { state: 'failed', stateReasons: ['It failed.'], response: '554 No' };
  await FollowUp.updateOne({}, { $set: failed });
  const refused = await staff.get(at);
  expect(refused.main).toContain('It is not tried again by itself.');
  expect(refused.main).not.toContain('Nothing keeps it from leaving');
  expect(refused.main).toContain('The mail server’s words: 554 No');

  await FollowUp.updateOne({}, { $set: { response: 'The connection ended.' } });
  const lost = await staff.get(at);
  expect(lost.main).toContain('The connection ended.');
  expect(lost.main).not.toContain('The mail server’s words');
});

test('what is being sent can be cancelled, unless it has gone', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const at = await planned(staff, await aRecipient());
  await FollowUp.updateOne({}, { $set: { state: 'sending', claim: { id: 'a worker', at: new Date() } } });
  expect((await staff.get(at)).main).toContain('Cancel it, unless it has gone');

  await staff.postForm(`${at}/cancellation`, {}, at);

  expect((await staff.get(at)).main).toContain('It is being handed to the mail server');
  expect((await FollowUp.findOne().lean())!.claim).toMatchObject({
    stopped: `${staff.user.name} cancelled it.`,
    stoppedAs: 'cancelled',
  });
});

describe('what did not go', () => {
  test.each(['cancelled', 'captured'] as const)(
    'and is %s is planned again from its page: its words as they were written, for a new day, not approved',
    async (state) => {
      const staff = await signInAs(createTestApp(), 'staff');
      const recipient = await aRecipient();
      const template = await Template.create({
        campaign: recipient.campaign,
        name: 'First',
        subject: 'A subject',
        body: 'Some words',
        createdAt: NOW,
      });
      const { _id } = await aFollowUp({
        recipient: recipient._id,
        state,
        subjectTemplate: 'To {{ organisation }}',
        bodyTemplate: 'My own words, {{ salutation }}',
        template: template._id,
        templateVersion: 1,
        dueAt: new Date('2026-11-20T15:00:00Z'),
        approval: { by: staff.user._id, at: NOW, contentHash: 'of what was approved then' },
      });
      const page = await staff.get(`/follow-ups/${String(_id)}`);
      const address = page.$('main a:contains("Plan it again")').attr('href')!;
      const form = await staff.get(address);
      const names = ['subject', 'body', 'template', 'templateVersion', 'date', 'time'];
      const values = Object.fromEntries(names.map((name) => [name, valueOf(form, name)!]));
      expect(values).toEqual({
        subject: 'To {{ organisation }}',
        body: 'My own words, {{ salutation }}',
        template: String(template._id),
        templateVersion: '1',
        date: '2026-11-25',
        time: '10:00',
      });
      expect(await FollowUp.countDocuments()).toBe(1);
      const { location } = await staff.postForm(
        `/recipients/${String(recipient._id)}/follow-ups`,
        values,
        address,
      );
      expect((await staff.get(location!)).main).toContain('Nobody has approved it yet.');
      expect(await FollowUp.findOne({ _id: { $ne: _id } }).lean()).toMatchObject({
        state: 'planned',
        approval: null,
        subject: `To ${recipient.organisationName}`,
        template: template._id,
      });
      expect(await findFollowUp(_id)).toMatchObject({ state });
    },
  );

  test('lends its words to nobody else, and what is open or went has no such button', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const other = await aFollowUp({ state: 'cancelled', subjectTemplate: 'Theirs' });
    const recipient = String((await aRecipient())._id);
    const form = await staff.get(`/recipients/${recipient}/follow-ups/new?again=${String(other._id)}`);
    expect(valueOf(form, 'subject')).toBe('');
    for (const state of ['planned', 'held', 'failed', 'sent', 'uncertain'] as const) {
      const { _id } = await aFollowUp({ state });
      expect((await staff.get(`/follow-ups/${String(_id)}`)).main).not.toContain('Its words are in the form');
    }
  });
});

test('every list of follow-ups can be opened, and a held one shows its reason', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  await aFollowUp({ state: 'held', stateReasons: ['It is more than 24 hours late.'] });
  for (const list of ['waiting', 'attention', 'approved', 'gone', 'cancelled', 'nonsense']) {
    expect((await staff.get(`/follow-ups?list=${list}`)).status).toBe(200);
  }
  expect((await staff.get('/follow-ups?list=attention')).main).toContain('It is more than 24 hours late.');
});

test('the formatted mail is framed without scripts, and by our own pages only', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const { _id } = await aFollowUp();
  const page = await staff.agent.get(`/follow-ups/${String(_id)}/html`);
  expect(page.headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  );
});

test('strangers are asked to sign in, partners are refused, unknown ids are not found', async () => {
  const app = createTestApp();
  const [staff, partner] = [await signInAs(app, 'staff'), await signInAs(app, 'partner')];
  const { _id } = await aFollowUp();
  for (const path of [
    `/follow-ups/${String(_id)}`,
    `/follow-ups/${String(_id)}/html`,
    `/follow-ups/${String(_id)}/edit`,
    '/follow-ups',
  ]) {
    expect((await partner.get(path)).status).toBe(403);
  }
  for (const path of [
    `/follow-ups/${UNKNOWN}`,
    '/follow-ups/nonsense',
    `/recipients/${UNKNOWN}/follow-ups/new`,
    `/templates/${UNKNOWN}/edit`,
  ]) {
    expect((await staff.get(path)).status).toBe(404);
  }
  expect((await staff.postForm(`/follow-ups/${UNKNOWN}/cancellation`, {}, '/account')).status).toBe(404);
});

test('the office’s address is not what a follow-up remembers: a later change is shown before it leaves', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const office = await anOffice();
  const at = await planned(staff, await aRecipient({ office: office._id }));
  await Office.updateOne({ _id: office._id }, { $set: { email: 'moved@example.org' } });
  expect((await staff.get(at)).main).toContain('The address of the office has changed since.');
});

test('the list says of what was captured that it was captured, and not that it left', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  await aFollowUp({ state: 'captured', sentAt: NOW });
  await aFollowUp({ state: 'sent', sentAt: NOW });
  const page = await staff.get('/follow-ups?list=gone');
  const words = page
    .$('.rows .quiet')
    .toArray()
    .map((row) => page.$(row).text().trim().split(' ')[0]);
  expect(words.toSorted()).toEqual(['Captured', 'Left']);
});

test('the form of one that failed does not call it approved', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const approval = { by: staff.user._id, at: NOW, hash: 'h' };
  const failed = await aFollowUp({ state: 'failed', approval });
  const scheduled = await aFollowUp({ state: 'scheduled', approval });
  const form = async ({ _id }: typeof failed) => (await staff.get(`/follow-ups/${String(_id)}/edit`)).main;
  expect(await form(failed)).not.toContain('It is approved.');
  expect(await form(scheduled)).toContain('It is approved. Saving it takes the approval back');
});

test('where the campaign asks for no approval the form says that saving approves, and not that it takes an approval back', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const campaign = await aCampaign({ approval: 'none' });
  const recipient = await aRecipient({ campaign: campaign._id });
  const at = await planned(staff, recipient);
  const says = 'This campaign asks for no approval: saving it approves it';
  for (const path of [`/recipients/${String(recipient._id)}/follow-ups/new`, `${at}/edit`]) {
    const { main } = await staff.get(path);
    expect(main).toContain(says);
    expect(main).not.toContain('takes the approval back');
  }
  await FollowUp.updateOne({}, { $set: { trigger: campaign._id } });
  expect((await staff.get(`${at}/edit`)).main).toContain('takes the approval back');
});

test('what it was held for is told as what was, beside what keeps it from leaving now', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const { _id } = await aFollowUp({ state: 'held', stateReasons: ['Kim is not to be written to.'] });
  const { main } = await staff.get(`/follow-ups/${String(_id)}`);
  expect(main).toMatch(/Why it was held:\s*Kim is not to be written to./);
});

test('what has left is shown with the sender that it left with, and what is to leave with that of now', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const approval = { by: staff.user._id, at: NOW, contentHash: 'h', from: 'The letter <former@example.org>' };
  const from = async (state: 'sent' | 'captured' | 'scheduled') => {
    const { _id } = await aFollowUp({ state, approval, ...(state !== 'scheduled' && { sentAt: NOW }) });
    return (await staff.get(`/follow-ups/${String(_id)}`)).$('dt:contains("From") + dd').text();
  };
  expect(await from('sent')).toBe('The letter <former@example.org>');
  expect(await from('captured')).toBe('The letter <former@example.org>');
  expect(await from('scheduled')).not.toContain('former@example.org');
});
