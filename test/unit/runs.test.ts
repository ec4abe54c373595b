import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inRuns, nameOfRun, spanOfRun } from '../../src/legislation/runs.rules.js';

const TODAY = '2026-11-24';

test('sittings of one stage in a row stand together, what is to be checked alone', () => {
  const runs = inRuns(
    {
      procedure: 'uk bill',
      milestones: [
        { title: 'Commons committee, sitting 1', stage: 'commons committee', happenedOn: '2026-03-01' },
        { title: 'Commons committee, sitting 1', stage: 'commons committee', happenedOn: '2026-03-05' },
        { title: 'Motion, sitting 1', stage: 'motion', happenedOn: '2026-03-06' },
        { title: 'Commons committee, sitting 1', stage: 'commons committee', happenedOn: '2026-03-07' },
        { title: 'Commons report, sitting 1', stage: 'commons report', expectedOn: '2026-04-01' },
        { title: 'Commons report, sitting 1', stage: 'commons report', expectedOn: '2026-04-02' },
        {
          title: 'Commons third reading, sitting 1',
          stage: 'commons third reading',
          expectedOn: '2026-12-01',
        },
        {
          title: 'Commons third reading, sitting 1',
          stage: 'commons third reading',
          expectedOn: '2026-12-02',
        },
      ],
    },
    TODAY,
  );
  expect(runs.map(({ milestones, state }) => [milestones[0].stage, milestones.length, state])).toEqual([
    ['commons committee', 2, 'happened'],
    ['motion', 1, 'happened'],
    ['commons committee', 1, 'happened'],
    ['commons report', 1, 'passed'],
    ['commons report', 1, 'passed'],
    ['commons third reading', 2, 'expected'],
  ]);
});

test('what has a name of its own stands alone', () => {
  const milestones = [
    { title: 'Second vote', stage: 'final vote', expectedOn: '2026-12-01' },
    { title: 'Third vote', stage: 'final vote', expectedOn: '2026-12-02' },
  ];
  expect(inRuns({ procedure: 'free', milestones }, TODAY)).toHaveLength(2);
});

test.each([
  ['uk bill', 'commencement'],
  ['uk bill', 'code of practice'],
  ['uk bill', 'motion'],
  ['eu ordinary', 'application'],
  ['free', 'in force in part'],
  ['free', 'consultation'],
  ['free', 'other'],
] as const)('of a law of the procedure %s, each %s is a matter of its own', (procedure, stage) => {
  const milestones = [
    { title: 'One', stage, happenedOn: '2026-03-01' },
    { title: 'One', stage, happenedOn: '2026-03-05' },
  ];
  expect(inRuns({ procedure, milestones }, TODAY)).toHaveLength(2);
});

test('every milestone is in one run, and runs are in time order', () => {
  const milestone = fc.record({
    title: fc.constantFrom('Sitting 1', 'Sitting 2', 'Talks'),
    stage: fc.constantFrom('trilogue', 'adoption', 'other'),
    expectedOn: fc.constantFrom('2026-01-01', '2026-Q4', '2027'),
    happenedOn: fc.constantFrom(null, '2025', '2026-02-01'),
  });
  fc.assert(
    fc.property(fc.array(milestone), (milestones) => {
      const runs = inRuns({ procedure: 'eu ordinary', milestones }, TODAY);
      expect(new Set(runs.flatMap((run) => run.milestones))).toEqual(new Set(milestones));
      for (const { milestones: together } of runs)
        expect(new Set(together.map(({ stage, happenedOn }) => `${stage} ${Boolean(happenedOn)}`)).size).toBe(
          1,
        );
    }),
  );
});

const run = (...milestones: [{ happenedOn: string }, ...{ happenedOn: string }[]]) => {
  const [first, ...others] = milestones.map((own) => ({
    stage: 'trilogue',
    title: 'Third trilogue',
    ...own,
  }));
  return { milestones: [first!, ...others] as [typeof first & object, ...(typeof first & object)[]] };
};

test('one milestone is called by its title, several sittings by their stage', () => {
  const course = { procedure: 'eu ordinary' } as const;
  expect(nameOfRun(run({ happenedOn: '2026-01-01' }), course)).toBe('Third trilogue');
  expect(nameOfRun(run({ happenedOn: '2026-01-01' }, { happenedOn: '2026-02-01' }), course)).toBe('Trilogue');
});

test('a run reaches over every day any of it can be on', () => {
  const all = run({ happenedOn: '2026-02-03' }, { happenedOn: '2026-02' }, { happenedOn: '2026-02-05' });
  expect(spanOfRun(all)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
});
