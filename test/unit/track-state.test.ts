import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shouldHaveComeBefore, type Steps } from '../../src/legislation/milestone.rules.js';
import { stagesOf, type Procedure } from '../../src/legislation/procedures.js';
import { stateOfTrack, trackStateNames } from '../../src/legislation/track-state.rules.js';

const TODAY = '2026-11-24';

/** Each stage with when it happened; what starts with `~` is only expected. */
const track = (procedure: Procedure, ...steps: [string, string][]): Steps => ({
  procedure,
  milestones: steps.map(([stage, when]) =>
    when.startsWith('~') ? { stage, expectedOn: when.slice(1) } : { stage, happenedOn: when },
  ),
});

describe('where a law stands', () => {
  it.each<[string, Steps, string]>([
    ['nothing is written down', track('uk bill'), 'not begun'],
    ['something is only expected', track('uk bill', ['royal assent', '~2026-12-01']), 'not begun'],
    ['a reading happened', track('uk bill', ['commons first reading', '2026-01-10']), 'in progress'],
    ['a trilogue happened', track('eu ordinary', ['trilogue', '2026-01-10']), 'in progress'],
    ['it has Royal Assent', track('uk bill', ['royal assent', '2023-10-26']), 'passed'],
    [
      'a part is in force',
      track('uk bill', ['royal assent', '2023-10-26'], ['commencement', '2024-01-10']),
      'in force in part',
    ],
    [
      'it is in force on the day of its assent',
      track('uk bill', ['commencement', '2023-10-26'], ['royal assent', '2023-10-26']),
      'in force in part',
    ],
    [
      'a code was published after it came into force',
      track('uk bill', ['full commencement', '2025-01-01'], ['code of practice', '2025-02-01']),
      'in force',
    ],
    [
      'a further part follows the whole',
      track('uk bill', ['full commencement', '2025-01-01'], ['commencement', '2025-02-01']),
      'in force',
    ],
    [
      'it was withdrawn',
      track('uk bill', ['commons second reading', '2025-01-01'], ['withdrawn', '2025-02-01']),
      'withdrawn',
    ],
    [
      'it came back after it lapsed',
      track('uk bill', ['lapsed', '2025-02-01'], ['commons first reading', '2025-05-01']),
      'in progress',
    ],
    [
      'the EU adopted it',
      track('eu ordinary', ['plenary position', '2025-02-01'], ['adoption', '2025-05-01']),
      'passed',
    ],
    [
      'it entered into force',
      track('eu ordinary', ['adoption', '2025-05-01'], ['entry into force', '2025-07']),
      'in force',
    ],
  ])('when %s', (_when, law, state) => {
    expect(stateOfTrack(law, TODAY)).toBe(state);
  });

  it('ends with its sunset date, but not before that day is over', () => {
    const law = track('eu ordinary', ['entry into force', '2021-08-02']);
    expect(stateOfTrack({ ...law, sunsetOn: TODAY }, TODAY)).toBe('in force');
    expect(stateOfTrack({ ...law, sunsetOn: '2026-11-23' }, TODAY)).toBe('lapsed');
    expect(
      stateOfTrack({ ...track('eu ordinary', ['withdrawn', '2025-01-01']), sunsetOn: '2026-01-01' }, TODAY),
    ).toBe('withdrawn');
  });

  const anyTrack = fc
    .constantFrom<Procedure>('uk bill', 'uk bill, lords first', 'eu ordinary', 'free')
    .chain((procedure) =>
      fc.record({
        procedure: fc.constant(procedure),
        milestones: fc.array(
          fc.record({
            stage: fc.constantFrom(...stagesOf({ procedure }).map(({ id }) => id)),
            expectedOn: fc.constantFrom('2026', '2026-Q3', '2026-12-05', null),
            happenedOn: fc.constantFrom('2020', '2024-05', '2025-Q2', '2026-11-20', null),
          }),
          { maxLength: 12 },
        ),
      }),
    );

  it('does not hang on the order in which milestones were entered, has a name, and never comes from what is only expected', () => {
    fc.assert(
      fc.property(anyTrack, (law) => {
        const state = stateOfTrack(law, TODAY);
        expect(trackStateNames[state]).toMatch(/\S/);
        const distinct =
          new Set(law.milestones.map(({ happenedOn }) => happenedOn)).size === law.milestones.length;
        if (distinct)
          expect(stateOfTrack({ ...law, milestones: law.milestones.toReversed() }, TODAY)).toBe(state);
        const happened = law.milestones.filter(({ happenedOn }) => happenedOn);
        expect(stateOfTrack({ ...law, milestones: happened }, TODAY)).toBe(state);
        expect(state === 'not begun').toBe(happened.length === 0);
      }),
    );
  });
});

describe('a milestone before its predecessor', () => {
  it('is pointed at, with the one that should have come before', () => {
    const law = track(
      'uk bill',
      ['commons second reading', '2025-03-01'],
      ['commons first reading', '2025-04-01'],
    );
    expect(shouldHaveComeBefore(law.milestones[0]!, law)).toBe(law.milestones[1]);
    expect(shouldHaveComeBefore(law.milestones[1]!, law)).toBeNull();
  });

  it('is not pointed at where the predecessor happened before as well: it was sent back', () => {
    const law = track(
      'uk bill',
      ['commons committee', '2025-01-01'],
      ['commons report', '2025-03-01'],
      ['commons committee', '2025-04-01'],
    );
    expect(law.milestones.map((one) => shouldHaveComeBefore(one, law))).toEqual([null, null, null]);
  });

  it('is not pointed at where the two may have come in order, as far as is known', () => {
    const law = track(
      'uk bill',
      ['commons second reading', '2025-03-10'],
      ['commons first reading', '2025-03'],
    );
    expect(shouldHaveComeBefore(law.milestones[0]!, law)).toBeNull();
  });
});
