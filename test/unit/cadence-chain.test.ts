import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planChain, type Chain, type Link, type PlannedLink } from '../../src/cadences/chain.js';
import { dayOf, daysBetween } from '../../src/dates.js';
import { prepareTemplate, type PreparedTemplate } from '../../src/follow-ups/render-template.js';
import type { Holder } from '../../src/organisations/organisation.rules.js';
import { DEFAULT_WINDOW, isInWindow } from '../../src/sending-window.js';
import { holidayOn } from '../../src/working-days.js';

/** Tuesday noon in London. */
const NOW = new Date('2026-11-24T12:00:00Z');
const DAY = 86_400_000;

type Holders = Chain['office']['holders'];
const holding = (...holders: Holder[]) => holders as unknown as Holders;
const none = [] as unknown as Chain['campaign']['asks'];

const campaign: Chain['campaign'] = { title: 'A fictional open letter', asks: none };
const office: Chain['office'] = {
  title: 'Chief executive',
  email: 'office@example.org',
  holders: holding({ name: 'Kim Invented', salutation: 'Dear Kim Invented' }),
  timeZone: 'Europe/London',
  country: 'GB',
};
const recipient: Chain['recipient'] = {
  organisationName: 'Example Platform',
  lastContactAt: new Date('2026-11-23T15:00:00Z'),
  lastContactPrecision: 'time',
};
const letter = { messageId: '<letter@example.org>', subject: 'Our letter' };

const link = (step: number, own: Partial<Link> & { body?: string; subject?: string } = {}): Link => {
  const { body = '{{ salutation }}, step {{ days_waiting }}.', subject = `Reminder ${step}`, ...rest } = own;
  return {
    step,
    messageId: `<${step}@example.org>`,
    stands: null,
    gap: 2,
    template: prepareTemplate({ subject, body }),
    senderName: 'Robin Example',
    setTo: null,
    soFar: null,
    ...rest,
  };
};
const wentAt = (at: string, subject = 'Reminder 1') => ({ at: new Date(at), subject, went: true });

const plan = (links: readonly Link[], own: Partial<Chain> = {}, now = NOW): PlannedLink[] =>
  planChain({ campaign, office, recipient, letter, links, ...own }, now);

const days = (planned: readonly PlannedLink[]) =>
  planned.map(({ dueAt }) => dueAt.toISOString().slice(0, 16));

describe('the steps of a chain', () => {
  test('wait until the day is over by which they promised an answer, and the later ones follow', () => {
    const promised = { ...recipient, promisedFor: '2026-11-27' };
    const planned = plan([link(1), link(2), link(3)], { recipient: promised });
    expect(days(planned)).toEqual(['2026-11-30T10:00', '2026-12-02T10:00', '2026-12-04T10:00']);
    expect(planned[0]!.how).toBe('They promised an answer by 27 November 2026. It waits until then.');
    const later = plan([link(1)], { recipient: { ...recipient, promisedFor: '2026-11-24' } });
    expect(later[0]!.how).toBe('2 working days after the last contact on 23 November 2026.');
  });

  test('are each counted from the one before, the first from the last contact', () => {
    const planned = plan([link(1), link(2, { gap: 1 }), link(3, { gap: 3 })]);
    expect(days(planned)).toEqual(['2026-11-25T10:00', '2026-11-26T10:00', '2026-12-01T10:00']);
    expect(planned.map(({ how }) => how)).toEqual([
      '2 working days after the last contact on 23 November 2026.',
      '1 working day after step 1, which is planned for 25 November 2026.',
      '3 working days after step 2, which is planned for 26 November 2026.',
    ]);
  });

  test('are counted from the day on which the one before it really went, and that one is not planned', () => {
    const [second, ...more] = plan([link(1, { stands: wentAt('2026-11-24T11:30:00Z') }), link(2)]);
    expect(more).toEqual([]);
    expect(second).toMatchObject({ step: 2, dueAt: new Date('2026-11-26T10:00:00Z') });
    expect(second!.how).toBe('2 working days after step 1 on 24 November 2026.');
  });

  test('are counted on from a step that stands and has not gone', () => {
    const held = { at: new Date('2026-11-27T10:00:00Z'), subject: 'Reminder 1', went: false };
    const [second] = plan([link(1, { stands: held }), link(2)]);
    expect(second!.dueAt).toEqual(new Date('2026-12-01T10:00:00Z'));
    expect(second!.how).toBe('2 working days after step 1, which is planned for 27 November 2026.');
  });

  test('never come in a burst, however long ago the first should have gone', () => {
    const long = { ...recipient, lastContactAt: new Date('2023-09-18T09:00:00Z') };
    const planned = plan([link(1, { gap: 5 }), link(2, { gap: 1 }), link(3, { gap: 1 })], {
      recipient: long,
    });
    expect(days(planned)).toEqual(['2026-11-25T10:00', '2026-11-26T10:00', '2026-11-27T10:00']);
    expect(planned[0]!.how).toBe(
      '5 working days after the last contact on 18 September 2023 would have been 25 September 2023, 10:00. That has passed, so it is the next working day.',
    );
  });

  test('are told from a contact of which only the day is known, the same one in every zone', () => {
    const dayOnly = { ...recipient, lastContactAt: new Date('2026-11-23T00:00:00Z') };
    const inNewYork = { ...office, timeZone: 'America/New_York', country: 'US' };
    for (const lastContactPrecision of ['day', 'by-day'] as const) {
      const [first] = plan([link(1, { gap: 3 })], {
        office: inNewYork,
        recipient: { ...dayOnly, lastContactPrecision },
      });
      expect(first!.how).toBe(
        '3 working days after the last contact on 23 November 2026, without 26 November 2026 (Thanksgiving Day), a holiday there.',
      );
    }
    const [first] = plan([link(1, { gap: 3 })], {
      office: inNewYork,
      recipient: { ...dayOnly, lastContactPrecision: 'time' },
    });
    expect(first!.how).toMatch(/^3 working days after the last contact on 22 November 2026 \(no working day/);
  });

  test('keep to the window of the campaign', () => {
    const window = { fromHour: 13, untilHour: 15, everyDay: false };
    expect(days(plan([link(1), link(2)], { campaign: { ...campaign, window } }))).toEqual([
      '2026-11-25T13:00',
      '2026-11-27T13:00',
    ]);
  });

  test('go to the office, addressed to whoever holds it on that day', () => {
    const holders = holding(
      { name: 'Kim Invented', salutation: 'Dear Kim', until: '2026-11-25' },
      { name: 'Lee Invented', salutation: 'Dear Lee', from: '2026-11-26' },
    );
    const planned = plan([link(1), link(2)], { office: { ...office, holders } });
    expect(planned.map(({ holderName }) => holderName)).toEqual(['Kim Invented', 'Lee Invented']);
    expect(planned.map(({ to }) => to)).toEqual([
      { name: 'Kim Invented', address: 'office@example.org' },
      { name: 'Lee Invented', address: 'office@example.org' },
    ]);
    expect(planned[1]!.text).toMatch(/^Dear Lee,/);
  });

  test('have nobody to address where the office is vacant, and say what is missing', () => {
    const [first] = plan([link(1)], { office: { ...office, holders: holding() } });
    expect(first).toMatchObject({ holderName: '', to: { name: '', address: 'office@example.org' } });
    expect(first!.problems).toEqual([
      'In the text: the field {{ salutation }} has no value for this recipient (line 1).',
    ]);
  });

  test('name what is wrong with a template, each step its own', () => {
    const planned = plan([link(1), link(2, { subject: 'To {{ nobody }}', body: '{{ holder' }), link(3)]);
    expect(planned.map(({ problems }) => problems.length)).toEqual([0, 2, 0]);
    expect(planned[1]!.problems[0]).toBe('In the subject: there is no field {{ nobody }} (line 1).');
    expect(planned[1]!.problems[1]).toMatch(/^In the text: .*\(line 1\)\.$/);
  });

  test('an empty chain, or one that has gone, plans nothing', () => {
    expect(plan([])).toEqual([]);
    expect(plan([link(1, { stands: wentAt('2026-11-24T11:30:00Z') })])).toEqual([]);
  });
});

describe('a step that was put off, planned once more', () => {
  const onWednesday = new Date('2026-11-25T10:00:00Z');
  const long = { ...recipient, lastContactAt: new Date('2023-09-18T09:00:00Z') };
  const again = (own: Partial<Link>, now: string, around: Partial<Chain> = {}) =>
    days(plan([link(1, own), link(2)], { recipient: long, ...around }, new Date(now)));

  test('stays where it is until its moment, and is put off again after that', () => {
    const soFar = onWednesday;
    expect(again({ soFar }, '2026-11-24T12:00:00Z')).toEqual(['2026-11-25T10:00', '2026-11-27T10:00']);
    expect(again({ soFar }, '2026-11-25T09:59:00Z')).toEqual(['2026-11-25T10:00', '2026-11-27T10:00']);
    expect(again({ soFar }, '2026-11-25T10:00:00Z')).toEqual(['2026-11-26T10:00', '2026-11-30T10:00']);
    expect(again({}, '2026-11-25T09:59:00Z')).toEqual(['2026-11-26T10:00', '2026-11-30T10:00']);
  });

  test('moves nearer where it was to leave later, and away where the window is another one now', () => {
    const later = new Date('2026-12-18T10:00:00Z');
    expect(again({ soFar: later }, '2026-11-24T12:00:00Z')[0]).toBe('2026-11-25T10:00');
    const window = { fromHour: 13, untilHour: 15, everyDay: false };
    const inTheAfternoon = { campaign: { ...campaign, window } };
    expect(again({ soFar: onWednesday }, '2026-11-24T16:00:00Z', inTheAfternoon)[0]).toBe('2026-11-25T13:00');
  });

  test('does not keep a time that its gap forbids', () => {
    const [first] = plan([link(1, { gap: 3, soFar: onWednesday })]);
    expect(first!.dueAt).toEqual(new Date('2026-11-26T10:00:00Z'));
  });
});

describe('a time given by hand', () => {
  const setTo = new Date('2026-12-10T15:30:00Z');

  test('stays, and the later steps are counted from it', () => {
    const planned = plan([link(1), link(2, { setTo }), link(3)]);
    expect(days(planned)).toEqual(['2026-11-25T10:00', '2026-12-10T15:30', '2026-12-14T10:00']);
    expect(planned.map(({ timeSetByHand }) => timeSetByHand)).toEqual([false, true, false]);
    expect(planned[1]!.how).toBe('Somebody gave it this time by hand.');
    expect(planned[2]!.how).toBe('2 working days after step 2, which is planned for 10 December 2026.');
  });

  test('stays also where it is sooner than the gap', () => {
    const [first, second] = plan([
      link(1, { setTo: new Date('2026-11-24T16:00:00Z'), gap: 9 }),
      link(2, { setTo: new Date('2026-11-25T09:30:00Z'), gap: 9 }),
    ]);
    expect(first!.dueAt).toEqual(new Date('2026-11-24T16:00:00Z'));
    expect(second!.dueAt).toEqual(new Date('2026-11-25T09:30:00Z'));
  });

  test('that has passed is counted anew, and says so', () => {
    const [first] = plan([link(1, { setTo: new Date('2026-11-24T09:30:00Z') })]);
    expect(first).toMatchObject({ dueAt: new Date('2026-11-25T10:00:00Z'), timeSetByHand: false });
    expect(first!.how).toBe(
      'The time that was given by hand, 24 November 2026, 09:30, has passed. 2 working days after the last contact on 23 November 2026.',
    );
  });

  test.each(['2026-11-26T16:00:00Z', '2026-11-27T16:00:00Z'])(
    'never takes a step before the one it follows, or onto its day: %s',
    (given) => {
      const planned = plan([
        link(1, { setTo: new Date('2026-11-27T11:00:00Z') }),
        link(2, { setTo: new Date(given) }),
      ]);
      expect(days(planned)).toEqual(['2026-11-27T11:00', '2026-12-01T10:00']);
      expect(planned[1]).toMatchObject({ timeSetByHand: false });
      expect(planned[1]!.how).toMatch(
        /^The time that was given by hand, 2[67] November 2026, 16:00, does not lie on a later day than step 1\. 2 working days after step 1, which is planned for 27 November 2026\.$/,
      );
    },
  );
});

describe('the thread', () => {
  const threadOf = (planned: readonly PlannedLink[]) =>
    planned.map(({ subject, inReplyTo, references }) => ({ subject, inReplyTo, references }));

  test('starts with the letter where that went from here', () => {
    expect(threadOf(plan([link(1), link(2)]))).toEqual([
      {
        subject: 'Re: Our letter',
        inReplyTo: '<letter@example.org>',
        references: ['<letter@example.org>'],
      },
      {
        subject: 'Re: Our letter',
        inReplyTo: '<1@example.org>',
        references: ['<letter@example.org>', '<1@example.org>'],
      },
    ]);
  });

  test('starts with the first step where the letter went otherwise', () => {
    expect(threadOf(plan([link(1), link(2), link(3)], { letter: null }))).toEqual([
      { subject: 'Reminder 1', inReplyTo: null, references: null },
      { subject: 'Re: Reminder 1', inReplyTo: '<1@example.org>', references: ['<1@example.org>'] },
      {
        subject: 'Re: Reminder 1',
        inReplyTo: '<2@example.org>',
        references: ['<1@example.org>', '<2@example.org>'],
      },
    ]);
  });

  test('has the subject with which its first step went, whatever its template says by now', () => {
    const [second] = plan(
      [link(1, { stands: wentAt('2026-11-24T11:30:00Z', 'As it went'), subject: 'As it is now' }), link(2)],
      { letter: null },
    );
    expect(second).toMatchObject({
      subject: 'Re: As it went',
      inReplyTo: '<1@example.org>',
      references: ['<1@example.org>'],
    });
  });

  test('leaves out a step that is skipped', () => {
    expect(threadOf(plan([link(2), link(4)], { letter: null }))).toEqual([
      { subject: 'Reminder 2', inReplyTo: null, references: null },
      { subject: 'Re: Reminder 2', inReplyTo: '<2@example.org>', references: ['<2@example.org>'] },
    ]);
    expect(plan([link(2), link(4)]).map(({ how }) => how)).toEqual([
      '2 working days after the last contact on 23 November 2026.',
      '2 working days after step 2, which is planned for 25 November 2026.',
    ]);
  });

  test.each(['Re: Our letter', 'RE:Our letter', 're:  Re: Our letter'])(
    'says Re: once, also when the subject is %s',
    (subject) => {
      const planned = plan([link(1), link(2), link(3)], { letter: { ...letter, subject } });
      expect(planned.map((one) => one.subject)).toEqual(Array(3).fill('Re: Our letter'));
    },
  );

  test('keeps a subject that only begins like an answer', () => {
    const [first] = plan([link(1)], { letter: { ...letter, subject: 'Regarding our letter' } });
    expect(first!.subject).toBe('Re: Regarding our letter');
  });

  test('is what the HTML is titled as well', () => {
    expect(plan([link(1)])[0]!.html).toContain('<title>Re: Our letter</title>');
  });
});

describe('the merge fields of a step', () => {
  const body = 'We wrote {{ last_contact }}, {{ days_waiting }} days ago.';
  const texts = (links: readonly Link[], own: Partial<Chain> = {}) =>
    plan(links, own).map(({ text }) => text.trim());

  test('are what they will be when it leaves, after the step before it', () => {
    expect(texts([link(1, { body }), link(2, { body, gap: 3 })])).toEqual([
      'We wrote on 23 November 2026, 2 days ago.',
      'We wrote on 25 November 2026, 5 days ago.',
    ]);
  });

  test('count from the step that really went, or the time given by hand', () => {
    const setTo = new Date('2026-12-10T15:30:00Z');
    expect(
      texts([
        link(1, { stands: wentAt('2026-11-24T11:30:00Z') }),
        link(2, { body, setTo }),
        link(3, { body }),
      ]),
    ).toEqual(['We wrote on 24 November 2026, 16 days ago.', 'We wrote on 10 December 2026, 4 days ago.']);
  });

  test('count from a contact that came after the last step', () => {
    expect(texts([link(1, { stands: wentAt('2026-11-19T11:30:00Z') }), link(2, { body, gap: 5 })])).toEqual([
      'We wrote on 23 November 2026, 3 days ago.',
    ]);
  });

  test('say by where no more is known of the last contact, and on for the steps after it', () => {
    const lastContactAt = new Date('2026-11-20T00:00:00Z');
    expect(
      texts([link(1, { body, gap: 3 }), link(2, { body })], {
        recipient: { ...recipient, lastContactAt, lastContactPrecision: 'by-day' },
      }),
    ).toEqual(['We wrote by 20 November 2026, 5 days ago.', 'We wrote on 25 November 2026, 2 days ago.']);
  });
});

/** Formatting mails is not what is asked here, and takes most of the time. */
const plain: PreparedTemplate = {
  render: (values, subject = 'Reminder') => ({
    subject,
    text: JSON.stringify(values),
    html: '',
    problems: [],
  }),
  problems: () => [],
  uses: () => true,
};

/** Chains of every kind: some steps have gone, one may be held, the others are to be planned. */
const aChain = fc
  .record({
    place: fc.constantFrom(
      { timeZone: 'Europe/London', country: 'GB' },
      { timeZone: 'America/New_York', country: 'US' },
      { timeZone: 'Asia/Kolkata', country: 'IN' },
      { timeZone: 'Pacific/Auckland', country: '' },
    ),
    window: fc.constantFrom(
      DEFAULT_WINDOW,
      { fromHour: 6, untilHour: 9, everyDay: false },
      { fromHour: 13, untilHour: 15, everyDay: true },
      { fromHour: 0, untilHour: 24, everyDay: true },
    ),
    now: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
    /** how many days apart what has happened lies, the last contact first; counted back from now */
    past: fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 1, maxLength: 4 }),
    precision: fc.constantFrom('time' as const, 'day' as const, 'by-day' as const),
    /** in how many days a held step would go; null where none is held */
    held: fc.option(fc.double({ min: 0, max: 20, noNaN: true })),
    gaps: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
    hasLetter: fc.boolean(),
    /** in how many days from now each was to leave so far */
    soFar: fc.array(fc.option(fc.double({ min: -9, max: 9, noNaN: true })), { minLength: 6, maxLength: 6 }),
  })
  .map(({ place, window, now, past, precision, held, gaps, hasLetter, soFar }) => {
    const inDays = (count: number | null | undefined) =>
      typeof count === 'number' ? new Date(now.getTime() + count * DAY) : null;
    const ago = past.map((_, i) => past.slice(i).reduce((sum, length) => sum + length, 0) * DAY);
    const [contact, ...went] = ago.map((before) => new Date(now.getTime() - before));
    const stands = [
      ...went.map((at) => ({ at, subject: 'Reminder 1', went: true })),
      ...(held === null
        ? []
        : [{ at: new Date(now.getTime() + held * DAY), subject: 'Reminder 1', went: false }]),
    ];
    const known = precision === 'time' ? contact! : new Date(`${contact!.toISOString().slice(0, 10)}T00:00Z`);
    const links = [
      ...stands.map((one, i) => link(i + 1, { stands: one, template: plain })),
      ...gaps.map((gap, i) => link(stands.length + i + 1, { gap, template: plain, soFar: inDays(soFar[i]) })),
    ];
    const chain: Chain = {
      campaign: { ...campaign, window },
      office: { ...office, ...place },
      recipient: { ...recipient, lastContactAt: known, lastContactPrecision: precision },
      letter: hasLetter ? letter : null,
      links,
    };
    return { chain, now, place, window };
  });

/** Counted here day by day, the first day left out, and without what the product counts with. */
function workingDaysBetween(from: string, until: string, country: string): number {
  let count = 0;
  for (let time = Date.parse(from) + DAY; time <= Date.parse(until); time += DAY) {
    const day = new Date(time);
    const weekday = day.getUTCDay();
    const isHoliday = holidayOn(day.toISOString().slice(0, 10), { timeZone: 'UTC', country }) !== null;
    if (weekday !== 0 && weekday !== 6 && !isHoliday) count += 1;
  }
  return count;
}

describe('whatever the chain', () => {
  test('each step leaves after now, in the window, and its gap or more after the one before; never two on one day', () => {
    fc.assert(
      fc.property(aChain, ({ chain, now, place, window }) => {
        const planned = planChain(chain, now);
        const { lastContactAt, lastContactPrecision } = chain.recipient;
        let before = dayOf(lastContactAt!, lastContactPrecision === 'time' ? place.timeZone : 'UTC');
        for (const { step, stands, gap } of chain.links) {
          const one = planned.find((other) => other.step === step);
          expect(Boolean(one)).toBe(!stands);
          const day = dayOf(stands?.at ?? one!.dueAt, place.timeZone);
          if (one) {
            expect(one.dueAt > now).toBe(true);
            expect(isInWindow(one.dueAt, place, window)).toBe(true);
            expect(day > before).toBe(true);
            expect(workingDaysBetween(before, day, place.country)).toBeGreaterThanOrEqual(gap);
          }
          before = day;
        }
      }),
    );
  });

  test('it is one thread: each step answers the one before, and refers to all of them', () => {
    fc.assert(
      fc.property(aChain, ({ chain, now }) => {
        const ids = [
          ...(chain.letter ? [chain.letter.messageId] : []),
          ...chain.links.map((one) => one.messageId),
        ];
        for (const { messageId, inReplyTo, references, subject } of planChain(chain, now)) {
          const earlier = ids.slice(0, ids.indexOf(messageId));
          expect(references ?? []).toEqual(earlier);
          expect(inReplyTo ?? undefined).toBe(earlier.at(-1));
          expect(subject.startsWith('Re: ')).toBe(earlier.length > 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('planned twice it is the same', () => {
    fc.assert(
      fc.property(aChain, ({ chain, now }) => {
        expect(planChain(chain, now)).toEqual(planChain(chain, now));
      }),
      { numRuns: 40 },
    );
  });

  test('times given by hand never change the order, and never bring two steps to one day', () => {
    const aTime = fc.option(fc.double({ min: -20, max: 120, noNaN: true }));
    fc.assert(
      fc.property(aChain, fc.array(aTime, { minLength: 10, maxLength: 10 }), ({ chain, now }, given) => {
        const setTo = (i: number) =>
          given[i] === null || given[i] === undefined ? null : new Date(now.getTime() + given[i] * DAY);
        const links = chain.links.map((one, i) => ({ ...one, setTo: setTo(i) }));
        const planned = planChain({ ...chain, links }, now);
        const zone = chain.office.timeZone;
        const daysInOrder = links.map(({ step, stands }) =>
          dayOf(stands?.at ?? planned.find((one) => one.step === step)!.dueAt, zone),
        );
        for (const { step, dueAt, timeSetByHand } of planned) {
          const i = links.findIndex((one) => one.step === step);
          expect(dueAt > now).toBe(true);
          if (i > 0) expect(daysBetween(daysInOrder[i - 1]!, daysInOrder[i]!)).toBeGreaterThan(0);
          if (timeSetByHand) expect(dueAt).toEqual(links[i]!.setTo);
        }
      }),
    );
  });
});

describe('a cancelled step', () => {
  const cancelled = (step: number, soFar: string | null, own: Partial<Link> = {}) =>
    link(step, { cancelled: true, soFar: soFar === null ? null : new Date(soFar), ...own });

  test('goes nowhere, and what follows it keeps its day, out of its thread', () => {
    const all = plan([link(1), link(2, { gap: 5 }), link(3)]);
    const [one, three, ...more] = plan([link(1), cancelled(2, '2026-12-02T10:00Z', { gap: 5 }), link(3)]);
    expect(more).toEqual([]);
    expect([one!.step, three!.step]).toEqual([1, 3]);
    expect(three!.dueAt).toEqual(all[2]!.dueAt);
    expect(three!.references).toEqual(['<letter@example.org>', '<1@example.org>']);
    expect(three!.how).toBe(
      '2 working days after step 2, which is cancelled and was to leave on 2 December 2026.',
    );
  });

  test('that was put off because its day had passed does not give that day back', () => {
    const long = { lastContactAt: new Date('2026-09-01T15:00:00Z'), lastContactPrecision: 'time' as const };
    const own = { recipient: { ...recipient, ...long } };
    const soFar = plan([link(1), link(2)], own).map(({ dueAt }) => dueAt.toISOString());
    expect(soFar[0]).toBe('2026-11-25T10:00:00.000Z');
    expect(days(plan([cancelled(1, soFar[0]!), link(2)], own))).toEqual([soFar[1]!.slice(0, 16)]);
  });

  test('that somebody had given an earlier day by hand keeps what follows where it was', () => {
    const byHand = { setTo: new Date('2026-11-26T15:00:00Z'), gap: 20 };
    const all = plan([link(1), link(2, byHand), link(3)]);
    const left = plan([link(1), cancelled(2, '2026-11-26T15:00Z', byHand), link(3)]);
    expect(days(left)[1]).toBe(days(all)[2]);
  });

  test('moves on with what it follows', () => {
    const late = { stands: wentAt('2026-12-14T10:00:00Z') };
    const [three] = plan([link(1, late), cancelled(2, '2026-11-27T10:00Z'), link(3)]);
    // two working days twice
    expect(days([three!])).toEqual(['2026-12-18T10:00']);
  });

  test('that a trigger had given its day leaves that day to nobody else', () => {
    const given = { day: '2026-12-07', how: 'The day of the vote.' };
    const all = plan([link(1, { given }), link(2, { given })]);
    const left = plan([cancelled(1, '2026-12-07T10:00Z', { given }), link(2, { given })]);
    expect(days(left)).toEqual([days(all)[1]]);
    const moved = { ...given, day: '2026-12-03' };
    const [second] = plan([cancelled(1, null, { given: moved }), link(2, { given: moved })]);
    expect(days([second!])).toEqual(['2026-12-07T10:00']);
  });

  test('does not keep a person from moving the next one to its day', () => {
    const setTo = new Date('2026-11-30T11:30:00Z');
    const [, three] = plan([link(1), cancelled(2, '2026-12-02T10:00Z'), link(3, { setTo })]);
    expect(three).toMatchObject({ dueAt: setTo, timeSetByHand: true });
  });
});
