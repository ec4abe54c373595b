import { describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import {
  removedSince,
  timesRemoved,
  withMilestoneBack,
  withoutMilestone,
} from '../../src/legislation/removal.rules.js';
import { notRemovedAnyMore } from '../../src/removal.rules.js';
import type { MilestoneRecord } from '../../src/legislation/track.model.js';

const at = (day: string) => new Date(`${day}T10:00:00Z`);
const [ana, ben] = [new Types.ObjectId(), new Types.ObjectId()];
const removed = { by: ana, at: at('2026-11-24'), why: 'Entered twice.' };
const back = { by: ben, at: at('2026-11-25') };

const aMilestone = (own: Partial<MilestoneRecord> = {}): MilestoneRecord => ({
  _id: new Types.ObjectId(),
  title: 'Vote',
  stage: 'final vote',
  expectedOn: '2026-12-01',
  happenedOn: null,
  formerly: [{ field: 'expectedOn', value: '2026-11', until: at('2026-10-01'), by: ana, source: null }],
  sourceLink: 'https://parliament.example.org/vote',
  sourceSeenOn: '2026-11-20',
  note: 'A note',
  evidence: [],
  byHand: ['title'],
  imported: null,
  ...own,
});
const aTrack = (...milestones: MilestoneRecord[]) => ({
  procedure: 'free' as const,
  ownStages: [] as string[],
  milestones,
});

describe('a milestone that is removed', () => {
  test('is kept with all that was known of it, and with who removed it, when and why', () => {
    const [first, second] = [aMilestone(), aMilestone({ title: 'Vote, once more' })];
    expect(withoutMilestone(aTrack(first, second), second, removed)).toEqual({
      milestones: [first],
      removedMilestones: [{ ...second, removed }],
    });
  });

  test('stands behind those that were removed before', () => {
    const [first, second] = [aMilestone(), aMilestone()];
    const once = withoutMilestone(aTrack(first, second), first, removed);
    const { milestones, removedMilestones } = withoutMilestone(once, second, removed);
    expect([milestones, removedMilestones!.map(({ _id }) => _id)]).toEqual([[], [first._id, second._id]]);
  });

  test('comes back as it was, and that it was removed stays written down', () => {
    const milestone = aMilestone();
    const track = { ...aTrack(), ...withoutMilestone(aTrack(milestone), milestone, removed) };
    expect(withMilestoneBack(track, track.removedMilestones![0]!, back)).toEqual({
      milestones: [
        { ...milestone, removed: null, onceRemoved: [{ ...removed, backBy: ben, backAt: back.at }] },
      ],
      removedMilestones: [],
    });
  });

  test('does not come back at a stage that its law has no more', () => {
    const milestone = aMilestone({ stage: 'a hearing' });
    const own = { ...aTrack(milestone), ownStages: ['A hearing', 'A vote'] };
    const track = { ...own, ...withoutMilestone(own, milestone, removed), ownStages: ['A vote'] };
    expect(() => withMilestoneBack(track, track.removedMilestones![0]!, back)).toThrow(
      '“Vote” is at the stage “a hearing”, which this law has no more.',
    );
  });
});

test('each removal and each return is one time more', () => {
  const once = { ...notRemovedAnyMore({ removed }, back) };
  const courses = [
    {},
    { removed },
    once,
    { ...once, removed },
    notRemovedAnyMore({ ...once, removed }, back),
  ];
  expect(courses.map(timesRemoved)).toEqual([0, 1, 2, 3, 4]);
});

describe('what was removed since a moment', () => {
  const titles = (track: Parameters<typeof removedSince<MilestoneRecord>>[0], since: string) =>
    removedSince(track, at(since)).map(({ milestone, at: when }) => [milestone.title, when]);

  test('is what was removed alone, and not what stands', () => {
    const gone = aMilestone({ title: 'Gone', removed });
    const track = { ...aTrack(aMilestone()), removedMilestones: [gone] };
    expect(titles(track, '2026-11-23')).toEqual([['Gone', removed.at]]);
    expect(titles(track, '2026-11-24')).toEqual([]);
  });

  test('is all of a law that was removed, each from when it was not shown any more', () => {
    const gone = aMilestone({ title: 'Gone before', removed: { ...removed, at: at('2026-11-01') } });
    const track = { ...aTrack(aMilestone()), removedMilestones: [gone], removed };
    expect(titles(track, '2026-10-01')).toEqual([
      ['Gone before', at('2026-11-01')],
      ['Vote', removed.at],
    ]);
    expect(titles(track, '2026-11-20')).toEqual([['Vote', removed.at]]);
  });
});
