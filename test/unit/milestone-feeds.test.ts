import { describe, expect, test } from '@jest/globals';
import type { FollowedMilestone } from '../../src/calendar/followed-milestones.js';
import { milestoneEvents } from '../../src/calendar/milestone-events.js';
import { milestoneHappenings } from '../../src/calendar/milestone-happenings.js';
import { datedSlipsOf, timesDated } from '../../src/legislation/slip.rules.js';

const until = (day: string) => new Date(`${day}T10:00:00Z`);
const was = (value: string, day: string, field: 'expectedOn' | 'happenedOn' | 'title' = 'expectedOn') => ({
  field,
  value,
  until: until(day),
});

describe('the slips of an expected date', () => {
  test('are each from what it was to what it was next', () => {
    const formerly = [
      was('2026-Q3', '2026-05-01'),
      was('Vote', '2026-06-01', 'title'),
      was('2026-10', '2026-09-01'),
    ];
    expect(datedSlipsOf({ formerly, expectedOn: '2026-12-20' })).toEqual([
      { n: 0, from: '2026-Q3', to: '2026-10', at: until('2026-05-01') },
      { n: 1, from: '2026-10', to: '2026-12-20', at: until('2026-09-01') },
    ]);
  });

  test('are two where one was undone', () => {
    const formerly = [was('2026-12-01', '2026-05-01'), was('2026-12-20', '2026-06-01')];
    expect(datedSlipsOf({ formerly, expectedOn: '2026-12-01' }).map(({ to }) => to)).toEqual([
      '2026-12-20',
      '2026-12-01',
    ]);
  });

  test('are none where the date went away and came back, and those after it stay what they are', () => {
    const formerly = [was('2026-12-01', '2026-05-01')];
    expect(datedSlipsOf({ formerly, expectedOn: '2026-12-01' })).toEqual([]);
    const later = { formerly: [...formerly, was('2026-12-01', '2026-06-01')], expectedOn: '2027' };
    expect(datedSlipsOf(later).map(({ n, to }) => [n, to])).toEqual([[1, '2027']]);
  });

  test('lead to nothing where nobody can say any more, and are none where it has happened', () => {
    const formerly = [was('2026-12-01', '2026-05-01')];
    expect(datedSlipsOf({ formerly, expectedOn: null })[0]!.to).toBeNull();
    expect(datedSlipsOf({ formerly, expectedOn: '', happenedOn: '2026-05-01' })).toEqual([]);
  });

  test('of a milestone that never moved, and of one from an earlier version, are none', () => {
    expect([
      datedSlipsOf({ expectedOn: '2026', formerly: [] }),
      datedSlipsOf({ expectedOn: '2026' }),
    ]).toEqual([[], []]);
  });
});

test('each change of a date is one time more, and that it happened too', () => {
  const formerly = [was('2026-10', '2026-05-01'), was('Vote', '2026-06-01', 'title')];
  const courses = [
    { expectedOn: '2026-10', formerly: [] },
    { expectedOn: '2026-12', formerly },
    { expectedOn: '2026-12', happenedOn: '2026-12-05', formerly },
    { happenedOn: '2026-12-06', formerly: [...formerly, was('2026-12-05', '2026-12-07', 'happenedOn')] },
  ];
  expect(courses.map(timesDated)).toEqual([0, 1, 2, 3]);
});

const milestone = (own: Partial<FollowedMilestone> = {}): FollowedMilestone => ({
  id: '1',
  title: 'Vote',
  law: 'Example Act',
  expectedOn: '2026-12-20',
  happenedOn: null,
  state: 'expected',
  times: 0,
  slips: [],
  href: '/tracks/1',
  ...own,
});

describe('in a calendar', () => {
  const inCalendar = (own: Partial<FollowedMilestone>) =>
    milestoneEvents([milestone(own)], '2026-08-26').map(
      (event) => `${event.title} @ ${'day' in event && event.day}`,
    );

  test.each([
    ['2026-12-20', 'Expected: Vote (Example Act) @ 2026-12-20'],
    ['2027-02', 'Expected some time in February 2027: Vote (Example Act) @ 2027-02-28'],
    ['2026-Q4', 'Expected some time in the fourth quarter of 2026: Vote (Example Act) @ 2026-12-31'],
    ['2028', 'Expected some time in 2028: Vote (Example Act) @ 2028-12-31'],
  ])('what is expected %s stands on its last day and says how well that is known', (expectedOn, title) => {
    expect(inCalendar({ expectedOn })).toEqual([title]);
  });

  test('what happened stands on its day, the first of the ninety included', () => {
    const happened = (happenedOn: string) => inCalendar({ happenedOn, state: 'happened' });
    expect(happened('2026-08-26')).toEqual(['Happened: Vote (Example Act) @ 2026-08-26']);
    expect(happened('2026-08-25')).toEqual([]);
    expect(happened('2026-10')).toEqual([
      'Happened some time in October 2026: Vote (Example Act) @ 2026-10-31',
    ]);
  });

  test('what a later step has overtaken does not stand there, what nobody has told about does', () => {
    expect(inCalendar({ expectedOn: '2026-11-01', state: 'overtaken' })).toEqual([]);
    expect(inCalendar({ expectedOn: '2026-11-01', state: 'passed' })).toHaveLength(1);
  });

  test('it is one event however often it moved', () => {
    const ids = [
      milestone(),
      milestone({ expectedOn: '2027', times: 1 }),
      milestone({ happenedOn: '2027', state: 'happened', times: 2 }),
    ];
    const events = ids.flatMap((one) => milestoneEvents([one], '2026-01-01'));
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(events.map(({ times }) => times)).toEqual([0, 1, 2]);
  });
});

test('in the feed it is told that it happened, and each time that it moved', () => {
  const slips = [
    { n: 0, from: '2026-Q3', to: '2026-10', at: until('2026-05-01') },
    { n: 1, from: '2026-10', to: '2026-12-20', at: until('2026-09-01') },
    { n: 2, from: '2026-12-20', to: null, at: until('2026-12-01') },
  ];
  expect(milestoneHappenings([milestone({ happenedOn: '2027-02', slips })])).toEqual([
    {
      id: 'happened-1',
      title: 'Happened in February 2027: Vote (Example Act)',
      href: '/tracks/1',
      at: new Date('2027-02-01'),
    },
    {
      id: 'slip-1-0',
      title: 'Expected in October 2026, formerly in the third quarter of 2026: Vote (Example Act)',
      href: '/tracks/1',
      at: until('2026-05-01'),
    },
    {
      id: 'slip-1-1',
      title: 'Expected on 20 December 2026, formerly in October 2026: Vote (Example Act)',
      href: '/tracks/1',
      at: until('2026-09-01'),
    },
    {
      id: 'slip-1-2',
      title: 'No longer expected on 20 December 2026: Vote (Example Act)',
      href: '/tracks/1',
      at: until('2026-12-01'),
    },
  ]);
});

test('what is only expected has not happened', () => {
  expect(milestoneHappenings([milestone()])).toEqual([]);
});
