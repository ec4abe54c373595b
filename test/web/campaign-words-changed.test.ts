import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/send-due.js';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { backgroundEnded } from '../../src/in-background.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aRecipient, PASSWORD } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

/** Saves the form of the campaign, with one field changed. @returns the page after it */
async function change({ campaign }: { campaign: CampaignRecord['_id'] }, own: object): Promise<Page> {
  const at = `/campaigns/${String(campaign)}`;
  const form = (await staff.get(`${at}/edit`)).$(`form[action="${at}"]`).serializeArray();
  const typed = Object.fromEntries(form.map(({ name, value }) => [name, value]));
  const answer = await staff.postForm(at, { ...typed, mostPerDay: '50', ...own }, `${at}/edit`);
  if (!answer.location) throw new Error(answer.main);
  return staff.get(answer.location);
}

type Of = { campaign: CampaignRecord['_id']; by: Types.ObjectId };

async function renameSender({ by }: Of, name: string): Promise<Page> {
  const sender = await signInAs(app, { ...(await User.findById(by).lean())!, password: PASSWORD });
  const answer = await sender.postForm('/account', { name, timeZone: 'Europe/London' }, '/account');
  return sender.get(answer.location!);
}

const changes: [string, string, string, (of: Of) => Promise<Page>][] = [
  [
    'the title of the campaign',
    'We wrote about {{ campaign }}.',
    'We wrote about A better title.',
    (of) => change(of, { title: 'A better title' }),
  ],
  [
    'what the campaign asks',
    'We ask:\n\n{{ asks }}',
    'Answer the letter: By telephone.',
    (of) => change(of, { asks: 'Answer the letter\nBy telephone.' }),
  ],
  [
    'the name of the sender',
    'Yours,\n{{ sender }}',
    'Robin Newname',
    (of) => renameSender(of, 'Robin Newname'),
  ],
];

const pageOf = ({ _id }: Pick<FollowUpRecord, '_id'>) => `/follow-ups/${String(_id)}`;

describe.each(changes)('%s that is changed', (what, body, words, makeChange) => {
  const WRITTEN = `It was written before ${what} was changed. Save it again, so that it says what is right now.`;

  test('reaches the steps that a cadence has ahead, which want approval again', async () => {
    const running = await aRunningCadence(app, {
      gaps: [1, 1],
      bodies: [1, 2].map((n) => `${body}\n\nThis is reminder ${n}.`),
    });
    const { main } = await makeChange({ campaign: running.campaign._id, by: running.by });
    expect(main).toContain('Cadences are written anew with it, and want approval again');
    expect(main).not.toContain('by hand');
    await backgroundEnded();
    for (const step of await stepsOf(running.recipient)) {
      expect(step).toMatchObject({ state: 'planned', approval: null });
      expect(step.text.replaceAll(/\s+/g, ' ')).toContain(words);
      expect(step.stateReasons.join(' ')).toContain('It wants approval again.');
      expect((await staff.get(pageOf(step))).main).not.toContain('It was written before');
    }
  });

  test('keeps back a mail by hand that says it, until that is saved again', async () => {
    const recipient = await aRecipient();
    const followUp = await anApprovedFollowUp(app, { recipient, body });
    const of = { campaign: recipient.campaign, by: followUp.plannedBy! };
    const { main } = await makeChange(of);
    expect(main).toContain('What was planned by hand with the old words has to be saved again.');
    expect((await staff.get(pageOf(followUp))).main).toContain(WRITTEN);
    const typed = { subject: 'Our letter', body, date: '2026-11-24', time: '10:00' };
    app.clock.pass({ hours: 1 });
    expect(await run(app.deps)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons).toEqual([WRITTEN]);

    await staff.postForm(pageOf(followUp), typed, `${pageOf(followUp)}/edit`);
    expect((await staff.get(pageOf(followUp))).main).not.toContain('It was written before');
  });

  test('leaves everything as it is where no mail says it', async () => {
    const running = await aRunningCadence(app, { gaps: [1] });
    const { recipient, campaign, by } = running;
    const byHand = await anApprovedFollowUp(app, { recipient });
    const before = await stepsOf(recipient);
    const { main } = await makeChange({ campaign: campaign._id, by });
    await backgroundEnded();
    expect(main).not.toMatch(/written anew|saved again/);
    expect((await stepsOf(recipient)).map(({ state, text }) => [state, text])).toEqual(
      before.map(({ state, text }) => [state, text]),
    );
    expect((await staff.get(pageOf(byHand))).main).not.toContain('It was written before');
  });
});

test('a step whose subject has the title is written anew, and so are the later ones, which have that subject', async () => {
  const running = await aRunningCadence(app, { gaps: [1, 1] });
  await FollowUp.updateMany({ step: 1 }, { $set: { subjectTemplate: 'On {{ campaign }}' } });
  await change({ campaign: running.campaign._id }, { title: 'A better title' });
  await backgroundEnded();
  expect((await stepsOf(running.recipient)).map(({ subject }) => subject)).toEqual([
    'On A better title',
    'Re: On A better title',
  ]);
});

test('a change of the hours, or of the letter, touches nothing that is planned', async () => {
  const { recipient, campaign } = await aRunningCadence(app, {
    gaps: [1],
    bodies: ['{{ campaign }} {{ asks }}'],
  });
  const before = await stepsOf(recipient);
  const { main } = await change({ campaign: campaign._id }, { letter: 'Other words.', latestHours: '48' });
  expect(main).toContain('The campaign is saved.');
  expect(main).not.toContain('written anew');
  expect(await stepsOf(recipient)).toEqual(before);
});

test('where thousands are planned nobody waits for all of them, and those due first are written first', async () => {
  const { recipient, campaign } = await aRunningCadence(app, { gaps: [1], bodies: ['On {{ campaign }}.'] });
  const [step] = await stepsOf(recipient);
  const { _id: _one, ...like } = recipient;
  const recipients = Array.from({ length: 3000 }, () => ({
    ...like,
    _id: new Types.ObjectId(),
    office: new Types.ObjectId(),
  }));
  const { _id: _office, ...office } = (await Office.findById(recipient.office).lean())!;
  await Office.collection.insertMany(recipients.map((one) => ({ ...office, _id: one.office })));
  await Recipient.collection.insertMany(recipients);
  const rows = recipients.map(({ _id }, n) => {
    const dueAt = new Date(step!.dueAt.getTime() + (3000 - n) * 60_000);
    return {
      ...step!,
      _id: new Types.ObjectId(),
      recipient: _id,
      dueAt,
      nextAttemptAt: dueAt,
      timeSetByHand: true,
    };
  });
  await FollowUp.collection.insertMany(rows);
  const written = () =>
    FollowUp.find({ text: /better/ }, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .lean();

  const { main } = await change({ campaign: campaign._id }, { title: 'A better title' });
  const soFar = await written();
  expect(soFar.length).toBeGreaterThan(0);
  expect(soFar.length).toBeLessThan(3001);
  expect(main).toContain('That goes on behind this page, those that are due first before the others.');
  expect(soFar.at(-1)!.dueAt.getTime() - soFar[0]!.dueAt.getTime()).toBeLessThan(soFar.length * 60_000 + 1);
  await backgroundEnded();
  expect(await FollowUp.countDocuments({ text: /better/, state: 'planned', approval: null })).toBe(3001);
  expect(await Campaign.countDocuments({ title: 'A better title' })).toBe(1);
}, 120_000);
