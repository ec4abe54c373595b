import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { givenTime } from '../../src/cadences/cadence.rules.js';
import { planChain, type Chain, type Link } from '../../src/cadences/chain.js';
import { dayBefore, dayOf } from '../../src/dates.js';
import { prepareTemplate } from '../../src/follow-ups/render-template.js';
import { DEFAULT_WINDOW, isInWindow } from '../../src/sending-window.js';

/** Tuesday noon in London. */
const NOW = new Date('2026-11-24T12:00:00Z');
const place = { timeZone: 'Europe/London', country: 'GB' };
const given = { day: '2026-12-10', how: 'So it was counted.' };

const chain = (links: readonly Link[]): Chain => ({
  campaign: { title: 'A fictional open letter', asks: [] as never },
  office: { title: 'Chair', email: 'office@example.org', holders: [] as never, ...place },
  recipient: {
    organisationName: 'Example Platform',
    lastContactAt: new Date('2026-11-23T15:00:00Z'),
    lastContactPrecision: 'time',
  },
  letter: null,
  links,
});
const link = (step: number, own: Partial<Link> = {}): Link => ({
  step,
  messageId: `<${step}@example.org>`,
  stands: null,
  gap: 2,
  template: prepareTemplate({ subject: 'Our letter', body: `Reminder ${step}.` }),
  senderName: 'Robin Example',
  setTo: null,
  soFar: null,
  given,
  ...own,
});
const timesOf = (...links: Link[]) =>
  planChain(chain(links), NOW).map(({ dueAt, how }) => [dueAt.toISOString().slice(0, 10), how]);

describe('where a trigger gives the day', () => {
  test('the first step leaves then, and the others keep their gaps', () => {
    expect(timesOf(link(1), link(2), link(3))).toEqual([
      ['2026-12-10', 'So it was counted.'],
      ['2026-12-14', '2 working days after step 1, which is planned for 10 December 2026.'],
      ['2026-12-16', '2 working days after step 2, which is planned for 14 December 2026.'],
    ]);
  });

  test('whichever step is the first that is left leaves then', () => {
    expect(timesOf(link(2), link(3)).map(([day]) => day)).toEqual(['2026-12-10', '2026-12-14']);
    const went = { at: new Date('2026-11-20T10:00:00Z'), subject: 'Our letter', went: true };
    const before = link(1, { stands: went, given: null });
    expect(timesOf(before, link(2), link(3)).map(([day]) => day)).toEqual(['2026-12-10', '2026-12-14']);
  });

  test('a step after one that went on that day is counted from when it went', () => {
    const went = { at: new Date('2026-11-24T10:00:00Z'), subject: 'Our letter', went: true };
    expect(timesOf(link(1, { stands: went }), link(2)).map(([day]) => day)).toEqual(['2026-11-26']);
  });

  test('a day that has passed means as soon as mail may leave, and says so', () => {
    const late = { ...given, day: '2026-11-20' };
    const [first] = planChain(chain([link(1, { given: late })]), new Date('2026-11-24T18:00:00Z'));
    expect(first).toMatchObject({
      dueAt: new Date('2026-11-25T09:00:00Z'),
      how: expect.stringContaining('That has passed'),
    });
  });
});

test('it is never before now, always within the hours, and on the day where that lies ahead', () => {
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, instant, (now, at) => {
      const day = dayOf(at, place.timeZone);
      const { dueAt } = givenTime({ day, how: '' }, place, DEFAULT_WINDOW, now);
      expect(dueAt >= now).toBe(true);
      expect(isInWindow(dueAt, place, DEFAULT_WINDOW)).toBe(true);
      expect(dayOf(dueAt, place.timeZone) >= day).toBe(true);
      const again = givenTime(
        { day, how: '' },
        place,
        DEFAULT_WINDOW,
        new Date(now.getTime() + 60_000),
        dueAt,
      );
      if (dueAt.getTime() > now.getTime() + 60_000) expect(again.dueAt).toEqual(dueAt);
    }),
  );
});

test('the day before a day is that of the calendar, over the ends of months and years', () => {
  expect(['2026-03-01', '2028-03-01', '2027-01-01', '2026-11-24', '2026-05-10'].map(dayBefore)).toEqual([
    '2026-02-28',
    '2028-02-29',
    '2026-12-31',
    '2026-11-23',
    '2026-05-09',
  ]);
});
