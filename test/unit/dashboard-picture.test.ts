import { describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { pictureOf, type PictureTrack } from '../../src/dashboard/picture.js';

const TODAY = '2026-11-24';

const aTrack = (
  milestones: { title: string; stage?: string; expectedOn?: string; happenedOn?: string }[],
): PictureTrack => ({
  _id: new Types.ObjectId(),
  title: 'Example Act',
  jurisdiction: 'Ruritania',
  procedure: 'free',
  ownStages: [],
  milestones: milestones.map((own) => ({
    _id: new Types.ObjectId(),
    stage: 'other',
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

test('of very many milestones those nearest to today are drawn and listed, and the others are counted', () => {
  const day = (n: number) => new Date(Date.parse(TODAY) + (n - 150) * 86_400_000).toISOString().slice(0, 10);
  const track = aTrack(Array.from({ length: 300 }, (_, n) => ({ title: `Step ${n}`, happenedOn: day(n) })));
  const { milestones, further, wide } = pictureOf(null, [track], TODAY)!;
  expect([milestones.length, further, wide.marks.length]).toEqual([100, 200, 100]);
  expect(milestones[0]!.title).toBe('Step 100');
  expect(milestones.at(-1)!.title).toBe('Step 199');
});

test('of those that are equally far away some are left out, and none that is nearer', () => {
  const far = Array.from({ length: 99 }, (_, n) => ({ title: `Far ${n}`, happenedOn: '2026-01-01' }));
  const near = ['2026-11-20', '2026-11-30'].map((day) => ({ title: `Near ${day}`, expectedOn: day }));
  const { milestones, further } = pictureOf(null, [aTrack([...far, ...near])], TODAY)!;
  expect([milestones.length, further]).toEqual([100, 1]);
  expect(milestones.slice(-2).map(({ title }) => title)).toEqual(['Near 2026-11-20', 'Near 2026-11-30']);
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

describe('of a bill that sat often', () => {
  const sittings = (year: number) =>
    Array.from({ length: 200 }, (_, n) => ({
      title: `Sitting ${n + 1}`,
      stage: 'commons committee',
      [year === 2026 ? 'happenedOn' : 'expectedOn']: new Date(Date.UTC(year, 2, 3 + n))
        .toISOString()
        .slice(0, 10),
    }));
  const bill = { ...aTrack([...sittings(2026), ...sittings(2027)]), procedure: 'uk bill' as const };

  test('sittings in a row are one mark, what happened at its last day, what is expected at its first', () => {
    const { wide, milestones } = pictureOf(null, [bill], TODAY)!;
    expect(
      milestones.map(({ day, title, count, on, from, to }) => [day, title, count, on, from, to]),
    ).toEqual([
      ['2026-09-18', 'Committee stage, House of Commons', 200, null, '2026-03-03', '2026-09-18'],
      ['2027-03-03', 'Committee stage, House of Commons', 200, null, '2027-03-03', '2027-09-18'],
    ]);
    expect(wide.marks.map(({ label, happened }) => [label, happened])).toEqual([
      ['Ruritania: Committee stage, House of Commons, 200 sittings', true],
      ['Ruritania: Committee stage, House of Commons, 200 sittings', false],
    ]);
  });
});

test('what is known only as a month is told as that month, and drawn at its last day', () => {
  const { milestones } = pictureOf(null, [aTrack([{ title: 'Vote', expectedOn: '2027-03' }])], TODAY)!;
  expect(milestones).toMatchObject([{ day: '2027-03-31', on: '2027-03', count: 1 }]);
});
