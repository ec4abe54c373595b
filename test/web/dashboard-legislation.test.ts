import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Track } from '../../src/legislation/track.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const from = (goneAt: Date | null) => ({
  source: new Types.ObjectId(),
  key: 'sitting:1',
  said: { stage: 'commons report', title: 'Report stage', on: '2026-11-20', happened: false },
  seenAt: days(-30),
  goneAt,
});

const aReader = async () => signInAs(createTestApp(), await aUser({ role: 'admin', timeZone: 'UTC' }));

test('two hundred sittings of a bill are one line and one mark on the first page', async () => {
  await aCampaign();
  await Track.create({
    title: 'Example Bill',
    jurisdiction: 'Utopia',
    procedure: 'uk bill',
    createdAt: NOW,
    milestones: [
      ...Array.from({ length: 200 }, (_, n) => ({
        title: `Committee stage, sitting ${n + 1} of 200`,
        stage: 'commons committee',
        happenedOn: days(n - 220)
          .toISOString()
          .slice(0, 10),
      })),
      { title: 'Royal Assent', stage: 'royal assent', expectedOn: '2027-03' },
    ],
  });
  const { $ } = await (await aReader()).get('/');
  const lines = $('.time-axis details ol li').toArray();
  expect(lines.map((line) => $(line).text().replaceAll(/\s+/g, ' '))).toEqual([
    'Example Bill, Committee stage, House of Commons, 200 sittings, 18 April to 3 November 2026 (happened)',
    'March 2027: Example Bill, Royal Assent (expected)',
  ]);
  expect($('.wide circle')).toHaveLength(2);
  expect($('.wide circle.happened')).toHaveLength(1);
});

test('what should have happened says when its source no longer lists it', async () => {
  const step = (title: string, imported: ReturnType<typeof from> | null) => ({
    title,
    stage: 'commons report',
    expectedOn: '2026-11-20',
    imported,
  });
  await Track.create({
    title: 'Example Bill',
    jurisdiction: 'Utopia',
    procedure: 'uk bill',
    createdAt: NOW,
    milestones: [step('Dropped', from(days(-3))), step('Listed', from(null)), step('Written by hand', null)],
  });
  const { $ } = await (await aReader()).get('/today/milestones');
  const reasons = $('main .rows li')
    .toArray()
    .map((item) => [$(item).find('a').first().text(), $(item).find('p').text()]);
  expect(reasons).toEqual([
    ['Dropped', 'Its source no longer lists it, since 21 November 2026.'],
    ['Listed', ''],
    ['Written by hand', ''],
  ]);
});

test('one that was put off wakes up when its source drops it', async () => {
  const track = await Track.create({
    title: 'Example Bill',
    jurisdiction: 'Utopia',
    procedure: 'uk bill',
    createdAt: NOW,
    milestones: [
      { title: 'Report stage', stage: 'commons report', expectedOn: '2026-11-20', imported: from(null) },
    ],
  });
  const admin = await aReader();
  const listed = async () => (await admin.get('/')).$('[data-group=milestones] li').length;
  const record = String(track.milestones[0]!._id);
  const form = `/snoozes/new?kind=milestones&record=${record}`;
  const facts = (await admin.get(form)).$('main [name=facts]').attr('value')!;
  const asked = {
    kind: 'milestones',
    record,
    facts,
    until: '2026-12-01',
    reason: 'The committee was asked.',
  };
  await admin.postForm('/snoozes', asked, form);
  expect(await listed()).toBe(0);
  await Track.updateOne({ _id: track._id }, { $set: { 'milestones.0.imported.goneAt': NOW } });
  expect(await listed()).toBe(1);
});
