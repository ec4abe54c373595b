import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  inTimeOrder,
  latestAndNext,
  overtakenBy,
  stateOfMilestone,
  type MilestoneFacts,
  type Steps,
} from '../../src/legislation/milestone.rules.js';
import { stagesOf } from '../../src/legislation/procedures.js';

const TODAY = '2026-11-24';

const of = <M extends MilestoneFacts>(...milestones: M[]): Steps<M> => ({ procedure: 'free', milestones });

test.each<[string, MilestoneFacts, string]>([
  ['with the day it happened', { stage: 'committee', happenedOn: '2026-01-02' }, 'happened'],
  ['with both days', { stage: 'committee', expectedOn: '2026-01-01', happenedOn: '2026-01-02' }, 'happened'],
  ['expected tomorrow', { stage: 'committee', expectedOn: '2026-11-25' }, 'expected'],
  ['expected today', { stage: 'committee', expectedOn: '2026-11-24' }, 'expected'],
  ['expected yesterday', { stage: 'committee', expectedOn: '2026-11-23' }, 'passed'],
])('a milestone %s is what its days say', (_which, milestone, state) => {
  expect(stateOfMilestone(milestone, of(milestone), TODAY)).toBe(state);
});

describe('an expected day that went by', () => {
  const vote: MilestoneFacts = { stage: 'final vote', expectedOn: '2023-09-19' };

  test('is no longer asked about once a stage happened that presupposes it', () => {
    const assent: MilestoneFacts = { stage: 'assent', happenedOn: '2023-10-26' };
    expect(stateOfMilestone(vote, of(vote, assent), TODAY)).toBe('overtaken');
    expect(overtakenBy(vote, of(vote, assent))).toBe(assent);
  });

  test.each<[string, MilestoneFacts]>([
    ['an earlier stage', { stage: 'committee', happenedOn: '2023-10-26' }],
    ['the same stage', { stage: 'final vote', happenedOn: '2023-10-26' }],
    ['a consultation, which can come at any time', { stage: 'consultation', happenedOn: '2023-10-26' }],
    ['a later stage that is only expected', { stage: 'assent', expectedOn: '2023-10-26' }],
  ])('is still asked about after %s', (_which, other) => {
    expect(stateOfMilestone(vote, of(vote, other), TODAY)).toBe('passed');
  });

  test('of a consultation is asked about whatever else happened', () => {
    const consultation: MilestoneFacts = { stage: 'consultation', expectedOn: '2023-09-19' };
    const inForce: MilestoneFacts = { stage: 'in force', happenedOn: '2023-10-26' };
    expect(stateOfMilestone(consultation, of(consultation, inForce), TODAY)).toBe('passed');
  });
});

test('the latest milestone happened, and the next is still to come or to be asked about', () => {
  const proposed: MilestoneFacts = { stage: 'proposed', happenedOn: '2025-01-01' };
  const hearing: MilestoneFacts = { stage: 'committee', happenedOn: '2025-06-01' };
  const vote: MilestoneFacts = { stage: 'final vote', expectedOn: '2026-10-01' };
  const assent: MilestoneFacts = { stage: 'assent', expectedOn: '2026-12-01' };
  const track = of(assent, hearing, vote, proposed);
  expect(latestAndNext(track, TODAY)).toEqual({ latest: hearing, next: vote });
  expect(latestAndNext(of(proposed), TODAY)).toEqual({ latest: proposed, next: null });
  expect(latestAndNext(of(), TODAY)).toEqual({ latest: null, next: null });
});

test('an overtaken milestone is not what comes next', () => {
  const vote: MilestoneFacts = { stage: 'final vote', expectedOn: '2023-09-19' };
  const assent: MilestoneFacts = { stage: 'assent', happenedOn: '2023-10-26' };
  expect(latestAndNext(of(vote, assent), TODAY)).toEqual({ latest: assent, next: null });
});

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const milestone = fc.record({
  stage: fc.constantFrom(...stagesOf({ procedure: 'free' }).map(({ id }) => id)),
  expectedOn: day,
  happenedOn: fc.option(day),
});

test('time order goes by the day it happened, or else by the day it is expected', () => {
  fc.assert(
    fc.property(fc.array(milestone), (track) => {
      const days = inTimeOrder(track).map(({ happenedOn, expectedOn }) => happenedOn ?? expectedOn);
      expect(days).toEqual([...days].sort());
      expect(days).toHaveLength(track.length);
    }),
  );
});

test('whatever has happened never waits for anybody', () => {
  fc.assert(
    fc.property(fc.array(milestone), day, (track, today) => {
      const { latest, next } = latestAndNext(of(...track), today);
      expect(next?.happenedOn ?? null).toBeNull();
      if (latest) expect(latest.happenedOn).not.toBeNull();
    }),
  );
});
