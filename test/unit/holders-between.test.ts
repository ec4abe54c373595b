import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holdersBetween } from '../../src/history/holders-between.rules.js';
import { holderChanges } from '../../src/organisations/holder.rules.js';

const changes = holderChanges([
  { name: 'A', salutation: '', until: '2026-03-02' },
  { name: 'B', salutation: '', from: '2026-03-03', until: '2026-06-30' },
]);
const at = (instant: string) => ({ occurredAt: new Date(instant) });
const placed = (
  rows: { occurredAt: Date }[],
  timeZone = 'Europe/London',
  number = 1,
  olderAt: Date | null = null,
) => holdersBetween(changes, { rows, number, olderAt }, timeZone).map((list) => list.map(({ day }) => day));

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

test('however the timeline is cut into pages, each change stands once, between the same two entries', () => {
  const instant = fc
    .integer({ min: 0, max: 365 })
    .map((n) => new Date(Date.UTC(2026, 0, 1, 12) + n * 86_400_000));
  fc.assert(
    fc.property(
      fc.array(instant, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (instants, size) => {
        const rows = instants
          .toSorted((a, b) => b.getTime() - a.getTime())
          .map((occurredAt) => ({ occurredAt }));
        const inOnePiece = holdersBetween(changes, { rows, number: 1, olderAt: null }, 'America/New_York');
        const read = (page: (typeof rows)[number][], between: typeof inOnePiece) =>
          [...page, null].flatMap((row, i) => [
            ...between[i]!.map(({ day }) => day),
            ...(row ? [row.occurredAt] : []),
          ]);
        const paged = [];
        for (let start = 0; start < rows.length; start += size) {
          const page = rows.slice(start, start + size);
          const olderAt = rows[start + size]?.occurredAt ?? null;
          paged.push(
            ...read(
              page,
              holdersBetween(changes, { rows: page, number: 1 + start / size, olderAt }, 'America/New_York'),
            ),
          );
        }
        expect(paged).toEqual(read(rows, inOnePiece));
      },
    ),
  );
});
