import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { betweenEntries, type Between } from '../../src/history/between-entries.rules.js';
import { dayOf } from '../../src/dates.js';
import { holderChanges } from '../../src/organisations/holder.rules.js';

const changes = holderChanges([
  { name: 'A', salutation: '', until: '2026-03-02' },
  { name: 'B', salutation: '', from: '2026-03-03', until: '2026-06-30' },
]);
const at = (instant: string) => ({ occurredAt: new Date(instant) });
const DAY = 86_400_000;
const inShort = ({ holder, milestone }: Between<{ day: string }, { day: string }>) =>
  holder ? `holder ${holder.day}` : `milestone ${milestone.day}`;
const placed = (
  rows: { occurredAt: Date }[],
  timeZone = 'Europe/London',
  number = 1,
  olderAt: Date | null = null,
) =>
  betweenEntries({ holders: changes, milestones: [] }, { rows, number, olderAt }, timeZone).map((list) =>
    list.map((one) => one.holder!.day),
  );

test('a change stands below what happened on its day, and above what happened the day before', () => {
  const rows = [at('2026-07-01T09:00:00Z'), at('2026-03-03T00:00:00Z'), at('2026-03-02T23:59:00Z')];
  expect(placed(rows)).toEqual([[], ['2026-07-01'], ['2026-03-03'], []]);
});

test.each(['America/Los_Angeles', 'Pacific/Auckland', 'Pacific/Kiritimati'])(
  'days without a time stay on their side of a change, also in %s',
  (zone) => {
    const rows = ['2026-04-01', '2026-03-03', '2026-03-02'].map((day) => at(`${day}T12:00:00Z`));
    expect(placed(rows, zone)).toEqual([['2026-07-01'], [], ['2026-03-03'], []]);
  },
);

test('what is still to come, or older than every entry, stands at the ends', () => {
  expect(placed([at('2026-05-01T09:00:00Z')])).toEqual([['2026-07-01'], ['2026-03-03']]);
  expect(placed([])).toEqual([[]]);
});

test('a milestone stands at its day among the entries, and beside a change of holder of another day', () => {
  const rows = [at('2026-07-02T09:00:00Z'), at('2026-03-03T12:00:00Z'), at('2026-02-27T23:59:00Z')];
  const milestones = ['2026-10-26', '2026-07-02', '2026-07-01', '2026-03-01', '2026-02-27'].map((day) => ({
    day,
  }));
  const page = { rows, number: 1, olderAt: null };
  const between = betweenEntries({ holders: changes, milestones }, page, 'Europe/London');
  expect(between.map((list) => list.map(inShort))).toEqual([
    ['milestone 2026-10-26'],
    ['milestone 2026-07-02', 'holder 2026-07-01', 'milestone 2026-07-01'],
    ['holder 2026-03-03', 'milestone 2026-03-01'],
    ['milestone 2026-02-27'],
  ]);
});

test('what happened to a law more than 90 days before the first entry is left out; changes of holder are not', () => {
  const milestones = ['2026-02-01', '2026-01-31'].map((day) => ({ day }));
  const early = [{ ...changes[0]!, day: '2025-12-01' }];
  const page = { rows: [at('2026-05-02T09:00:00Z')], number: 1, olderAt: null };
  const [, below] = betweenEntries({ holders: early, milestones }, page, 'Europe/London');
  expect(below!.map(inShort)).toEqual(['milestone 2026-02-01', 'holder 2025-12-01']);
});

test('without an entry no milestone is shown', () => {
  const page = { rows: [], number: 1, olderAt: null };
  const milestones = [{ day: '2026-05-01' }];
  expect(betweenEntries({ holders: changes, milestones }, page, 'UTC')).toEqual([[]]);
});

const zones = [
  'America/New_York',
  'Europe/London',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

test('however the timeline is cut into pages, all that stands between entries does so once, at the same two', () => {
  // half-hours over two years, so that days are told differently in the office and in UTC
  const instant = fc
    .integer({ min: 0, max: 35_000 })
    .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 1_800_000));
  const day = fc
    .integer({ min: -200, max: 900 })
    .map((n) => ({ day: dayOf(new Date(Date.UTC(2026, 0, 1 + n)), 'UTC') }));
  fc.assert(
    fc.property(
      fc.array(instant, { minLength: 1, maxLength: 12 }),
      fc.array(day, { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(...zones),
      (instants, milestones, size, zone) => {
        const rows = instants
          .toSorted((a, b) => b.getTime() - a.getTime())
          .map((occurredAt) => ({ occurredAt }));
        const read = (from: number, to: number) => {
          const page = rows.slice(from, to);
          const olderAt = rows[to]?.occurredAt ?? null;
          const among = { rows: page, number: from === 0 ? 1 : 2, olderAt };
          const between = betweenEntries({ holders: changes, milestones }, among, zone);
          return [...page, null].flatMap((row, i) => [
            ...between[i]!.map(inShort),
            ...(row ? [row.occurredAt.toISOString()] : []),
          ]);
        };
        const inOnePiece = read(0, rows.length);
        const paged = rows.flatMap((_, n) => (n % size === 0 ? read(n, n + size) : []));
        expect(paged).toEqual(inOnePiece);
        const first = Date.parse(dayOf(rows.at(-1)!.occurredAt, zone));
        // an entry may stand a day before the one on the office's clock
        const within = milestones.filter((one) => Date.parse(one.day) >= first - 90 * DAY);
        const shown = inOnePiece.filter((words) => words.startsWith('milestone'));
        expect(shown).toEqual(expect.arrayContaining(within.map((one) => `milestone ${one.day}`)));
        for (const words of shown)
          expect(Date.parse(words.slice('milestone '.length))).toBeGreaterThanOrEqual(first - 91 * DAY);
        expect(shown.length).toBeGreaterThanOrEqual(within.length);
        expect(inOnePiece.filter((words) => words.startsWith('holder'))).toHaveLength(changes.length);
      },
    ),
  );
});
