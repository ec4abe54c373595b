import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  dateAndTime,
  dayInWords,
  dayOf,
  daysBetween,
  daysInWords,
  instantInWords,
  momentInWords,
  instantOf,
  isDay,
  weekOf,
} from '../../src/dates.js';

test.each([
  ['2026-11-24T12:00:00Z', 'Europe/London', '2026-11-24'],
  ['2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25'],
  ['2026-11-24T02:00:00Z', 'America/New_York', '2026-11-23'],
  ['2026-11-24T18:14:59Z', 'Asia/Kathmandu', '2026-11-24'],
  ['2026-11-24T18:15:00Z', 'Asia/Kathmandu', '2026-11-25'],
  ['2026-11-24T10:00:00Z', 'Pacific/Kiritimati', '2026-11-25'],
  ['0068-09-03T12:00:00Z', 'Europe/Paris', '0068-09-03'],
])('at %s it is, in %s, the day %s', (instant, zone, day) => {
  expect(dayOf(new Date(instant), zone)).toBe(day);
});

test('the day is the one that luxon tells, in every zone', () => {
  // before 1972 some zones were ahead by seconds, which luxon leaves out
  const instants = fc.date({ min: new Date('1972-06-01'), max: new Date('9999-12-29'), noInvalidDate: true });
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      expect(dayOf(instant, zone)).toBe(DateTime.fromJSDate(instant, { zone }).toISODate());
    }),
  );
});

test.each([
  ['2026-06-01', '09:00', 'Europe/London', '2026-06-01T08:00:00.000Z'],
  ['2026-12-01', '09:00', 'Europe/London', '2026-12-01T09:00:00.000Z'],
  ['2026-12-01', '00:00', 'Asia/Kolkata', '2026-11-30T18:30:00.000Z'],
  ['2026-12-01', '12:00', 'Asia/Kathmandu', '2026-12-01T06:15:00.000Z'],
  ['2026-12-01', '12:00', 'Australia/Eucla', '2026-12-01T03:15:00.000Z'],
  ['2026-10-25', '01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
])('%s at %s in %s is %s; an hour that comes twice is the first of the two', (date, time, zone, instant) => {
  expect(instantOf(date, time, zone)?.toISOString()).toBe(instant);
});

test.each([
  ['2026-03-29', '01:30', 'Europe/London'],
  ['2026-03-08', '02:00', 'America/New_York'],
  ['2026-03-08', '02:59', 'America/New_York'],
  ['2026-10-04', '02:15', 'Australia/Lord_Howe'],
  ['2026-02-30', '12:00', 'Europe/London'],
  ['2026-13-01', '12:00', 'Europe/London'],
  ['2011-12-30', '12:00', 'Pacific/Apia'],
])('%s at %s in %s never was', (date, time, zone) => {
  expect(instantOf(date, time, zone)).toBeNull();
});

test('the first hour of a summer time long past, in a zone that has changed sides of the date line since', () => {
  expect(instantOf('2010-09-26', '01:00', 'Pacific/Apia')).toEqual(new Date('2010-09-26T11:00:00Z'));
});

test('what the fields show for a moment leads back to it, or to its first occurrence', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/London',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
  );
  const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const { date, time } = dateAndTime(instant, zone);
      const back = instantOf(date, time, zone)!;
      const minutes = (instant.getTime() - back.getTime()) / 60_000;
      // at most the minute's own seconds, or the hour that the clocks were put back by
      expect(minutes).toBeGreaterThanOrEqual(0);
      expect(minutes % 30).toBeLessThan(1);
      expect(minutes).toBeLessThanOrEqual(61);
      expect(dateAndTime(back, zone)).toEqual({ date, time });
      expect(dayOf(instant, zone)).toBe(date);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['2026-11-24', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-2-9', false],
  ['0026-11-24', false],
  ['24.11.2026', false],
  ['2026-11-24T12:00', false],
  ['', false],
])('%j is a day: %s', (text, day) => {
  expect(isDay(text)).toBe(day);
});

test('days and moments are written as people write them', () => {
  expect(dayInWords('2026-11-04')).toBe('4 November 2026');
  expect(instantInWords(new Date('2026-11-24T12:05:00Z'), 'Asia/Kathmandu')).toBe('24 November 2026, 17:50');
  expect(momentInWords(new Date('2026-11-24T12:00:00Z'), 'America/New_York').zone).toBe(
    'America/New York (GMT-5)',
  );
  expect(momentInWords(new Date('2026-07-01T12:00:00Z'), 'Europe/London').zone).toBe('Europe/London (BST)');
});

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-24', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2026-01-01', '2025-12-29'],
])('%s is in the week of %s', (day, monday) => {
  expect(weekOf(day)).toBe(monday);
});

test('days between count nights, whatever the clocks do', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-11-24', '2026-11-24')).toBe(0);
  expect(daysBetween('2026-11-24', '2026-11-23')).toBe(-1);
  expect(daysBetween('2023-09-18', '2026-11-24')).toBe(1163);
});

test.each([
  ['2026-03-03', '2026-03-03', '3 March 2026'],
  ['2026-03-03', '2026-03-20', '3 to 20 March 2026'],
  ['2026-03-03', '2026-05-20', '3 March to 20 May 2026'],
  ['2025-12-03', '2026-01-08', '3 December 2025 to 8 January 2026'],
  ['2025-03-03', '2026-03-08', '3 March 2025 to 8 March 2026'],
])('from %s to %s is %s: what both have in common is said once', (from, to, words) => {
  expect(daysInWords(from, to)).toBe(words);
});
