import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { pictureOf, type PictureTrack } from '../../src/dashboard/picture.js';

const TODAY = '2026-11-24';

const aTrack = (milestones: { title: string; expectedOn?: string; happenedOn?: string }[]): PictureTrack => ({
  _id: new Types.ObjectId(),
  title: 'Example Act',
  jurisdiction: 'Ruritania',
  procedure: 'free',
  ownStages: [],
  milestones: milestones.map((own) => ({
    _id: new Types.ObjectId(),
    stage: 'other' as const,
    ...own,
  })),
});

test('without contact and without milestones there is nothing to draw', () => {
  expect(pictureOf(null, [], TODAY)).toBeNull();
  expect(pictureOf({ out: { '2026-11-02': 0 } }, [aTrack([])], TODAY)).toBeNull();
});

test('it reaches from the first day to the last, with air around them', () => {
  const track = aTrack([{ title: 'Vote', expectedOn: '2027-01-10' }]);
  const { from, to } = pictureOf({ out: { '2026-03-02': 4 } }, [track], TODAY)!;
  expect([from, to]).toEqual(['2026-02-16', '2027-01-24']);
});

test('it reaches no further than five years back and three ahead; the words hold all', () => {
  const track = aTrack([
    { title: 'Long ago', happenedOn: '1999-01-01' },
    { title: 'Far away', expectedOn: '2050-01-01' },
  ]);
  const picture = pictureOf(null, [track], TODAY)!;
  expect([picture.from, picture.to]).toEqual(['2021-11-08', '2029-12-08']);
  expect(picture.wide.marks).toEqual([]);
  expect(picture.milestones.map(({ title }) => title)).toEqual(['Long ago', 'Far away']);
});

test('weeks come with both directions, the latest first, without those that were counted out again', () => {
  const { weeks, total } = pictureOf(
    { out: { '2026-03-02': 4, '2026-03-09': 0 }, in: { '2026-03-02': 1, '2026-04-06': 2 } },
    [],
    TODAY,
  )!;
  expect(weeks).toEqual([
    { monday: '2026-04-06', out: 0, in: 2 },
    { monday: '2026-03-02', out: 4, in: 1 },
  ]);
  expect(total).toEqual({ out: 4, in: 3 });
});

test('the milestones of all tracks are drawn in time order with whose law it is', () => {
  const tracks = [
    aTrack([{ title: 'Second', happenedOn: '2026-05-01' }]),
    aTrack([{ title: 'First', expectedOn: '2026-04-01' }]),
  ];
  const { wide, milestones } = pictureOf(null, tracks, TODAY)!;
  expect(milestones.map(({ title, state }) => [title, state])).toEqual([
    ['First', 'passed'],
    ['Second', 'happened'],
  ]);
  expect(wide.marks.map(({ label, happened }) => [label, happened])).toEqual([
    ['Ruritania: First', false],
    ['Ruritania: Second', true],
  ]);
});
