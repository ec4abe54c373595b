import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  confirmedOf,
  currentOf,
  farness,
  isProgress,
  progress,
  reasonNotToConfirm,
  stanceLetters,
  stanceMeanings,
  stanceNames,
  stances,
  type Setting,
  type Stance,
} from '../../src/commitments/commitment.rules.js';

let made = 0;
const setting = (own: Partial<Setting> = {}): Setting => ({
  _id: String((made += 1)).padStart(6, '0'),
  stance: 'committed',
  on: '2026-11-20',
  setAt: new Date('2026-11-24T12:00:00Z'),
  ...own,
});

describe('the words of a stance', () => {
  test('each has a name, a letter and a meaning of its own, so that the matrix reads without colour', () => {
    for (const words of [stanceNames, stanceLetters, stanceMeanings])
      expect(new Set(stances.map((stance) => words[stance])).size).toBe(stances.length);
    for (const letter of Object.values(stanceLetters)) expect([...letter]).toHaveLength(1);
  });

  test.each<[Stance, boolean]>([
    ['none', false],
    ['declined', false],
    ['non-committal', false],
    ['partial', true],
    ['committed', true],
    ['implemented', true],
    ['withdrawn', false],
  ])('%s counts as progress: %s', (stance, counts) => {
    expect(isProgress(stance)).toBe(counts);
  });

  test('sorted by how far they are, whatever is progress stands before whatever is not', () => {
    const sorted = stances.toSorted((a, b) => farness(b) - farness(a));
    expect(sorted.slice(0, progress.length).every(isProgress)).toBe(true);
    expect(sorted.slice(progress.length).some(isProgress)).toBe(false);
    expect(sorted[0]).toBe('implemented');
    expect(sorted.at(-1)).toBe('none');
  });
});

describe('what holds in a cell', () => {
  test('is what they said last, though something older was written down after it', () => {
    const later = setting({ on: '2026-11-20', setAt: new Date('2026-11-21') });
    const older = setting({ on: '2026-03-01', setAt: new Date('2026-11-24') });
    expect(currentOf([later, older])).toBe(later);
  });

  test('of one day is what was set last', () => {
    const first = setting({ setAt: new Date('2026-11-21') });
    const second = setting({ setAt: new Date('2026-11-22') });
    expect(currentOf([second, first])).toBe(second);
  });

  test('is nothing where everything was taken back, and what was said before where the last was', () => {
    const before = setting({ on: '2026-01-01' });
    const wrong = setting({ on: '2026-02-01', takenBackAt: new Date() });
    expect(currentOf([])).toBeNull();
    expect(currentOf([wrong])).toBeNull();
    expect(currentOf([before, wrong])).toBe(before);
  });

  test('outside the house is what a second person has checked, whatever waits for its check', () => {
    const checked = setting({ on: '2026-01-01', confirmedAt: new Date() });
    const waiting = setting({ on: '2026-02-01', stance: 'withdrawn' });
    expect(confirmedOf([checked, waiting])).toBe(checked);
    expect(confirmedOf([waiting])).toBeNull();
    expect(confirmedOf([{ ...checked, takenBackAt: new Date() }, waiting])).toBeNull();
  });
});

const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(1.76e12 + n * 86_400_000));
const maybe = fc.option(day);
const settings = fc.uniqueArray(
  fc.record({
    _id: fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0')),
    stance: fc.constantFrom(...stances),
    on: day.map((at) => at.toISOString().slice(0, 10)),
    setAt: day,
    confirmedAt: maybe,
    takenBackAt: maybe,
  }),
  { selector: ({ _id }) => _id, maxLength: 12 },
);
const shuffled = settings.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
);

describe('whatever was written down', () => {
  test('the order in which it is read never matters', () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(currentOf(other)).toBe(currentOf(all));
        expect(confirmedOf(other)).toBe(confirmedOf(all));
      }),
    );
  });

  test('the order in which it was set never matters for what they said on different days', () => {
    const differentDays = settings.filter((all) => new Set(all.map(({ on }) => on)).size === all.length);
    fc.assert(
      fc.property(differentDays, fc.array(day, { minLength: 12, maxLength: 12 }), (all, times) => {
        const setAtOtherTimes = all.map((one, n) => ({ ...one, setAt: times[n]! }));
        expect(currentOf(setAtOtherTimes)?._id).toBe(currentOf(all)?._id);
      }),
    );
  });

  test('no other that counts was said later, and nothing that was taken back holds', () => {
    fc.assert(
      fc.property(settings, (all) => {
        const counting = all.filter(({ takenBackAt }) => !takenBackAt);
        const holds = currentOf(all);
        expect(holds === null).toBe(counting.length === 0);
        for (const one of counting) expect(holds!.on >= one.on).toBe(true);
        expect(holds?.takenBackAt ?? null).toBeNull();
      }),
    );
  });

  test('adding one that is taken back changes nothing', () => {
    fc.assert(
      fc.property(settings, (all) => {
        const wrong = setting({ on: '2099-01-01', takenBackAt: new Date(), confirmedAt: new Date() });
        expect(currentOf([...all, wrong])).toBe(currentOf(all));
        expect(confirmedOf([...all, wrong])).toBe(confirmedOf(all));
      }),
    );
  });
});

describe('checking', () => {
  const waiting = { setBy: 'one', source: 'https://example.org', confirmedAt: null, takenBackAt: null };
  const second = { person: 'two', entryStands: false };

  test('is for a second person', () => {
    expect(reasonNotToConfirm(waiting, second)).toBeNull();
    expect(reasonNotToConfirm(waiting, { ...second, person: 'one' })).toContain('Somebody else has to check');
  });

  test('is refused once, and where nothing it rests on holds any more', () => {
    expect(reasonNotToConfirm({ ...waiting, confirmedAt: new Date() }, second)).toContain(
      'checked it already',
    );
    expect(reasonNotToConfirm({ ...waiting, takenBackAt: new Date() }, second)).toContain('taken it back');
    expect(reasonNotToConfirm({ ...waiting, source: '' }, second)).toContain('has been corrected since');
    expect(reasonNotToConfirm({ ...waiting, source: '' }, { ...second, entryStands: true })).toBeNull();
  });
});
