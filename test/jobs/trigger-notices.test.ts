import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Notice } from '../../src/mail/notice.model.js';
import { addSuppression } from '../../src/suppressions/suppressions.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { pauseTrigger } from '../../src/triggers/triggers.js';
import { turnRemindersOff } from '../../src/users/reminders-off.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { approve, aTrack, aTrigger, changeMilestone } from '../support/triggers.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

let sink: Sink;
let world: TestApp;
let by: Types.ObjectId;
let campaign: Types.ObjectId;
let track: Awaited<ReturnType<typeof aTrack>>;
beforeEach(async () => {
  sink = await startSink();
  world = createTestApp({ smtpUrl: sink.url, baseUrl: 'https://answerable.example' });
  by = (await aUser({ role: 'admin', email: 'approver@example.org' }))._id;
  campaign = (await aCampaign())._id;
  track = await aTrack();
});
afterEach(() => sink.close());

const sweep = () => schedule['set-in-motion']!.run(world.deps);
type Own = Partial<Parameters<typeof aTrigger>[0]>;
const anApproved = async (own: Own) => {
  const trigger = await aTrigger({ campaign, track: track._id, author: by, ...own });
  await approve(trigger, by, world);
  return trigger;
};

describe('a reminder to staff', () => {
  const remind = async (own: Own = {}) => {
    const ana = await aUser({ name: 'Ana Example', email: 'ana@example.org' });
    const bo = await aUser({ name: 'Bo Example', email: 'bo@example.org' });
    const text = 'Call the clerk of the committee.';
    const trigger = await anApproved({ effect: 'remind staff', staff: [ana._id, bo._id], text, ...own });
    return { ana, bo, trigger };
  };
  const writtenTo = () => sink.messages.flatMap(({ to }) => to).toSorted();

  test('goes out once to each of them, on its day, at their hour, however often it is looked at', async () => {
    const { trigger } = await remind();
    expect(await sweep()).toBe('Nothing is set in motion.');
    world.clock.set('2026-11-30T07:59:00Z');
    expect(await sweep()).toBe('Nothing is set in motion.');
    world.clock.set('2026-11-30T08:00:00Z');
    expect(await sweep()).toBe('Set in motion: 2 reminded.');
    world.clock.set('2026-11-30T12:00:00Z');
    await Promise.all([sweep(), sweep()]);
    world.clock.set('2026-12-01T12:00:00Z');
    await sweep();
    expect(writtenTo()).toEqual(['ana@example.org', 'bo@example.org']);
    const { mail } = sink.messages.find(({ to }) => to.includes('ana@example.org'))!;
    expect(mail.subject).toBe('Report stage: a reminder');
    expect(mail.text).toContain('“Report stage” of A fictional safety bill is expected: 14 December 2026.');
    expect(mail.text).toContain('Call the clerk of the committee.');
    expect(mail.text).toContain(`https://answerable.example/triggers/${String(trigger._id)}`);
    expect(mail.headers.get('list')).toMatchObject({
      unsubscribe: { url: expect.stringContaining('https://answerable.example/unsubscribe/') },
    });
  });

  test('goes out once where two sweeps come to it at once', async () => {
    await remind();
    world.clock.set('2026-11-30T09:00:00Z');
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(writtenTo()).toEqual(['ana@example.org', 'bo@example.org']);
    expect(await Firing.find({ state: 'done', said: 'sent' }).countDocuments()).toBe(2);
  });

  test('is said to have gone or not, where the process ended that was writing it', async () => {
    await remind();
    world.clock.set('2026-11-30T09:00:00Z');
    await sweep();
    await Notice.updateMany({}, { state: 'sending' });
    await Firing.updateMany({}, { state: 'begun', said: '' });
    world.clock.pass({ minutes: 5 });
    await sweep();
    expect(await Firing.distinct('state')).toEqual(['begun']);
    world.clock.pass({ minutes: 6 });
    await sweep();
    expect(await Firing.find().lean()).toMatchObject([
      { state: 'done', said: 'uncertain' },
      { state: 'done', said: 'uncertain' },
    ]);
    expect(writtenTo()).toHaveLength(2);
  });

  test('is said to come at their hour once its day has come, be it that of the next morning', async () => {
    const { trigger } = await remind();
    world.clock.set('2026-11-30T21:00:00Z');
    expect(await sweep()).toBe('Nothing is set in motion.');
    const staff = await signInAs(world, 'staff');
    const at = `/triggers/${String(trigger._id)}`;
    expect((await staff.get(at)).main).toContain(
      'each of them gets it at the hour at which they are reminded.',
    );
    expect((await staff.get(at)).$('#would').text()).toBe('What it would do now');
    await staff.postForm(`${at}/pause`, {}, at);
    expect((await staff.get(at)).$('#would').text()).toBe('What it would do if it were resumed');
  });

  test('comes later where the mail server asked for patience, and once', async () => {
    await remind();
    world.clock.set('2026-11-30T09:00:00Z');
    sink.behave({ onMessage: () => ({ code: 451, message: 'Try later.' }) });
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(await Notice.countDocuments()).toBe(0);
    sink.behave({ onMessage: () => undefined });
    expect(await sweep()).toBe('Set in motion: 2 reminded.');
    await sweep();
    expect(writtenTo()).toEqual(['ana@example.org', 'bo@example.org']);
  });

  test('moves with the date until it has gone, and not after', async () => {
    await remind();
    await changeMilestone(track, { expectedOn: '2026-12-21' });
    world.clock.set('2026-11-30T09:00:00Z');
    await sweep();
    expect(writtenTo()).toEqual([]);
    world.clock.set('2026-12-07T09:00:00Z');
    await sweep();
    await changeMilestone(track, { expectedOn: '2026-12-22' });
    world.clock.set('2026-12-08T09:00:00Z');
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(writtenTo()).toHaveLength(2);
  });

  test('does not go to an address that is suppressed, nor to whoever turned such mails off or has left', async () => {
    const { ana, bo } = await remind();
    const cy = await aUser({ closedAt: NOW });
    await Trigger.updateMany({}, { $push: { staff: cy._id } });
    await approve((await Trigger.findOne().lean())!, by, world);
    await turnRemindersOff(String(ana._id), NOW);
    const suppression = {
      kind: 'address',
      value: 'bo@example.org',
      organisation: '',
      reason: 'They asked us to stop.',
      source: 'Their office',
      from: '2026-11-24',
      until: '',
    } as const;
    await addSuppression(suppression, by, NOW);
    world.clock.set('2026-11-30T09:00:00Z');
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(writtenTo()).toEqual([]);
    expect(await Firing.find().sort({ to: 1 }).lean()).toMatchObject([
      { to: ana._id, state: 'done', said: 'not wanted' },
      { to: bo._id, state: 'done', said: 'suppressed' },
    ]);
  });

  test('is captured without a mail server', async () => {
    await remind();
    world = createTestApp({ now: '2026-11-30T09:00:00Z' });
    expect(await sweep()).toBe('Set in motion: 2 reminded.');
    expect(await CapturedMessage.countDocuments({ kind: 'reminder' })).toBe(2);
  });

  test('never goes without approval, nor from a trigger that is paused', async () => {
    const { trigger } = await remind();
    await Trigger.updateOne({ _id: trigger._id }, { $set: { text: 'Other words.' } });
    world.clock.set('2026-11-30T09:00:00Z');
    await sweep();
    await approve(trigger, by, world);
    await pauseTrigger(trigger, NOW);
    await sweep();
    expect(writtenTo()).toEqual([]);
  });
});

describe('a notice to partners', () => {
  const TEXT = 'The vote is near: tell your members.';
  const show = (own: Own = {}) => anApproved({ effect: 'show notice', text: TEXT, ...own });
  const partnerOf = async (...campaigns: Types.ObjectId[]) =>
    signInAs(world, await aUser({ role: 'partner', campaigns }));
  const readAs = async (partner: Awaited<ReturnType<typeof partnerOf>>, of = campaign) =>
    partner.get(`/shared/campaigns/${String(of)}`);
  const day = (at: string) => world.clock.set(`${at}T12:00:00Z`);

  test('is shown from its day until its end, on the page of its campaign', async () => {
    await show({ until: '2026-12-04' });
    const partner = await partnerOf(campaign);
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect((await readAs(partner)).html).not.toContain(TEXT);
    day('2026-11-30');
    expect(await sweep()).toBe('Set in motion: 1 shown.');
    expect(await sweep()).toBe('Nothing is set in motion.');
    const { $ } = await readAs(partner);
    expect($('.shared-notice').text().replaceAll(/\s+/g, ' ').trim()).toContain(TEXT);
    day('2026-12-04');
    expect((await readAs(partner)).html).toContain(TEXT);
    day('2026-12-05');
    expect((await readAs(partner)).html).not.toContain(TEXT);
  });

  test('is seen by nobody of another campaign, and nothing but its words is told', async () => {
    await show();
    const other = (await aCampaign())._id;
    day('2026-11-30');
    await sweep();
    const stranger = await partnerOf(other);
    expect((await readAs(stranger, other)).html).not.toContain(TEXT);
    expect((await readAs(stranger)).status).toBe(404);
    const { html } = await readAs(await partnerOf(campaign));
    expect(html).toContain(TEXT);
    expect(html).not.toContain('/triggers');
    expect((await aVisitor(world).get(`/shared/campaigns/${String(campaign)}`)).status).toBe(302);
  });

  test('is plain text', async () => {
    await show({ text: '<b>Now</b> [see](https://example.org)' });
    day('2026-11-30');
    await sweep();
    const { $ } = await readAs(await partnerOf(campaign));
    expect($('.shared-notice b, .shared-notice a')).toHaveLength(0);
    expect($('.shared-notice').text()).toContain('<b>Now</b> [see](https://example.org)');
  });

  test('never before approval; one that is changed, paused or removed is hidden at once', async () => {
    const trigger = await aTrigger({
      campaign,
      track: track._id,
      author: by,
      effect: 'show notice',
      text: TEXT,
    });
    const partner = await partnerOf(campaign);
    day('2026-11-30');
    await sweep();
    expect((await readAs(partner)).html).not.toContain(TEXT);
    await approve(trigger, by, world);
    await sweep();
    for (const change of [{ text: `${TEXT} Now!` }, { pausedAt: NOW }, { removedAt: NOW }]) {
      expect((await readAs(partner)).html).toContain(TEXT);
      await Trigger.updateOne({ _id: trigger._id }, { $set: change });
      expect((await readAs(partner)).html).not.toContain(TEXT);
      await Trigger.updateOne(
        { _id: trigger._id },
        { $set: { text: TEXT, pausedAt: null, removedAt: null } },
      );
    }
  });

  test('says before it is changed, paused or removed that partners do not see it then', async () => {
    const at = `/triggers/${String((await show())._id)}`;
    const staff = await signInAs(world, 'staff');
    expect((await staff.get(at)).main).toContain('once it is removed, partners do not see the notice.');
    const { main } = await staff.get(`${at}/edit`);
    expect(main).toContain('Partners do not see the notice from then on, until the change is approved.');
    expect(main).not.toContain('stays');
  });

  test('that is shown stays when the date moves', async () => {
    await show();
    day('2026-11-30');
    await sweep();
    await changeMilestone(track, { expectedOn: '2027-02-01' });
    await sweep();
    expect((await readAs(await partnerOf(campaign))).html).toContain(TEXT);
  });

  test('that is shown is called shown on its page, and told to whoever changes the milestone, until it is over', async () => {
    const { _id } = await show({ until: '2026-12-04' });
    const staff = await signInAs(world, 'staff');
    const law = `/tracks/${String(track._id)}`;
    const milestone = `${law}/milestones/${String(track.milestones[0]!._id)}`;
    const move = async (expectedOn: string) => {
      const fields = { title: 'Report stage', stage: 'committee', expectedOn, expectedPrecision: 'day' };
      await staff.postForm(milestone, fields, `${milestone}/edit`);
      return (await staff.get(law)).html;
    };
    const page = async () => (await staff.get(`/triggers/${String(_id)}`)).main;
    expect(await move('2026-12-14')).not.toContain('Partners read a notice about it');
    day('2026-11-30');
    await sweep();
    expect(await move('2027-02-01')).toContain('The milestone is saved. Partners read a notice about it');
    expect(await page()).toContain('It stays there as it is when the milestone moves or has happened');
    expect(await page()).not.toContain('never shown');
    await staff.postForm(`${milestone}/happening`, { happenedOn: '2026-11-30' }, law);
    expect((await staff.get(law)).html).toContain('is marked as happened. Partners read a notice about it');
    expect(await page()).toContain('the notice is on the partners’ page until 4 December 2026.');
    day('2026-12-05');
    expect(await page()).toContain('the notice was on the partners’ page until 4 December 2026.');
    expect(await page()).toContain('It was put on the partners’ page.');
    expect(await page()).not.toContain('It stays there');
    await staff.postForm(`/triggers/${String(_id)}/removal`, {}, `/triggers/${String(_id)}`);
    expect(await page()).toContain('Nothing. It was removed.');
  });

  test('whose end is over by its day is never shown', async () => {
    await show({ until: '2026-11-27' });
    day('2026-11-30');
    expect(await sweep()).toBe('Nothing is set in motion.');
  });
});
