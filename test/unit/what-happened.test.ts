import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { whatHappened, type HappenedTrack } from '../../src/legislation/what-happened.rules.js';

const TODAY = '2026-11-24';

const aTrack = (
  milestones: { stage?: string; title?: string; happenedOn?: string }[],
  own: Partial<HappenedTrack> = {},
): HappenedTrack => ({
  _id: new Types.ObjectId(),
  title: 'A bill to make platforms answer',
  shortTitle: 'Answering Bill',
  procedure: 'uk bill',
  ownStages: [],
  ...own,
  milestones: milestones.map((one) => ({
    _id: new Types.ObjectId(),
    stage: 'royal assent',
    title: 'Royal Assent',
    ...one,
  })),
});

test('only what happened counts, the latest first over all laws', () => {
  const bill = aTrack([{ happenedOn: '2026-03-01' }, { title: 'Still to come' }]);
  const act = aTrack([{ title: 'Adopted', happenedOn: '2026-05-01' }], {
    shortTitle: '',
    title: 'Utopia Act',
  });
  expect(whatHappened([bill, act], TODAY).map(({ day, name, law }) => [day, name, law])).toEqual([
    ['2026-05-01', 'Adopted', 'Utopia Act'],
    ['2026-03-01', 'Royal Assent', 'Answering Bill'],
  ]);
});

test('sittings of one stage in a row are one, at their last day', () => {
  const sittings = ['2026-03-03', '2026-04-14', '2026-05-20'].map((happenedOn) => ({
    stage: 'commons committee',
    title: 'A sitting',
    happenedOn,
  }));
  const track = aTrack([...sittings, { happenedOn: '2026-06-01' }]);
  const [assent, committee, ...none] = whatHappened([track], TODAY);
  expect(assent).toMatchObject({ name: 'Royal Assent', on: '2026-06-01', count: 1 });
  expect(committee).toEqual({
    day: '2026-05-20',
    name: 'Committee stage, House of Commons',
    law: 'Answering Bill',
    href: `/tracks/${String(track._id)}#milestone-${String(track.milestones[0]!._id)}`,
    on: null,
    count: 3,
    from: '2026-03-03',
    to: '2026-05-20',
  });
  expect(none).toEqual([]);
});

test.each([
  ['2026-03', '2026-03-31'],
  ['2026-Q1', '2026-03-31'],
  ['2025', '2025-12-31'],
  ['2026-11', TODAY],
  ['2026', TODAY],
])('what happened in %s stands at %s: its last day, but never later than today', (happenedOn, day) => {
  const [happened] = whatHappened([aTrack([{ happenedOn }])], TODAY);
  expect(happened).toMatchObject({ day, on: happenedOn });
});
