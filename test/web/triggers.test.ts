import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Template, type TemplateRecord } from '../../src/follow-ups/template.model.js';
import { editTemplate } from '../../src/follow-ups/templates.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, anEntry, aReply, aUser, checked, NOW } from '../support/factories.js';
import { valueOf } from '../support/forms.js';
import { onlyTrigger, openTriggers, type TriggerPages } from '../support/trigger-pages.js';
import { aSilentRecipient, changeMilestone } from '../support/triggers.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let pages: TriggerPages;
let staff: SignedIn;
let home: string;
beforeEach(async () => {
  world = createTestApp();
  pages = await openTriggers(world);
  ({ staff, home } = pages);
});

describe('the page of a trigger says what it would do now', () => {
  test('for each recipient with every reason against it, those it would write to first', async () => {
    const ready = await aSilentRecipient(pages.campaign._id);
    const committed = await aSilentRecipient(pages.campaign._id);
    await aCommitment({ recipient: committed._id, ...checked() });
    const answered = await aSilentRecipient(pages.campaign._id);
    await anEntry({ recipient: answered._id, ...aReply(NOW) });
    const { $, main } = await staff.get(await pages.saved());
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
    const at = await pages.saved();
    await changeMilestone(pages.track, { happenedOn: '2026-11-20' });
    expect((await staff.get(at)).main).toContain(
      'Nothing. It rests: “Report stage” has happened, 20 November 2026',
    );
  });

  test('to whom of the staff it writes, and what partners would read', async () => {
    const ana = await aUser({ name: 'Ana Example' });
    const off = await aUser({ name: 'Bo Example', remindersOffSince: NOW });
    const people = [String(ana._id), String(off._id)];
    const reminder = await staff.get(
      await pages.saved({ effect: 'remind staff', ...pages.timing, text: 'Call the clerk.', staff: people }),
    );
    expect(reminder.main).toContain('Remind Ana Example and Bo Example.');
    expect(reminder.main).toContain('Bo ExampleNot written to. They turned such mails off.');
    const notice = await staff.get(
      await pages.saved({
        effect: 'show notice',
        ...pages.timing,
        text: 'Tell your members.',
        until: '2026-12-31',
      }),
    );
    expect(notice.main).toContain('read the text above from 30 November 2026 until 31 December 2026.');
  });
});

describe('approval', () => {
  test('is of exactly what was read', async () => {
    const at = await pages.saved();
    const seen = valueOf(await staff.get(at), 'seen')!;
    await staff.postForm(at, { ...pages.plan, days: '9' }, `${at}/edit`);
    const refused = await staff.postForm(`${at}/approval`, { seen }, at);
    expect([refused.status, refused.main]).toEqual([
      409,
      expect.stringContaining('Nothing was approved: read it once more.'),
    ]);
    expect((await pages.approve(at)).location).toBe(at);
    expect((await onlyTrigger()).approval).toMatchObject({ by: staff.user._id, at: NOW });
  });

  test('is void when the trigger or the words of its cadence change, and the page says so', async () => {
    const at = await pages.saved();
    await pages.approve(at);
    expect((await staff.get(at)).main).toContain('Approved. Its day is 30 November 2026');
    await staff.postForm(at, { ...pages.plan, below: 'partial' }, `${at}/edit`);
    expect((await staff.get(at)).main).toContain('The approval is void');
    await pages.approve(at);
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
    await pages.approve(at);
    expect((await staff.get(at)).main).not.toContain('void');
  });

  test('is somebody else’s where the campaign asks for four eyes', async () => {
    await Campaign.updateOne({ _id: pages.campaign._id }, { $set: { approval: 'four eyes' } });
    const at = await pages.saved();
    const page = await staff.get(at);
    expect(page.main).toContain('You wrote it, and in this campaign somebody else approves.');
    expect(valueOf(page, 'seen')).toBeUndefined();
    const other = await signInAs(world, 'admin');
    await pages.approve(at, other);
    expect((await staff.get(at)).main).toContain('Approved.');
    // who changes it is its author now
    await other.postForm(at, { ...pages.plan, days: '9' }, `${at}/edit`);
    expect((await other.get(at)).main).toContain('You wrote it');
  });

  test('is nobody’s without the right', async () => {
    const at = await pages.saved();
    const colleague = await signInAs(world, await aUser({ mayApprove: false }));
    expect((await colleague.get(at)).main).toContain('You may not approve follow-ups.');
    const seen = valueOf(await staff.get(at), 'seen')!;
    expect((await colleague.postForm(`${at}/approval`, { seen }, at)).status).toBe(403);
    expect((await onlyTrigger()).approval).toBeNull();
  });

  test('is given by saving where the campaign asks for none', async () => {
    await Campaign.updateOne({ _id: pages.campaign._id }, { $set: { approval: 'none' } });
    await aSilentRecipient(pages.campaign._id);
    const at = await pages.saved();
    expect((await staff.get(at)).main).toContain('Approved.');
    expect(await pages.sweep()).toBe('Set in motion: 1 planned.');
    expect(await FollowUp.distinct('state')).toEqual(['planned']);
  });
});

describe('what was set in motion', () => {
  test('is listed with its follow-ups, and they lead back', async () => {
    const recipient = await aSilentRecipient(pages.campaign._id);
    const at = await pages.saved();
    await pages.approve(at);
    await pages.sweep();
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
    await changeMilestone(pages.track, { expectedOn: '2026-12-21' });
    await pages.sweep();
    expect((await staff.get(at)).main).toContain(
      '“Report stage” moved from 14 December 2026 to 21 December 2026.',
    );
  });

  test('is cancelled by pausing and by removing it, and the trigger can still be read', async () => {
    await aSilentRecipient(pages.campaign._id);
    const at = await pages.saved();
    await pages.approve(at);
    await pages.sweep();
    await staff.postForm(`${at}/pause`, {}, at);
    const paused = await staff.get(at);
    expect(paused.main).toContain('Paused. What was planned for one recipient is cancelled.');
    expect(paused.main).toContain('Cancelled. Somebody paused the trigger');
    expect(await FollowUp.distinct('state')).toEqual(['cancelled']);
    await staff.postForm(`${at}/resumption`, {}, at);
    expect(await pages.sweep()).toBe('Nothing is set in motion.');
    expect((await staff.get(at)).main).toContain('It is not done again for this milestone.');
    await staff.postForm(`${at}/removal`, {}, at);
    const removed = await staff.get(at);
    expect(removed.main).toContain('It was removed, and is kept for what it did.');
    expect(removed.$('main form')).toHaveLength(0);
    expect((await staff.get(home)).$('.rows')).toHaveLength(0);
    const late = await staff.agent
      .post(at)
      .type('form')
      .send({ ...pages.plan, _csrf: await staff.tokenFrom(`${at}/edit`) });
    expect(late.status).toBe(409);
  });
});
