import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { removeTrigger } from '../../src/triggers/triggers.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, NOW } from '../support/factories.js';
import { schedule } from '../../jobs/schedule.js';
import { anApprovedTrigger, aTrack } from '../support/triggers.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const WHY = { why: 'Entered twice.' };

let app: TestApp;
let ana: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  ana = await signInAs(app, await aUser({ name: 'Ana Example' }));
});

const stored = async ({ _id }: Pick<TrackRecord, '_id'>) => (await Track.findById(_id).lean<TrackRecord>())!;
const law = ({ _id }: Pick<TrackRecord, '_id'>) => `/tracks/${String(_id)}`;
const addressIn = (track: TrackRecord, n = 0) =>
  `${law(track)}/milestones/${String(track.milestones[n]!._id)}`;
const remove = (address: string, fields = WHY) => ana.postForm(`${address}/removal`, fields);

describe('a milestone that was entered by mistake', () => {
  test('is removed after a page that says what becomes of it, which the page of the law leads to', async () => {
    const track = await aTrack({}, [{ title: 'Third reading', stage: 'final vote', expectedOn: '2027-01' }]);
    const address = addressIn(track);
    const { $ } = await ana.get(law(track));
    expect($(`a[href="${address}/removal"]`).text()).toBe('Remove Report stage');
    const page = await ana.get(`${address}/removal`);
    expect(page.main).toContain('Report stage, expected on 14 December 2026');
    expect(page.main).toContain('It is kept at the end of the page of this law, with your name');
    expect(page.main).not.toContain('It is marked as having happened');
    const answer = await remove(address);
    expect(answer.location).toBe(law(track));
    const { milestones, removedMilestones } = await stored(track);
    expect(milestones.map(({ title }) => title)).toEqual(['Third reading']);
    expect(removedMilestones).toEqual([
      { ...track.milestones[0], removed: { by: ana.user._id, at: NOW, ...WHY } },
    ]);
    const after = await ana.get(law(track));
    expect(after.main).toContain('“Report stage” is removed. It is kept at the end of this page');
    expect(after.$('.milestones').text()).not.toContain('Report stage');
    const list = after.$('#removed').text().replaceAll(/\s+/g, ' ');
    expect(list).toContain('1 removed milestone Report stage, expected on 14 December 2026 Entered twice.');
    expect(list).toContain('Removed by Ana Example, 24 November 2026.');
  });

  test('stays until somebody says why', async () => {
    const track = await aTrack();
    const { status, main, $ } = await remove(addressIn(track), { why: ' ' });
    expect(status).toBe(422);
    expect(main).toContain('Say in a sentence why it is removed, for example: Entered twice.');
    expect(main).toContain('Nothing has been removed.');
    expect($('.error-summary a').attr('href')).toBe('#why');
    const long = await remove(addressIn(track), { why: 'x'.repeat(501) });
    expect([long.status, long.$('#why').val()]).toEqual([422, 'x'.repeat(501)]);
    expect(await stored(track)).toEqual(track);
  });

  test('is put back where it stood, and that it was removed stays written down', async () => {
    const track = await aTrack();
    const address = addressIn(track);
    await remove(address);
    app.clock.pass({ hours: 1 });
    const answer = await ana.postForm(`${address}/return`, {}, law(track));
    expect(answer.location).toBe(`${law(track)}#milestone-${String(track.milestones[0]!._id)}`);
    const { milestones, removedMilestones } = await stored(track);
    const [by, backAt] = [ana.user._id, app.clock.now()];
    expect(milestones).toEqual([
      {
        ...track.milestones[0],
        removed: null,
        onceRemoved: [{ by, at: NOW, ...WHY, backBy: by, backAt }],
      },
    ]);
    expect(removedMilestones).toEqual([]);
    const again = await ana.postForm(`${address}/return`, {}, law(track));
    expect([again.status, (await stored(track)).milestones]).toEqual([302, milestones]);
    const page = await ana.get(law(track));
    expect(page.main).toContain(
      'It was removed 24 November 2026 (Entered twice.) and put back 24 November 2026.',
    );
    expect(page.$('#removed')).toHaveLength(0);
  });

  test('cannot come back at a stage that its law has no more', async () => {
    const track = await aTrack({ stage: 'final vote' });
    await remove(addressIn(track));
    await Track.updateOne({ _id: track._id }, { $set: { ownStages: ['A hearing'] } });
    const { status, main } = await ana.postForm(`${addressIn(track)}/return`, {}, law(track));
    expect(status).toBe(409);
    expect(main).toContain('which this law has no more. Nothing was changed');
    expect((await stored(track)).removedMilestones).toHaveLength(1);
  });

  test('is found nowhere else, and its old addresses say what became of it', async () => {
    const track = await aTrack();
    const address = addressIn(track);
    await remove(address);
    for (const path of ['edit', 'triggers', 'removal']) {
      const { status, main } = await ana.get(`${address}/${path}`);
      expect([path, status]).toEqual([path, 404]);
      expect(main).toContain('“Report stage” was removed. The page of its law says why at its end');
    }
    const posts = await Promise.all(
      ['happening', 'removal'].map((path) => ana.postForm(`${address}/${path}`, WHY, law(track))),
    );
    expect(posts.map(({ status }) => status)).toEqual([404, 404]);
    expect((await stored(track)).removedMilestones).toHaveLength(1);
  });

  test('that happened is removed after a word about that, and one that was read from a source too', async () => {
    const track = await aTrack({ expectedOn: null, happenedOn: '2026-11-20' });
    const imported = {
      source: track._id,
      key: 'a',
      said: { stage: 'committee', title: 'Report stage', on: '2026-11-20' },
      seenAt: NOW,
    };
    await Track.updateOne({ _id: track._id }, { $set: { 'milestones.0.imported': imported } });
    const { main } = await ana.get(`${addressIn(track)}/removal`);
    expect(main).toContain('It is marked as having happened, on 20 November 2026.');
    expect(main).toContain('It was read from a source, which will not bring it back.');
    expect((await remove(addressIn(track))).status).toBe(302);
  });

  test('is not removed at one time with another change of its law so that one of them is lost', async () => {
    const track = await aTrack({}, [{ title: 'Third reading', stage: 'final vote', expectedOn: '2027-01' }]);
    const token = await ana.tokenFrom(`${addressIn(track)}/removal`);
    const fields = `_csrf=${encodeURIComponent(token)}&why=Twice`;
    const answers = await Promise.all([
      ana.postRaw(`${addressIn(track, 0)}/removal`, fields),
      ana.postRaw(`${addressIn(track, 1)}/removal`, fields),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    const { milestones, removedMilestones } = await stored(track);
    expect([milestones.length, removedMilestones!.length]).toEqual([0, 2]);
  });

  test('is not removed, nor put back, by a partner', async () => {
    const track = await aTrack();
    const partner = await signInAs(app, 'partner');
    for (const path of ['removal', 'return'])
      expect((await partner.postForm(`${addressIn(track)}/${path}`, WHY, '/account')).status).toBe(403);
    expect(await stored(track)).toEqual(track);
  });
});

describe('a milestone that something depends on', () => {
  const sweep = () => schedule['set-in-motion']!.run(app.deps);

  test('stays while there is a trigger on it, and the page says which and what to do', async () => {
    const { track, trigger, campaign } = await anApprovedTrigger(app);
    const address = addressIn(track);
    const { main, $ } = await ana.get(`${address}/removal`);
    expect(main).toContain('It cannot be removed while something depends on it');
    expect(main).toContain('10 working days before “Report stage” is expected');
    expect(main).toContain(campaign.title);
    expect(main).toContain('Remove the trigger on its page first. What it did is kept.');
    expect($(`main a[href="/triggers/${String(trigger._id)}"]`)).toHaveLength(1);
    expect($('main form')).toHaveLength(0);
    expect(main).not.toContain('It is kept at the end');
    const post = await ana.postForm(`${address}/removal`, WHY, law(track));
    expect(post.status).toBe(422);
    expect(post.$('.error-summary a').attr('href')).toBe('#depends');
    expect(post.$('#depends')).toHaveLength(1);
    expect(await stored(track)).toEqual(track);
  });

  test('stays while what a trigger planned is on its way, also once the trigger is removed', async () => {
    const { track, trigger } = await anApprovedTrigger(app);
    await sweep();
    const address = addressIn(track);
    expect((await ana.get(`${address}/removal`)).main).toContain(
      'It has follow-ups in progress to 2 recipients. Let them go first, or remove the trigger on its page',
    );
    const [first] = await FollowUp.find({ trigger: trigger._id }).sort({ _id: 1 }).lean();
    await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'uncertain' } });
    await removeTrigger(trigger, app.clock.now());
    const { main } = await ana.get(`${address}/removal`);
    expect(main).toContain('The trigger was removed, but follow-ups to 1 recipient are on their way');
    expect((await ana.postForm(`${address}/removal`, WHY, law(track))).status).toBe(422);
    await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'sent' } });
    expect((await remove(address)).status).toBe(302);
    expect(await sweep()).toBe('Nothing is set in motion.');
  });

  test('is removed although another of its law has a trigger; the law itself is not', async () => {
    const { track, trigger } = await anApprovedTrigger(app);
    const other = { title: 'Third reading', stage: 'final vote', expectedOn: '2027-01' };
    await Track.updateOne({ _id: track._id }, { $push: { milestones: other } });
    const both = await stored(track);
    expect((await remove(addressIn(both, 1))).status).toBe(302);
    const answer = await ana.postForm(`${law(track)}/removal`, WHY, law(track));
    expect(answer.status).toBe(422);
    expect(answer.$(`main a[href="/triggers/${String(trigger._id)}"]`)).toHaveLength(1);
    await removeTrigger(trigger, app.clock.now());
    expect((await ana.postForm(`${law(track)}/removal`, WHY)).location).toBe('/legislation');
  });

  test('removed in the very moment in which somebody wrote a trigger on it, sets nothing in motion', async () => {
    const { track, trigger } = await anApprovedTrigger(app);
    const removed = { by: ana.user._id, at: NOW, ...WHY };
    await Track.updateOne({ _id: track._id }, { $set: { removed } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    const { main } = await ana.get(`/triggers/${String(trigger._id)}`);
    expect(main).toContain('It rests: the milestone is not there any more.');
  });

  test('what a trigger is written for is never one that was removed', async () => {
    const { track, trigger, campaign } = await anApprovedTrigger(app);
    await removeTrigger(trigger, app.clock.now());
    await remove(addressIn(track));
    const fields = {
      effect: 'show notice',
      milestone: String(track.milestones[0]!._id),
      days: '1',
      side: 'before',
      basis: 'expected',
      text: 'Look there',
    };
    const home = `/campaigns/${String(campaign._id)}/triggers`;
    const answer = await ana.postForm(home, fields, `${home}/new?effect=show%20notice`);
    expect(answer.status).toBe(422);
    expect(answer.main).toContain('This milestone is not there any more. Choose from the list.');
    expect((await ana.get(`/triggers/${String(trigger._id)}`)).main).toContain('It is not there any more');
  });
});
