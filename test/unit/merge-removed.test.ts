import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import type { FoundMilestone } from '../../src/legislation/import/found.js';
import { mergeAgain, mergeFound } from '../../src/legislation/import/merge.rules.js';
import type { MilestoneRecord } from '../../src/legislation/track.model.js';

const source = new Types.ObjectId();
const reading = (today: string) => ({ source, today, now: new Date(`${today}T09:00:00Z`) });
const removed = { by: new Types.ObjectId(), at: new Date('2026-05-02T10:00:00Z'), why: 'Entered twice.' };

const sitting = (n: number, own: Partial<FoundMilestone> = {}): FoundMilestone => ({
  key: `sitting:${n}`,
  stage: 'commons committee',
  title: `Sitting ${n}`,
  on: `2026-05-2${n}`,
  happened: null,
  link: '',
  ...own,
});
const whole = (...milestones: FoundMilestone[]) => ({ milestones, whole: true });

/** Two sittings that were read, of which a person removed the first. */
function twoOfWhichOneIsRemoved(): [MilestoneRecord, MilestoneRecord] {
  const [first, second] = mergeFound([], whole(sitting(1), sitting(2)), reading('2026-05-01')).milestones;
  return [{ ...first!, removed }, second!];
}

test('what a person removed does not come back with the next reading, nor with any after it', () => {
  const before = twoOfWhichOneIsRemoved();
  const merged = mergeFound(before, whole(sitting(1), sitting(2)), reading('2026-05-03'));
  expect(merged).toEqual({ milestones: before, added: 0, changed: 0, gone: 0 });
  const later = mergeFound(
    merged.milestones,
    whole(sitting(1), sitting(2), sitting(3)),
    reading('2026-05-04'),
  );
  expect(later.added).toBe(1);
  expect(later.milestones.map(({ title, removed: gone }) => [title, Boolean(gone)])).toEqual([
    ['Sitting 1', true],
    ['Sitting 2', false],
    ['Sitting 3', false],
  ]);
});

test('it follows its source for whoever puts it back, and is counted nowhere', () => {
  const merged = mergeFound(
    twoOfWhichOneIsRemoved(),
    whole(sitting(1, { on: '2026-06-10' }), sitting(2)),
    reading('2026-05-03'),
  );
  expect(merged).toMatchObject({ added: 0, changed: 0, gone: 0 });
  expect(merged.milestones[0]).toMatchObject({
    expectedOn: '2026-06-10',
    formerly: [{ field: 'expectedOn', value: '2026-05-21' }],
    removed,
  });
  const dropped = mergeFound(merged.milestones, whole(sitting(2)), reading('2026-05-04'));
  expect(dropped).toMatchObject({ added: 0, changed: 0, gone: 0 });
  expect(dropped.milestones[0]!.imported!.goneAt).toEqual(reading('2026-05-04').now);
  const again = mergeAgain(merged.milestones, reading('2026-06-11'));
  expect(again).toMatchObject({ changed: 1 });
  expect(again.milestones[0]).toMatchObject({ happenedOn: '2026-06-10', removed });
});

test('one that was entered by hand and removed is not taken for what a source says', () => {
  const byHand: MilestoneRecord = {
    ...twoOfWhichOneIsRemoved()[0],
    expectedOn: '2026-05-21',
    imported: null,
    byHand: ['title', 'expectedOn'],
  };
  const { milestones, added } = mergeFound([byHand], whole(sitting(1)), reading('2026-05-03'));
  expect(added).toBe(1);
  expect(milestones[0]).toBe(byHand);
  expect(milestones[1]).toMatchObject({ title: 'Sitting 1', imported: { key: 'sitting:1' } });
});

test('a source that lists nothing but what was removed is complete all the same', () => {
  const { milestones, gone } = mergeFound(twoOfWhichOneIsRemoved(), whole(sitting(1)), reading('2026-05-03'));
  expect([gone, milestones[1]!.imported!.goneAt]).toEqual([1, reading('2026-05-03').now]);
});
