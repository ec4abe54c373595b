import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backOff, readRetryAfter } from '../../src/legislation/import/fetch/back-off.rules.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const MINUTE = 60_000;
const minutesOn = (at: Date | null): number => (at!.getTime() - NOW.getTime()) / MINUTE;

test.each([
  [0, 6 * 60],
  [1, 15],
  [2, 30],
  [3, 60],
  [6, 8 * 60],
  [7, 16 * 60],
  [8, 24 * 60],
  [9, 24 * 60],
  [5000, 24 * 60],
])('after %i failures a source is asked again %i minutes on', (failures, minutes) => {
  expect(minutesOn(backOff(failures, NOW))).toBe(minutes);
});

test('a source that asks us to come back later than we would is left in peace until then', () => {
  expect(minutesOn(backOff(1, NOW, new Date('2026-11-26T15:00:00Z')))).toBe(180);
});

test('a source that would have us sooner is asked when we would ask anyway', () => {
  expect(minutesOn(backOff(2, NOW, NOW))).toBe(30);
  expect(minutesOn(backOff(2, NOW, null))).toBe(30);
});

test.each([
  ['120', 2],
  ['0', 0],
  [' 60 ', 1],
  ['86401', 24 * 60],
  ['9'.repeat(400), 24 * 60],
  ['Thu, 26 Nov 2026 13:30:00 GMT', 90],
  ['Thursday, 26-Nov-26 13:30:00 GMT', 90],
  ['Thu Nov 26 13:30:00 2026', 90],
  ['Thu, 26 Nov 2026 11:00:00 GMT', 0],
  ['Wed, 26 Nov 2036 11:00:00 GMT', 24 * 60],
])('Retry-After: %s means %i minutes on', (field, minutes) => {
  expect(minutesOn(readRetryAfter(field, NOW))).toBe(minutes);
});

test.each([
  '',
  '-5',
  '1e3',
  '12.5',
  'soon',
  '120 seconds',
  '0x10',
  'Thu, 31 Feb 2026 13:30:00 GMT',
  '2026-11-26',
])('Retry-After: %s is nonsense and ignored', (field) => {
  expect(readRetryAfter(field, NOW)).toBeNull();
});

test('whatever a source sends, we come back within a day', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.nat().map(String),
        fc.date({ noInvalidDate: true }).map((at) => at.toUTCString()),
      ),
      (field) => {
        const at = readRetryAfter(field, NOW);
        return at === null || (minutesOn(at) >= 0 && minutesOn(at) <= 24 * 60);
      },
    ),
  );
});

test('no Retry-After is none', () => {
  expect(readRetryAfter(undefined, NOW)).toBeNull();
});
