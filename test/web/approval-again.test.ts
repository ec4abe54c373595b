import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import type { ApprovalRule } from '../../src/campaigns/campaign.rules.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { contentHashOf, seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient, aUser, NOW } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY);

let app: TestApp;
let author: SignedIn;
let colleague: SignedIn;
let campaign: CampaignRecord;
let list: string;
beforeEach(async () => {
  app = createTestApp();
  [author, colleague] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
  campaign = await aCampaign();
  list = `/campaigns/${String(campaign._id)}/approval`;
});

type Own = { due: number; approved: number; read?: boolean; by?: SignedIn } & Partial<FollowUpRecord>;

/** Written by its author and approved, so many days from now; `read` is how a person approves. */
async function approved({ due, approved: ago, read = true, by = author, ...own }: Own) {
  const followUp = await aFollowUp({
    recipient: (await aRecipient({ campaign: campaign._id }))._id,
    plannedBy: author.user._id,
    state: 'scheduled',
    dueAt: inDays(due),
    ...own,
  });
  const contentHash = contentHashOf(followUp, app.deps.post.from);
  const approval = { by: by.user._id, at: inDays(ago), contentHash, ...(read && { read }) };
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { approval } });
  return findFollowUp(followUp._id);
}
const pathOf = ({ _id }: FollowUpRecord) => `/follow-ups/${String(_id)}`;
const seen = (followUp: FollowUpRecord) => seenHashOf(followUp, app.deps.post.from);
const changeTo = (approval: ApprovalRule) =>
  Campaign.updateOne({ _id: campaign._id }, { $set: { approval } });
const buttons = async (followUp: FollowUpRecord, who: SignedIn) =>
  (await who.get(pathOf(followUp))).$('form[action$="/approval"] button').text();
const boxes = async (who: SignedIn) => (await who.get(list)).$('input[name=approve]');

test('one whose approval ends before it leaves is approved again on its page, and leaves then', async () => {
  const followUp = await approved({ due: 6, approved: -10 });
  const page = await author.get(pathOf(followUp));
  expect(page.main).toContain('Approve it again nearer to its time.');
  expect(page.$('form[action$="/approval"] button').text()).toBe('Approve exactly this again');
  const fields = { seenHash: page.$('[name=seenHash]').attr('value')! };
  const answer = await author.postForm(`${pathOf(followUp)}/approval`, fields, pathOf(followUp));
  expect((await author.get(answer.location!)).main).toContain('Nothing keeps it from leaving');
  expect(await findFollowUp(followUp._id)).toMatchObject({
    state: 'scheduled',
    approval: { by: author.user._id, at: NOW, read: true },
  });
  expect(await buttons(followUp, author)).toBe('');
});

test('many are approved again on the page of the campaign, which says why each would not leave', async () => {
  await approved({ due: 6, approved: -10 });
  await approved({ due: 0.5, approved: -15 });
  await approved({ due: 6, approved: -2 });
  await approved({ due: 15, approved: -2 });
  const page = await author.get(list);
  expect(page.main).toContain('2 messages wait for approval.');
  expect(page.main).toContain(
    'It is approved, and would not leave: It was approved more than 14 days before',
  );
  const approve = page
    .$('input[name=approve]')
    .toArray()
    .map((box) => page.$(box).attr('value')!);
  expect(approve).toHaveLength(2);
  const answer = await author.postForm(list, { approve });
  const after = await author.get(answer.location!);
  expect(after.main).toContain('2 messages are approved.');
  expect(after.main).toContain('No message waits for approval.');
});

describe('after the setting of the sender was changed', () => {
  const old = 'The campaign <campaign@example.org>';
  const changed = { mailFrom: 'The coalition <coalition@example.org>' };
  const why = `It was approved as mail from ${old}, and would leave from ${changed.mailFrom}. Read it once more and approve it again.`;
  let followUp: FollowUpRecord;
  let later: SignedIn;
  beforeEach(async () => {
    followUp = await anApprovedFollowUp(app, { recipient: await aRecipient({ campaign: campaign._id }) });
    expect((await author.get(list)).main).toContain('No message waits for approval.');
    const world = createTestApp(changed);
    later = await signInAs(world, 'staff');
  });

  test('what is approved is listed on the page of the campaign, with the reason, and approved again there', async () => {
    const page = await later.get(list);
    expect(page.main).toContain('1 message waits for approval.');
    expect(page.main).toContain(`It is approved, and would not leave: ${why}`);
    await later.postForm(list, { approve: page.$('input[name=approve]').attr('value')! });
    expect((await later.get(pathOf(followUp))).main).toContain('Nothing keeps it from leaving');
    expect((await later.get(list)).main).toContain('No message waits for approval.');
    // and with the setting as it was, it is the new approval that would not count
    expect((await author.get(list)).main).toContain('1 message waits for approval.');
  });

  test('so is what saving approved, and the first page and the page of the follow-up say so', async () => {
    await changeTo('none');
    const own = { subject: 'Saved', body: 'Saved.', recipient: await aRecipient({ campaign: campaign._id }) };
    const _id = await planFollowUp(own.recipient, { ...own, dueAt: inDays(0.5) }, author.user._id, app.deps);
    expect((await findFollowUp(_id)).state).toBe('scheduled');
    expect((await later.get(list)).main).toContain('2 messages wait for approval.');
    expect((await later.get(pathOf(await findFollowUp(_id)))).main).toContain(why);
    const reads = async (who: SignedIn) => (await who.get('/?whose=everybody')).main;
    expect(await reads(later)).toContain('Read and approve');
    expect(await reads(author)).not.toContain('Read and approve');
  });
});

test('one that leaves after a new approval would be over is not offered, and its page says when', async () => {
  const followUp = await approved({ due: 15, approved: -2 });
  const page = await author.get(pathOf(followUp));
  expect(page.$('form[action$="/approval"]')).toHaveLength(0);
  expect(page.main).toContain('An approval holds for 14 days, and this is due after that.');
});

describe('after the campaign asks for more than it did', () => {
  test('four eyes: its author is told to ask somebody else, who approves it again', async () => {
    const followUp = await approved({ due: 1, approved: -1 });
    expect(await buttons(followUp, author)).toBe('');
    await changeTo('four eyes');
    const page = await author.get(pathOf(followUp));
    expect(page.main).toContain('You planned it, and in this campaign somebody else approves.');
    expect(page.$('form[action$="/approval"]')).toHaveLength(0);
    expect(await boxes(author)).toHaveLength(0);
    const fields = { seenHash: seen(followUp) };
    const forced = await author.postForm(`${pathOf(followUp)}/approval`, fields, '/account');
    expect(forced.status).toBe(409);

    expect(await boxes(colleague)).toHaveLength(1);
    await colleague.postForm(`${pathOf(followUp)}/approval`, fields, pathOf(followUp));
    expect((await findFollowUp(followUp._id)).approval).toMatchObject({ by: colleague.user._id });
    expect((await colleague.get(list)).main).toContain('No message waits for approval.');
  });

  test('one person: what nobody read is read and approved, also by its author', async () => {
    await changeTo('none');
    const followUp = await approved({ due: 1, approved: -1, read: false });
    expect((await author.get(pathOf(followUp))).main).toContain('Nothing keeps it from leaving');
    expect(await boxes(author)).toHaveLength(0);
    await changeTo('one');
    const page = await author.get(pathOf(followUp));
    expect(page.main).toContain('Saving it approved it, and this campaign asks for a person by now.');
    expect((await author.get('/?whose=everybody')).main).toContain('Read and approve');
    const approve = (await boxes(author)).attr('value')!;
    await author.postForm(list, { approve });
    expect((await author.get(pathOf(followUp))).main).toContain('Nothing keeps it from leaving');
  });
});

test('what was put off, or is tried again, keeps its time when it is approved again', async () => {
  const put = { nextAttemptAt: inDays(2), attempts: 1, stateReasons: ['The mail server did not take it.'] };
  const followUp = await approved({ due: -3, approved: -13, ...put });
  expect(await buttons(followUp, author)).toBe('Approve exactly this again');
  await author.postForm(`${pathOf(followUp)}/approval`, { seenHash: seen(followUp) }, pathOf(followUp));
  expect(await findFollowUp(followUp._id)).toMatchObject({ ...put, approval: { at: NOW } });
});

test('an approval that stands is not given again, and one that was given meanwhile is not replaced', async () => {
  const [stands, ends] = [
    await approved({ due: 1, approved: -1 }),
    await approved({ due: 6, approved: -10 }),
  ];
  const again = (one: FollowUpRecord, who: SignedIn) =>
    who.postForm(`${pathOf(one)}/approval`, { seenHash: seen(one) }, '/account');
  expect((await again(ends, colleague)).status).toBe(302);
  for (const one of [stands, ends]) {
    const refused = await again(one, author);
    expect(refused.status).toBe(409);
    expect(refused.main).toContain('It cannot be approved any more');
  }
  expect((await findFollowUp(stands._id)).approval).toEqual(stands.approval);
  expect((await findFollowUp(ends._id)).approval).toMatchObject({ by: colleague.user._id });
});

test('somebody who may not approve is offered nothing, and told who may', async () => {
  const followUp = await approved({ due: 6, approved: -10 });
  const drafts = await signInAs(app, await aUser({ mayApprove: false }));
  const page = await drafts.get(pathOf(followUp));
  expect(page.main).toContain('You may not approve follow-ups. Ask somebody who may:');
  expect(page.$('form[action$="/approval"]')).toHaveLength(0);
});
