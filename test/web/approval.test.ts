import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { approveFollowUp } from '../../src/follow-ups/approve.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { Office } from '../../src/organisations/office.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { addSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  NOW,
} from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

const UNKNOWN = 'ffffffffffffffffffffffff';
const HASH = 'a'.repeat(64);
const DAY = 86_400_000;

let app: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let at: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  campaign = await aCampaign();
  at = `/campaigns/${String(campaign._id)}/approval`;
});

async function waiting(name: string, own: Partial<FollowUpRecord> & { days?: number } = {}) {
  const { days = 1, ...rest } = own;
  const organisation = await anOrganisation({ name });
  const office = await anOffice({ organisation: organisation._id });
  const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
  const dueAt = new Date(NOW.getTime() + days * DAY);
  return aFollowUp({ recipient: recipient._id, subject: `Our letter to ${name}`, dueAt, ...rest });
}

const stateOf = async ({ _id }: Pick<FollowUpRecord, '_id'>) => (await findFollowUp(_id)).state;
const seen = (followUp: FollowUpRecord) => seenHashOf(followUp, app.deps.post.from);
const named = ({ $ }: Page): string[] =>
  $('article h2 a')
    .toArray()
    .map((link) => $(link).text());
const boxOf = ({ $ }: Page, followUp: FollowUpRecord) => $(`input[value^="${String(followUp._id)} "]`);
/** As a person would: opens the page, ticks the boxes of these, sends the form. */
async function tick(followUps: FollowUpRecord[], visitor = staff): Promise<Page> {
  const page = await visitor.get(at);
  const approve = followUps.map((followUp) => boxOf(page, followUp).attr('value')!);
  return visitor.postForm(at, { approve });
}
const suppress = (address: string) =>
  addSuppression(
    {
      kind: 'address',
      value: address,
      organisation: '',
      reason: 'They asked us to stop.',
      source: 'A letter',
      from: '2026-11-24',
      until: '',
    },
    staff.user._id,
    NOW,
  );

describe('the page', () => {
  test('shows each message in full as it will leave, those with something in the way first', async () => {
    const second = await waiting('Second Example', { days: 2, text: 'The whole <text>.' });
    await waiting('First Example');
    const kept = await waiting('Kept Example', { days: 3 });
    await Office.updateOne({ email: kept.to.address }, { $set: { email: 'moved@example.org' } });
    await waiting('Held Example', { days: 4, state: 'held', stateReasons: ['It was late.'] });
    await waiting('Approved Example', {
      state: 'scheduled',
      approval: { by: staff.user._id, at: NOW, read: true },
    });
    await aFollowUp({ subject: 'Of another campaign' });

    const page = await staff.get(at);
    expect(named(page)).toEqual(['Kept Example', 'First Example', 'Second Example', 'Held Example']);
    expect(page.main).toContain('4 messages wait for approval.');
    const article = boxOf(page, second).closest('article');
    expect(article.find('pre').text()).toBe('The whole <text>.');
    const words = article.text().replaceAll(/\s+/g, ' ');
    expect(words).toContain(`Kim Invented <${second.to.address}>`);
    expect(words).toContain('26 November 2026, 12:00 (26 November 2026, 07:00 in America/New York');
    expect(words).not.toContain('Nobody has approved it yet.');
    expect(article.find('label').text().trim()).toBe(
      'Approve the message to Second Example, Chief executive: Our letter to Second Example',
    );
    expect(page.$('article').first().text()).toContain('The address of the office has changed since.');
    expect(page.$('article').last().text()).toContain('It was late.');
    expect(page.$('input[type=checkbox][checked]')).toHaveLength(0);
    expect(page.$('input[type=checkbox]')).toHaveLength(4);
  });

  test('offers no box where approval would be refused, and says why', async () => {
    const broken = await waiting('Broken Example', { problems: ['There is no field {{ nobody }}.'] });
    const silent = await waiting('Silent Example');
    await suppress(silent.to.address);
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'four eyes' } });
    await waiting('Own Example', { plannedBy: staff.user._id });

    const page = await staff.get(at);
    expect(page.$('input[type=checkbox]')).toHaveLength(0);
    expect(page.$('form[action*="/approval"]')).toHaveLength(0);
    const [one, other, own] = page
      .$('article')
      .toArray()
      .map((article) => page.$(article).text());
    expect(one).toContain('There is no field {{ nobody }}.');
    expect(one).toContain('It cannot be approved until that is mended.');
    expect(other).toContain('is not to be written to from 24 November 2026');
    expect(other).toContain('It cannot be approved until that is mended.');
    expect(own).toContain('in this campaign somebody else approves');
    for (const { _id } of [broken, silent])
      expect((await staff.get(`/follow-ups/${String(_id)}`)).$('form[action$="/approval"]')).toHaveLength(0);
  });

  test('offers no box, and refuses a late one, where an approval would be over before it leaves', async () => {
    const near = await waiting('Near Example', { days: 14 });
    const far = await waiting('Far Example', { days: 15 });
    const tooEarly =
      'An approval holds for 14 days, and this is due after that. Approve it nearer to its time.';
    const page = await staff.get(at);
    expect(named(page)).toEqual(['Near Example', 'Far Example']);
    expect(page.$('input[type=checkbox]')).toHaveLength(1);
    expect(page.$('article').last().text()).toContain(tooEarly);
    expect(page.$('.reasons')).toHaveLength(0);

    const path = `/follow-ups/${String(far._id)}`;
    const alone = await staff.get(path);
    expect(alone.main).toContain(tooEarly);
    expect(alone.$('form[action$="/approval"]')).toHaveLength(0);
    const approve = [near, far].map((one) => `${String(one._id)} ${seen(one)}`);
    const refused = await staff.postForm(at, { approve }, at);
    expect(refused.status).toBe(409);
    expect(refused.$('[role=alert]').text()).toContain(`It cannot be approved. ${tooEarly}`);
    expect([await stateOf(near), await stateOf(far)]).toEqual(['scheduled', 'planned']);
  });

  test('has twenty to a page, and one beyond the last shows the last', async () => {
    const recipient = (await aRecipient({ campaign: campaign._id }))._id;
    for (let n = 0; n < 21; n += 1) await aFollowUp({ recipient, subject: `Letter ${n}` });
    const page = await staff.get(at);
    expect(page.$('article')).toHaveLength(20);
    const next = await staff.get(page.$('a[rel=next]').attr('href')!);
    expect(next.$('article')).toHaveLength(1);
    expect(next.$('form[action$="page=2"]')).toHaveLength(1);
    expect((await staff.get(`${at}?page=99`)).$('article')).toHaveLength(1);
  });

  test('looks at the two hundred that are due first, and says so', async () => {
    const recipient = (await aRecipient({ campaign: campaign._id }))._id;
    const one = await aFollowUp({ recipient });
    const rows = Array.from({ length: 200 }, (_, n) => ({
      ...one,
      _id: undefined,
      revision: 1_000_000 + n,
      nextAttemptAt: new Date(one.nextAttemptAt.getTime() + DAY),
    }));
    await FollowUp.insertMany(rows.map(({ _id, ...row }) => row));
    const page = await staff.get(`${at}?page=10`);
    expect(page.main).toContain('201 messages wait for approval.');
    expect(page.main).toContain('only the 200 that are due first were looked at');
    expect(page.$('a[rel=next]')).toHaveLength(0);
  });

  test('shows one recipient’s only, when asked', async () => {
    const mine = await waiting('Mine Example');
    const other = await waiting('Other Example');
    const page = await staff.get(`${at}?recipient=${String(mine.recipient)}`);
    expect(named(page)).toEqual(['Mine Example']);
    expect(page.main).toContain('Only the messages to Mine Example, Chief executive.');
    const answer = await staff.postForm(`${at}?recipient=${String(mine.recipient)}`, {
      approve: boxOf(page, mine).attr('value')!,
    });
    expect(answer.location).toBe(`${at}?recipient=${String(mine.recipient)}&page=1`);
    expect((await staff.get(answer.location!)).main).toContain('No message waits for approval.');
    expect(await stateOf(other)).toBe('planned');
  });

  test('is reached from the campaign, from the list of what waits and from a running cadence', async () => {
    const world = createTestApp();
    const { recipient, campaign: own } = await aRunningCadence(world, { approved: false });
    const page = `/campaigns/${String(own._id)}/approval`;
    const ofRecipient = `${page}?recipient=${String(recipient._id)}`;
    for (const [address, link] of [
      [`/campaigns/${String(own._id)}`, page],
      ['/follow-ups?list=waiting', page],
      [`/recipients/${String(recipient._id)}`, ofRecipient],
    ])
      expect((await staff.get(address!)).$(`main a[href="${link}"]`)).toHaveLength(1);
    expect((await staff.get(ofRecipient)).$('input[type=checkbox]')).toHaveLength(3);
  });
});

describe('approving what is ticked', () => {
  test('approves those and no others, each for exactly what was shown', async () => {
    const [one, two, left] = [await waiting('One'), await waiting('Two'), await waiting('Left')];
    const answer = await tick([one, two]);
    expect(answer.location).toBe(`${at}?page=1`);
    const page = await staff.get(answer.location!);
    expect(page.$('[role=status], .notice').text()).toContain('2 messages are approved.');
    expect(named(page)).toEqual(['Left']);
    expect(await Promise.all([one, two, left].map(stateOf))).toEqual(['scheduled', 'scheduled', 'planned']);
    expect((await findFollowUp(one._id)).approval).toMatchObject({ by: staff.user._id, at: NOW });
    expect((await staff.get(`/follow-ups/${String(one._id)}`)).main).toContain(
      'Nothing keeps it from leaving',
    );
  });

  test('refuses one that was changed meanwhile by name, and approves the others', async () => {
    const [one, changed] = [await waiting('One'), await waiting('Changed')];
    const page = await staff.get(at);
    const approve = [one, changed].map((followUp) => boxOf(page, followUp).attr('value')!);
    await FollowUp.updateOne({ _id: changed._id }, { $set: { text: 'Other words.' } });
    const answer = await staff.postForm(at, { approve });
    expect(answer.status).toBe(409);
    const said = answer.$('[role=alert]').text().replaceAll(/\s+/g, ' ').trim();
    expect(said).toBe(
      '1 message is approved, 1 not: Changed, Chief executive: Our letter to Changed. Somebody changed it while you were reading. Read it once more, then approve it.',
    );
    expect(answer.$('article pre').text()).toBe('Other words.');
    expect(await Promise.all([one, changed].map(stateOf))).toEqual(['scheduled', 'planned']);
  });

  test('refuses its author where four eyes are asked for, and lets another person', async () => {
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'four eyes' } });
    const own = await waiting('Own', { plannedBy: staff.user._id });
    const theirs = await waiting('Theirs', { plannedBy: (await aUser())._id });
    const shown = await staff.get(at);
    expect(boxOf(shown, own)).toHaveLength(0);
    expect(
      shown.main.match(/You planned it, and in this campaign somebody else approves\. Ask/g),
    ).toHaveLength(1);
    const drafting = await signInAs(app, await aUser({ mayApprove: false }));
    expect((await drafting.get(at)).main).toContain('nobody approves what they planned themselves');
    const approve = [own, theirs].map((followUp) => `${String(followUp._id)} ${seen(followUp)}`);
    const forced = await staff.postForm(at, { approve });
    expect(forced.$('[role=alert]').text()).toContain('somebody other than its author approves');
    expect(await Promise.all([own, theirs].map(stateOf))).toEqual(['planned', 'scheduled']);
    await tick([own], await signInAs(app, 'staff'));
    expect(await stateOf(own)).toBe('scheduled');
  });

  test('nothing ticked is said, and nothing is approved', async () => {
    const one = await waiting('One');
    expectMistakes(await staff.postForm(at, {}), {
      approve: 'Tick the messages that you have read and approve.',
    });
    expect(await stateOf(one)).toBe('planned');
  });

  test.each([
    ['a word', 'nonsense'],
    ['nothing', ''],
    ['an id without what was seen', UNKNOWN],
    ['an operator', `{"$ne":1} ${HASH}`],
    ['another hash', `${UNKNOWN} ${'g'.repeat(64)}`],
  ])('%s in place of a message is refused, with all that came with it', async (_what, hostile) => {
    const one = await waiting('One');
    const page = await staff.postForm(at, { approve: [`${String(one._id)} ${seen(one)}`, hostile] });
    expectMistakes(page, { approve: 'These are not messages of this page. Tick them once more.' });
    expect(await stateOf(one)).toBe('planned');
  });

  test('fields that are no text count as nothing ticked, and more than a page holds are refused', async () => {
    const token = await staff.tokenFrom(at);
    const page = await staff.postRaw(at, `approve[$ne]=x&approve[0]=${UNKNOWN}%20${HASH}&_csrf=${token}`);
    expect(page.status).toBe(422);
    const many = await staff.postForm(at, {
      approve: Array.from({ length: 21 }, () => `${UNKNOWN} ${HASH}`),
    });
    expectMistakes(many, { approve: 'Approve at most 20 at once.' });
  });

  test('an id of nothing, or of another campaign, is refused, and the same one twice is one', async () => {
    const one = await waiting('One');
    const foreign = await aFollowUp();
    const ticked = `${String(one._id)} ${seen(one)}`;
    const page = await staff.postForm(at, {
      approve: [ticked, ticked, `${UNKNOWN} ${HASH}`, `${String(foreign._id)} ${seen(foreign)}`],
    });
    expect(page.status).toBe(409);
    expect(page.main).toContain('1 message is approved, 2 not:');
    expect(page.main.match(/This campaign has no such message\./g)).toHaveLength(2);
    expect(await Promise.all([one, foreign].map(stateOf))).toEqual(['scheduled', 'planned']);
  });

  test('a second sending of the same form approves nothing again, and says so', async () => {
    const one = await waiting('One');
    const approve = [`${String(one._id)} ${seen(one)}`];
    await staff.postForm(at, { approve });
    const again = await staff.postForm(at, { approve }, '/account');
    expect(again.main).toContain('0 messages are approved, 1 not: One, Chief executive: Our letter to One.');
    expect(again.main).toContain('It cannot be approved any more');
  });
});

describe('somebody without the right to approve', () => {
  let drafts: SignedIn;
  let one: FollowUpRecord;
  beforeEach(async () => {
    await aUser({ role: 'admin', name: 'Ada Example' });
    await aUser({ name: 'Bo Example' });
    await aUser({ name: 'Closed Example', closedAt: NOW });
    await aUser({ name: 'Invited Example', invited: true });
    await aUser({ role: 'partner', name: 'Partner Example', mayApprove: true });
    drafts = await signInAs(app, await aUser({ mayApprove: false, name: 'Drafting Example' }));
    one = await waiting('One');
  });

  test('reads the messages without boxes, and who may approve', async () => {
    const page = await drafts.get(at);
    const names = ['Ada Example', 'Bo Example', staff.user.name].toSorted().join(', ');
    expect(page.main).toContain(`You may not approve follow-ups. Ask somebody who may: ${names}.`);
    expect(named(page)).toEqual(['One']);
    expect(page.$('input[type=checkbox], main form')).toHaveLength(0);
    expect(page.main).not.toContain('until that is mended');
  });

  test('is refused whatever the page shows, and withdraws an approval all the same', async () => {
    const single = `/follow-ups/${String(one._id)}`;
    const shown = await drafts.get(single);
    expect(shown.main).toContain('You may not approve follow-ups. Ask somebody who may: Ada Example,');
    expect(shown.$(`form[action="${single}/approval"]`)).toHaveLength(0);
    for (const [address, fields] of [
      [`${single}/approval`, { seenHash: seen(one) }],
      [at, { approve: `${String(one._id)} ${seen(one)}` }],
    ] as const) {
      const refused = await drafts.postForm(address, fields, '/account');
      expect(refused.status).toBe(403);
      expect(refused.main).toContain('Ask somebody who may: Ada Example,');
    }
    expect(await stateOf(one)).toBe('planned');

    await tick([one]);
    expect(await stateOf(one)).toBe('scheduled');
    expect((await drafts.postForm(`${single}/withdrawal`, {}, single)).status).toBe(302);
    expect(await stateOf(one)).toBe('planned');
  });

  test.each<[string, Parameters<typeof aUser>[0], boolean]>([
    ['staff of before, of whom nothing is written down', { mayApprove: undefined }, false],
    ['a partner, whatever is written down', { role: 'partner', mayApprove: true }, false],
    ['an administrator', { role: 'admin', mayApprove: false }, true],
  ])('the rule holds for the account itself: %s', async (_who, own, may) => {
    const by = (await aUser(own))._id;
    const approving = approveFollowUp(one._id, {
      seenHash: seen(one),
      by,
      from: app.deps.post.from,
      now: NOW,
    });
    if (may) await approving;
    else await expect(approving).rejects.toThrow('You may not approve follow-ups.');
    expect(await stateOf(one)).toBe(may ? 'scheduled' : 'planned');
  });

  test('what they approved before the right was taken away stands', async () => {
    const admin = await signInAs(app, 'admin');
    await tick([one]);
    const path = `/users/${String(staff.user._id)}`;
    await admin.postForm(path, { role: 'staff' }, `${path}/edit`);
    expect((await staff.get(`/follow-ups/${String(one._id)}`)).main).toContain(
      'Nothing keeps it from leaving',
    );
    expect(await stateOf(one)).toBe('scheduled');
    expect((await staff.get(at)).main).toContain('No message waits for approval.');
    await waiting('Two');
    expect((await staff.get(at)).main).toContain('You may not approve follow-ups.');
  });

  test('where a campaign asks for no approval, what they save leaves as the administrator decided', async () => {
    await Campaign.updateOne({ _id: campaign._id }, { $set: { approval: 'none' } });
    const to = `/recipients/${String((one as { recipient: RecipientRecord['_id'] }).recipient)}/follow-ups`;
    const typed = { date: '2026-12-01', time: '10:00', subject: 'Our letter', body: 'Please answer.' };
    const { location } = await drafts.postForm(to, typed, `${to}/new`);
    expect((await drafts.get(location!)).main).toContain('This campaign asks for no approval');
  });
});

describe('approving one', () => {
  test('is refused for somebody who is not to be written to', async () => {
    const one = await waiting('One');
    const single = `/follow-ups/${String(one._id)}`;
    await suppress(one.to.address);
    const answer = await staff.postForm(`${single}/approval`, { seenHash: seen(one) }, single);
    expect(answer.status).toBe(409);
    expect(answer.main).toContain('It cannot be approved.');
    expect(answer.main).toContain('is not to be written to from 24 November 2026: They asked us to stop.');
    expect(await stateOf(one)).toBe('planned');
  });

  test('is refused when a cadence has moved it since it was read', async () => {
    const one = await waiting('One');
    const dueAt = new Date(one.dueAt.getTime() + DAY);
    await FollowUp.updateOne({ _id: one._id }, { $set: { dueAt, nextAttemptAt: dueAt } });
    const answer = await staff.postForm(
      `/follow-ups/${String(one._id)}/approval`,
      { seenHash: seen(one) },
      '/account',
    );
    expect(answer.status).toBe(409);
    expect(answer.main).toContain('Somebody changed it while you were reading.');
    expect(await findFollowUp(one._id)).toMatchObject({ state: 'planned', nextAttemptAt: dueAt });
  });
});

test('strangers sign in, partners are refused, and what is not there is not found', async () => {
  const partner = await signInAs(app, 'partner');
  expect((await partner.get(at)).status).toBe(403);
  const other = await aRecipient();
  for (const address of [
    `/campaigns/${UNKNOWN}/approval`,
    `${at}?recipient=${UNKNOWN}`,
    `${at}?recipient=nonsense`,
    `${at}?recipient=${String(other._id)}`,
  ])
    expect((await staff.get(address)).status).toBe(404);
  for (const query of ['recipient[$ne]=x', 'page[]=2', 'page=-1'])
    expect((await staff.get(`${at}?${query}`)).status).toBe(200);
});
