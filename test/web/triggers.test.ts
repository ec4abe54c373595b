import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { editTemplate } from '../../src/follow-ups/templates.js';
import { Template, type TemplateRecord } from '../../src/follow-ups/template.model.js';
import type { TrackRecord } from '../../src/legislation/track.model.js';
import { Trigger, type TriggerRecord } from '../../src/triggers/trigger.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, anEntry, aReply, aUser, checked, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { aSilentRecipient, aTrack, changeMilestone } from '../support/triggers.js';
import { signInAs, type Fields, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let cadence: Types.ObjectId;
let track: TrackRecord;
let home: string;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  campaign = await aCampaign();
  cadence = await aCadence(campaign._id, [1, 3], staff.user._id, NOW);
  track = await aTrack();
  home = `/campaigns/${String(campaign._id)}/triggers`;
});

const timing = () => ({
  milestone: String(track.milestones[0]!._id),
  days: '10',
  side: 'before',
  basis: 'expected',
});
const plan = (): Fields => ({
  effect: 'plan cadence',
  ...timing(),
  cadence: String(cadence),
  ask: String(campaign.asks[0]!._id),
  below: 'committed',
});
const newPage = (effect: string) => `${home}/new?effect=${encodeURIComponent(effect)}`;
const send = (fields: Fields): Promise<Page> =>
  staff.postForm(home, fields, newPage(String(fields['effect'])));
const saved = async (fields: Fields = plan()): Promise<string> => (await send(fields)).location!;
const only = async (): Promise<TriggerRecord> => (await Trigger.findOne().lean<TriggerRecord>())!;
const approve = async (at: string, by = staff) =>
  by.postForm(`${at}/approval`, { seen: valueOf(await by.get(at), 'seen')! }, at);
const sweep = () => schedule['set-in-motion']!.run(world.deps);

describe('the way to a trigger', () => {
  test('leads from the campaign and from the milestone, by what it is to do, to a form', async () => {
    const milestone = `/tracks/${String(track._id)}/milestones/${timing().milestone}/triggers`;
    expect((await staff.get(`/campaigns/${String(campaign._id)}`)).$(`a[href="${home}"]`)).toHaveLength(1);
    expect((await staff.get(`/tracks/${String(track._id)}`)).$(`a[href="${milestone}"]`)).toHaveLength(1);
    expect((await staff.get(home)).main).toContain('A trigger says what a milestone of a law sets in motion');
    const choose = (await staff.get(milestone)).$(`a[href^="${home}/new"]`).attr('href')!;
    const effects = (await staff.get(choose)).$('main a[href*="effect="]').toArray();
    expect(effects).toHaveLength(3);
    const form = await staff.get(effects[0]!.attribs['href']!);
    expect(valueOf(form, 'milestone')).toBe(timing().milestone);
    expect(form.$('[name=milestone] optgroup').attr('label')).toBe('A fictional safety bill');
  });

  test('says what is missing before there can be one', async () => {
    const bare = await aCampaign({ asks: [] as never });
    const { main } = await staff.get(`/campaigns/${String(bare._id)}/triggers/new?effect=plan+cadence`);
    expect(main).toContain('This campaign has no cadence yet.');
    expect(main).toContain('This campaign has no asks yet');
  });
});

describe('the form', () => {
  test('keeps what was typed and says what is wrong, each effect for itself', async () => {
    const wrong = { ...plan(), days: 'ten', milestone: '', cadence: '', ask: '', below: '' };
    expectMistakes(
      await send(wrong),
      {
        milestone: 'Choose a milestone from the list.',
        days: 'Enter how many working days, from 0 to 120.',
        cadence: 'Choose a cadence from the list.',
        ask: 'Choose an ask from the list.',
        below: 'Choose a stance from the list.',
      },
      { days: 'ten' },
    );
    expectMistakes(await send({ effect: 'remind staff', ...timing(), text: '' }), {
      staff: 'Tick at least one person.',
      text: 'Write what they are to be told.',
    });
    expectMistakes(
      await send({ effect: 'show notice', ...timing(), text: 'Read this.', until: '2026-11-23' }),
      { until: 'Enter a date that is not over, such as 2026-11-30, or leave it empty.' },
      { text: 'Read this.' },
    );
    expect(await Trigger.countDocuments()).toBe(0);
  });

  test('knows no date before something has happened', async () => {
    expectMistakes(await send({ ...plan(), basis: 'happened' }), {
      basis: 'Before something has happened only the expected date is known. Choose that, or after.',
    });
  });

  test('takes nothing from another campaign, and nobody who is not staff', async () => {
    const other = await aCampaign();
    const theirs = await aCadence(other._id, [1], staff.user._id, NOW);
    const partner = await aUser({ role: 'partner', campaigns: [campaign._id] });
    expectMistakes(await send({ ...plan(), cadence: String(theirs) }), {
      cadence: 'This cadence is not in the campaign. Choose from the list.',
    });
    expectMistakes(await send({ ...plan(), ask: String(other.asks[0]!._id) }), {
      ask: 'This ask is not in the campaign. Choose from the list.',
    });
    expectMistakes(await send({ ...plan(), milestone: String(campaign._id) }), {
      milestone: 'This milestone is not there any more. Choose from the list.',
    });
    expectMistakes(
      await send({ effect: 'remind staff', ...timing(), text: 'Call.', staff: String(partner._id) }),
      {
        staff: 'One of them has no account in use any more. Choose from the list.',
      },
    );
    expect(await Trigger.countDocuments()).toBe(0);
  });

  test('saves a trigger that does nothing yet', async () => {
    const at = await saved();
    expect(await only()).toMatchObject({
      track: track._id,
      days: 10,
      below: 'committed',
      author: staff.user._id,
      approval: null,
    });
    const { main } = await staff.get(at);
    expect(main).toContain('10 working days before “Report stage” is expected');
    expect(main).toContain(
      'Plan the cadence “Reminders” for recipients whose stance on “Answer the letter” is below Committed.',
    );
    expect(main).toContain('It waits for approval and does nothing until then.');
    expect(main).toContain('30 November 2026');
    expect((await staff.get(home)).main).toContain('It waits for approval');
  });

  test('of one that is there keeps its milestone and its effect', async () => {
    const at = await saved();
    const form = await staff.get(`${at}/edit`);
    expect(['days', 'side', 'cadence', 'below'].map((name) => valueOf(form, name))).toEqual([
      '10',
      'before',
      String(cadence),
      'committed',
    ]);
    const other = await aTrack({ title: 'Another stage' });
    const changed = {
      ...plan(),
      effect: 'show notice',
      milestone: String(other.milestones[0]!._id),
      days: '5',
    };
    expect((await staff.postForm(at, changed, `${at}/edit`)).location).toBe(at);
    expect(await only()).toMatchObject({
      effect: 'plan cadence',
      milestone: track.milestones[0]!._id,
      days: 5,
    });
    expectMistakes(await staff.postForm(at, { ...plan(), days: '' }, `${at}/edit`), {
      days: 'Enter how many working days, from 0 to 120.',
    });
  });
});

describe('the page of a trigger says what it would do now', () => {
  test('for each recipient with every reason against it, those it would write to first', async () => {
    const ready = await aSilentRecipient(campaign._id);
    const committed = await aSilentRecipient(campaign._id);
    await aCommitment({ recipient: committed._id, ...checked() });
    const answered = await aSilentRecipient(campaign._id);
    await anEntry({ recipient: answered._id, ...aReply(NOW) });
    const { $, main } = await staff.get(await saved());
    expect(main).toContain('It would write to 1 of 3 recipients.');
    const rows = $('section[aria-labelledby=would] ul.rows > li')
      .toArray()
      .map((row) => $(row));
    expect(rows[0]!.find('a').first().attr('href')).toBe(`/recipients/${String(ready._id)}`);
    expect(rows[0]!.text()).toContain('10 working days before 14 December 2026');
    const text = (of: { _id: Types.ObjectId }) =>
      rows.find((row) => row.find('a').attr('href')?.endsWith(String(of._id)))!.text();
    expect(text(committed)).toContain('Their confirmed stance on “Answer the letter” is Committed');
    expect(text(answered)).toContain('They have answered. A cadence is for those who have not.');
  });

  test('and why it rests', async () => {
    const at = await saved();
    await changeMilestone(track, { happenedOn: '2026-11-20' });
    expect((await staff.get(at)).main).toContain(
      'Nothing. It rests: “Report stage” has happened, 20 November 2026',
    );
  });

  test('to whom of the staff it writes, and what partners would read', async () => {
    const ana = await aUser({ name: 'Ana Example' });
    const off = await aUser({ name: 'Bo Example', remindersOffSince: NOW });
    const people = [String(ana._id), String(off._id)];
    const reminder = await staff.get(
      await saved({ effect: 'remind staff', ...timing(), text: 'Call the clerk.', staff: people }),
    );
    expect(reminder.main).toContain('Remind Ana Example and Bo Example.');
    expect(reminder.main).toContain('Bo ExampleNot written to. They turned such mails off.');
    const notice = await staff.get(
      await saved({ effect: 'show notice', ...timing(), text: 'Tell your members.', until: '2026-12-31' }),
    );
    expect(notice.main).toContain('read the text above from 30 November 2026 until 31 December 2026.');
  });
});

describe('approval', () => {
  test('is of exactly what was read', async () => {
    const at = await saved();
    const seen = valueOf(await staff.get(at), 'seen')!;
    await staff.postForm(at, { ...plan(), days: '9' }, `${at}/edit`);
    const refused = await staff.postForm(`${at}/approval`, { seen }, at);
    expect([refused.status, refused.main]).toEqual([
      409,
      expect.stringContaining('Nothing was approved: read it once more.'),
    ]);
    expect((await approve(at)).location).toBe(at);
    expect((await only()).approval).toMatchObject({ by: staff.user._id, at: NOW });
  });

  test('is void when the trigger or the words of its cadence change, and the page says so', async () => {
    const at = await saved();
    await approve(at);
    expect((await staff.get(at)).main).toContain('Approved. Its day is 30 November 2026');
    await staff.postForm(at, { ...plan(), below: 'partial' }, `${at}/edit`);
    expect((await staff.get(at)).main).toContain('The approval is void');
    await approve(at);
    const template = (await Template.findOne().lean<TemplateRecord>())!;
    const form = {
      name: template.name,
      subject: template.subject,
      body: 'Other words.',
      version: template.version,
    };
    await editTemplate(template, form, { by: staff.user._id, now: NOW });
    expect((await staff.get(at)).main).toContain('The approval is void');
    expect((await staff.get(home)).main).toContain('The approval is void');
    await approve(at);
    expect((await staff.get(at)).main).not.toContain('void');
  });

  test('is somebody else’s where the campaign asks for four eyes', async () => {
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'four eyes' } });
    const at = await saved();
    const page = await staff.get(at);
    expect(page.main).toContain('You wrote it, and in this campaign somebody else approves.');
    expect(valueOf(page, 'seen')).toBeUndefined();
    const other = await signInAs(world, 'admin');
    await approve(at, other);
    expect((await staff.get(at)).main).toContain('Approved.');
    // who changes it is its author now
    await other.postForm(at, { ...plan(), days: '9' }, `${at}/edit`);
    expect((await other.get(at)).main).toContain('You wrote it');
  });

  test('is nobody’s without the right', async () => {
    const at = await saved();
    const colleague = await signInAs(world, await aUser({ mayApprove: false }));
    expect((await colleague.get(at)).main).toContain('You may not approve follow-ups.');
    const seen = valueOf(await staff.get(at), 'seen')!;
    expect((await colleague.postForm(`${at}/approval`, { seen }, at)).status).toBe(403);
    expect((await only()).approval).toBeNull();
  });

  test('is given by saving where the campaign asks for none', async () => {
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'none' } });
    await aSilentRecipient(campaign._id);
    const at = await saved();
    expect((await staff.get(at)).main).toContain('Approved.');
    expect(await sweep()).toBe('Set in motion: 1 planned.');
    expect(await FollowUp.distinct('state')).toEqual(['planned']);
  });
});

describe('what was set in motion', () => {
  test('is listed with its follow-ups, and they lead back', async () => {
    const recipient = await aSilentRecipient(campaign._id);
    const at = await saved();
    await approve(at);
    await sweep();
    const page = await staff.get(at);
    expect(page.main).toContain('Set in motion for 1 recipient.');
    expect(page.main).toContain('It was set in motion for them already, for 30 November 2026.');
    const [first] = await FollowUp.find().sort({ step: 1 }).lean();
    const did = page.$('section[aria-labelledby=did]');
    expect(did.find(`a[href="/recipients/${String(recipient._id)}"]`)).toHaveLength(1);
    expect(did.find(`a[href="/follow-ups/${String(first!._id)}"]`)).toHaveLength(1);
    expect((await staff.get(`${at}/firings`)).main).toContain('Step 1');
    const followUp = await staff.get(`/follow-ups/${String(first!._id)}`);
    expect(followUp.$(`a[href="${at}"]`)).toHaveLength(1);
    await changeMilestone(track, { expectedOn: '2026-12-21' });
    await sweep();
    expect((await staff.get(at)).main).toContain(
      '“Report stage” moved from 14 December 2026 to 21 December 2026.',
    );
  });

  test('is cancelled by pausing and by removing it, and the trigger can still be read', async () => {
    await aSilentRecipient(campaign._id);
    const at = await saved();
    await approve(at);
    await sweep();
    await staff.postForm(`${at}/pause`, {}, at);
    const paused = await staff.get(at);
    expect(paused.main).toContain('Paused. What was planned for one recipient is cancelled.');
    expect(paused.main).toContain('Cancelled. Somebody paused the trigger');
    expect(await FollowUp.distinct('state')).toEqual(['cancelled']);
    await staff.postForm(`${at}/resumption`, {}, at);
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect((await staff.get(at)).main).toContain('It is not done again for this milestone.');
    await staff.postForm(`${at}/removal`, {}, at);
    const removed = await staff.get(at);
    expect(removed.main).toContain('It was removed, and is kept for what it did.');
    expect(removed.$('main form')).toHaveLength(0);
    expect((await staff.get(home)).$('.rows')).toHaveLength(0);
    const late = await staff.agent
      .post(at)
      .type('form')
      .send({ ...plan(), _csrf: await staff.tokenFrom(`${at}/edit`) });
    expect(late.status).toBe(409);
  });
});
