import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from '../../jobs/read-sources.js';
import { ImportSource } from '../../src/legislation/import/import-source.model.js';
import { readSource } from '../../src/legislation/import/read-sources.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, aRecipient, aUser, NOW } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const WHY = { why: 'It is the wrong law.' };

let api: BillsApi;
let app: TestApp;
let ana: SignedIn;
beforeEach(async () => {
  api = await startBillsApi([fictionalBill({ from: '2026-11-10' })]);
  app = createTestApp({ billsApi: api.url });
  ana = await signInAs(app, await aUser({ role: 'admin', name: 'Ana Example' }));
});
afterEach(() => api.close());

const stored = async (): Promise<TrackRecord> => (await Track.findOne().lean<TrackRecord>())!;

/** A law with something for every page that tells of laws: a step that passed, one that happened and one to come. */
const aLaw = async (title = 'Quokka Act'): Promise<string> => {
  const { _id } = await Track.create({
    title,
    jurisdiction: 'Ruritania',
    createdAt: NOW,
    milestones: [
      { title: 'Wombat hearing', stage: 'first reading', happenedOn: '2026-11-20' },
      { title: 'Wombat report', stage: 'committee', expectedOn: '2026-11-22' },
      { title: 'Wombat vote', stage: 'final vote', expectedOn: '2026-12-20' },
    ],
  });
  return `/tracks/${String(_id)}`;
};
const remove = (law: string, fields = WHY) => ana.postForm(`${law}/removal`, fields);

describe('a law that was entered by mistake', () => {
  test('is removed after a page that says what becomes of it, and its page says so from then on', async () => {
    const law = await aLaw();
    expect((await ana.get(law)).$(`a[href="${law}/removal"]`).text()).toBe('Remove this law');
    expect((await ana.get(`${law}/removal`)).main).toContain(
      'Its 3 milestones, its sources and publications',
    );
    expect((await remove(law)).location).toBe('/legislation');
    expect((await stored()).removed).toEqual({ by: ana.user._id, at: NOW, ...WHY });
    const index = await ana.get('/legislation');
    expect(index.main).toContain('“Quokka Act” is removed. It is kept among the removed laws');
    expect(index.main).toContain('1 removed law Quokka Act removed 24 November 2026 It is the wrong law.');
    const { status, main } = await ana.get(law);
    expect(status).toBe(200);
    expect(main).toContain(
      'This law was removed by Ana Example, 24 November 2026: It is the wrong law. It is kept with 3 milestones',
    );
    for (const path of ['edit', 'removal', 'sources', 'publications', 'milestones/new'])
      expect([path, (await ana.get(`${law}/${path}`)).status]).toEqual([path, 404]);
  });

  test('stays until somebody says why', async () => {
    const law = await aLaw();
    const { status, main } = await remove(law, { why: '' });
    expect(status).toBe(422);
    expect(main).toContain('Say in a sentence why it is removed');
    expect((await stored()).removed).toBeUndefined();
  });

  test('is put back with all it had, and that it was removed stays written down', async () => {
    const law = await aLaw();
    const before = await stored();
    await remove(law);
    app.clock.pass({ hours: 1 });
    expect((await ana.postForm(`${law}/return`, {}, law)).location).toBe(law);
    const { removed, onceRemoved, revision: _, ...after } = await stored();
    const { revision: __, ...asBefore } = before;
    expect([after, removed]).toEqual([asBefore, null]);
    const by = ana.user._id;
    expect(onceRemoved).toEqual([{ by, at: NOW, ...WHY, backBy: by, backAt: app.clock.now() }]);
    expect((await ana.get(law)).main).toContain('Wombat vote');
    expect((await ana.get('/legislation')).main).not.toContain('removed law');
  });

  test('is not removed, nor put back, by a partner', async () => {
    const law = await aLaw();
    const partner = await signInAs(app, 'partner');
    for (const path of ['removal', 'return'])
      expect((await partner.postForm(`${law}/${path}`, WHY, '/account')).status).toBe(403);
    expect((await stored()).removed).toBeUndefined();
  });
});

describe('once a law is removed', () => {
  test('no page tells of it but those that say so, and each tells of it again when it is put back', async () => {
    const law = await aLaw();
    const other = await aLaw('Numbat Act');
    await ana.postForm(`${other}/related`, { track: law.split('/').at(-1)!, as: 'amends' }, other);
    const campaign = await aCampaign();
    const recipient = await aRecipient({ campaign: campaign._id });
    await anEntry({ recipient: recipient._id });
    const partner = await signInAs(app, await aUser({ role: 'partner', campaigns: [campaign._id] }));
    const trigger = `/campaigns/${String(campaign._id)}/triggers/new?effect=show%20notice`;
    const staffPages = ['/', '/today/milestones', `/recipients/${String(recipient._id)}`, other, trigger];
    const shared = `/shared/campaigns/${String(campaign._id)}`;
    const tells = async () => {
      // a notice that names the law is said once, here
      await ana.get('/account');
      const pages = [...(await Promise.all(staffPages.map((at) => ana.get(at)))), await partner.get(shared)];
      const picture = (await ana.get('/legislation')).$('main .all-tracks, main .lanes, main table').text();
      return [...pages.map(({ html }) => html), picture].map((text) => text.includes('Quokka Act'));
    };
    expect(await tells()).toEqual([true, true, true, true, true, true, true]);
    await remove(law);
    expect(await tells()).toEqual([false, false, false, false, false, false, false]);
    await ana.postForm(`${law}/return`, {}, law);
    expect(await tells()).toEqual([true, true, true, true, true, true, true]);
  });

  test('its sources are not read, and are again when it is put back', async () => {
    const { location: law } = await ana.postForm(
      '/legislation/bills',
      { number: '9001' },
      '/legislation/bills/new',
    );
    await remove(law!);
    app.clock.pass({ hours: 7 });
    expect(await run(app.deps)).toContain('0 read');
    await ana.postForm(`${law!}/return`, {}, law);
    expect(await run(app.deps)).toContain('1 read');
  });

  test('a reading that was just beginning changes nothing, and keeps nobody from the next', async () => {
    const { location: law } = await ana.postForm(
      '/legislation/bills',
      { number: '9001' },
      '/legislation/bills/new',
    );
    const source = (await ImportSource.findOne().lean())!;
    await remove(law!);
    const before = await stored();
    expect(await readSource(source._id, app.deps)).toBeNull();
    expect(await stored()).toEqual(before);
    expect((await ImportSource.findOne().lean())!.claimedAt).toBeNull();
  });

  test('its bill is not followed a second time: it is put back', async () => {
    const follow = () => ana.postForm('/legislation/bills', { number: '9001' }, '/legislation/bills/new');
    const { location: law } = await follow();
    await remove(law!);
    const { status, main } = await follow();
    expect(status).toBe(422);
    expect(main).toContain('Bill 9001 was followed as “Example (Safety) Bill”, which somebody removed.');
    expect(await Track.countDocuments()).toBe(1);
  });
});

test('a milestone of a bill that was removed does not come back when the bill is read', async () => {
  const { location: law } = await ana.postForm(
    '/legislation/bills',
    { number: '9001' },
    '/legislation/bills/new',
  );
  const [milestone] = (await stored()).milestones;
  await ana.postForm(`${law!}/milestones/${String(milestone!._id)}/removal`, { why: 'Entered twice.' });
  app.clock.pass({ hours: 7 });
  expect(await run(app.deps)).toContain('1 read');
  const { milestones, removedMilestones } = await stored();
  expect(milestones).toHaveLength(14);
  expect(milestones.some(({ imported }) => imported!.key === milestone!.imported!.key)).toBe(false);
  expect(removedMilestones).toHaveLength(1);
});
