import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  before,
  contentHashOf,
  followUpStates,
  mayBecome,
  nextAttempt,
  openStates,
  seenHashOf,
} from '../../src/follow-ups/follow-up.rules.js';
import {
  waitsFor,
  waitsForHolder,
  waitsForMail,
  waitsForReading,
} from '../../src/follow-ups/waiting.rules.js';
import type { Earlier, GateContext, Gated, StepBefore } from '../../src/follow-ups/gated.js';
import { reasonsNotToSend } from '../../src/follow-ups/send-gate.rules.js';
import { approvalRules } from '../../src/campaigns/campaign.rules.js';
import { DEFAULT_WINDOW, isInWindow } from '../../src/sending-window.js';
import { directions, entryKinds, isHumanAnswer, receivedAs } from '../../src/history/entry.rules.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const followUp: Gated = {
  plannedAt: new Date(NOW.getTime() - 24 * HOUR),
  plannedBy: 'author',
  dueAt: NOW,
  nextAttemptAt: NOW,
  step: 2,
  revision: 1,
  subject: 'Our letter',
  text: 'We look forward to an answer.',
  to: { name: 'Kim Invented', address: 'office@example.org' },
  holderName: 'Kim Invented',
  problems: [],
  approval: { by: 'author', at: NOW, contentHash: 'as approved', read: true },
};
const context: GateContext = {
  removed: null,
  contentHash: 'as approved',
  from: 'campaign@example.org',
  officeEmail: 'office@example.org',
  holderName: 'Kim Invented',
  words: { salutation: 'Dear Kim Invented', organisation: 'Example Platform', office: 'Chief executive' },
  holderUnconfirmed: false,
  entries: [],
  earlier: [],
  stepsBefore: [],
  answered: false,
  statedAt: [],
  isUnsent: false,
  promisedFor: null,
  closed: false,
  live: true,
  noSuchAddress: [],
  suppressed: [],
  missing: [],
  paused: null,
  hasUnreadMail: false,
  mailIsMissing: false,
  place: { timeZone: 'Europe/London', country: 'GB' },
  window: DEFAULT_WINDOW,
  latestHours: 24,
  approvalRule: 'one',
  approvalDays: 14,
};
const before14Days = new Date(NOW.getTime() - 14 * 24 * HOUR - 1);
const earlier: Earlier = { state: 'sent', step: 1, revision: 1, subject: 'Our letter', text: followUp.text };

describe('the send gate', () => {
  test('lets go what is approved, unchanged, addressed and unanswered', () => {
    expect(reasonsNotToSend(followUp, context, NOW)).toEqual([]);
  });

  test.each<[string, Partial<Gated>, Partial<GateContext>, RegExp]>([
    ['no approval', { approval: null }, {}, /Nobody has approved/],
    ['words changed since', {}, { contentHash: 'other' }, /not what was approved/],
    [
      'a recipient that was removed',
      {},
      { removed: 'Added twice' },
      /^They were removed from the campaign: Added twice\. Put them back first/,
    ],
    [
      'another sender since',
      { approval: { ...followUp.approval, from: 'old@example.org' } },
      { contentHash: 'other' },
      /approved as mail from old@example\.org, and would leave from campaign@example\.org\./,
    ],
    ['no address', {}, { officeEmail: '' }, /no email address/],
    ['another address', {}, { officeEmail: 'new@example.org' }, /address of the office has changed/],
    [
      'an address that was refused as unknown',
      {},
      { noSuchAddress: ['office@example.org'] },
      /the address does not exist\. Correct the office’s address first/,
    ],
    ['another holder', {}, { holderName: 'Sam Newcomer' }, /now held by Sam Newcomer/],
    ['a vacant office', {}, { holderName: null }, /Nobody is named/],
    ['a new holder', {}, { holderUnconfirmed: true }, /Kim Invented is new in the office\. Confirm/],
    ['a missing value', { problems: ['The field {{ salutation }} has no value.'] }, {}, /salutation/],
    [
      'a brace in the subject',
      { subject: 'Hello {holder}' },
      {},
      /In the subject: a brace is left over \(line 1\)/,
    ],
    ['braces in the text', { text: 'Of\n{{ organisation }}' }, {}, /In the text: a brace .* \(line 2\)/],
    ['more than a day late', { nextAttemptAt: new Date(NOW.getTime() - 24 * HOUR - 1) }, {}, /24 hours late/],
    [
      'an old approval',
      { approval: { ...followUp.approval, at: before14Days } },
      {},
      /more than 14 days before it would leave/,
    ],
    [
      'an approval by saving, where one person is asked for',
      { approval: { ...followUp.approval, read: undefined } },
      {},
      /Saving it approved it, and this campaign asks for a person/,
    ],
    [
      'an approval by saving, where four eyes are asked for',
      { approval: { ...followUp.approval, read: undefined } },
      { approvalRule: 'four eyes' },
      /Its author approved it/,
    ],
    [
      'an approval by its author where four eyes are asked for',
      {},
      { approvalRule: 'four eyes' },
      /Its author/,
    ],
    [
      'a suppression',
      {},
      { suppressed: ['Kim is not to be written to.'] },
      /to\. Cancel this, or lift that under/,
    ],
    ['a lost file', {}, { missing: ['letter.pdf'] }, /The attachment letter\.pdf is missing\. Edit/],
    ['a pause', {}, { paused: 'They asked us to wait.' }, /paused: They asked us to wait\. Resume it/],
    ['a trigger that rests', {}, { stopped: 'It is paused.' }, /holds no longer\. It is paused\./],
    ['a closed matter', {}, { closed: true }, /matter with them is closed\. Reopen it .* or cancel this\./],
    [
      'an uncertain one before',
      {},
      { earlier: [{ ...earlier, state: 'uncertain', text: '' }] },
      /may have gone/,
    ],
    ['mail that nobody has read', {}, { hasUnreadMail: true }, /nobody has read it yet\. Read it first/],
    ['the same text before', {}, { earlier: [earlier] }, /same text/],
    ['the same text just going', {}, { earlier: [{ ...earlier, state: 'sending' }] }, /same text/],
    ['the night there', {}, { place: { timeZone: 'Asia/Tokyo' } }, /outside the hours.*Monday to Friday/],
  ])('keeps it back for %s', (_what, own, around, reason) => {
    const reasons = reasonsNotToSend({ ...followUp, ...own }, { ...context, ...around }, NOW);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(reason);
  });

  test('lets go what saving approved where nobody approves, however long ago: there is no approval to expire', () => {
    const approval = { ...followUp.approval, at: before14Days, read: undefined };
    expect(reasonsNotToSend({ ...followUp, approval }, { ...context, approvalRule: 'none' }, NOW)).toEqual(
      [],
    );
  });

  test('lets go what somebody other than its author approved before it was noted who had read it', () => {
    const approval = { ...followUp.approval, by: 'another person', read: undefined };
    for (const approvalRule of approvalRules)
      expect(reasonsNotToSend({ ...followUp, approval }, { ...context, approvalRule }, NOW)).toEqual([]);
  });

  test.each<[string, Partial<Gated>, Partial<Earlier>]>([
    ['with Re: before its subject', { subject: 'Re: Our letter' }, {}],
    ['that was sent with a prefix of another language', {}, { subject: 'AW: WG: our  letter' }],
    ['broken into lines in another way', {}, { text: 'We look\nforward to an answer.\n' }],
    ['as a step, in the thread of another letter', { cadence: 'cadence', subject: 'Re: Other' }, {}],
    ['as a step went before', {}, { cadence: 'cadence', subject: 'Re: Other' }],
  ])('keeps the same text back %s', (_how, own, before) => {
    const around = { ...context, earlier: [{ ...earlier, ...before }] };
    expect(reasonsNotToSend({ ...followUp, ...own }, around, NOW)).toEqual([
      expect.stringMatching(/^The same text/),
    ]);
  });

  test('lets the same text go under another subject, where both were written by hand', () => {
    const around = { ...context, earlier: [{ ...earlier, subject: 'Another letter' }] };
    expect(reasonsNotToSend(followUp, around, NOW)).toEqual([]);
  });

  test('lets go what differs from what was sent, and the first of two that are the same', () => {
    const others: Earlier[] = [
      { ...earlier, text: 'Another text.' },
      { ...earlier, state: 'sending', step: 3 },
      { ...earlier, state: 'sending', step: 2, revision: 2 },
    ];
    expect(reasonsNotToSend(followUp, { ...context, earlier: others }, NOW)).toEqual([]);
  });

  test('lets go what is addressed anew after another address was refused as unknown', () => {
    const corrected = { ...context, noSuchAddress: ['ofice@example.org'] };
    expect(reasonsNotToSend(followUp, corrected, NOW)).toEqual([]);
  });

  test('lets go what somebody other than its author approved, where four eyes are asked for', () => {
    const approved = { ...followUp, approval: { ...followUp.approval, by: 'another' } };
    expect(reasonsNotToSend(approved, { ...context, approvalRule: 'four eyes' }, NOW)).toEqual([]);
  });

  test('lets go what somebody let go on who had read that an incoming mail only acknowledges; what is logged by hand stops it', () => {
    const read = {
      kind: 'email',
      direction: 'in',
      receivedAs: 'acknowledgement',
      occurredAt: NOW,
      recordedAt: NOW,
    } as const;
    const reasons = (incoming: string | null, own: Partial<typeof followUp> = {}) =>
      reasonsNotToSend({ ...followUp, ...own }, { ...context, entries: [{ ...read, incoming }] }, NOW);
    expect(reasons('mail')).toEqual([]);
    expect(reasons('mail', { cadence: 'cadence' })).toEqual([]);
    expect(reasons(null)).toEqual([expect.stringMatching(/^They answered/)]);
  });

  test('keeps back what was planned before they were known to have answered an ask; what was planned since may go', () => {
    const reasons = (statedAt: Date) => reasonsNotToSend(followUp, { ...context, statedAt: [statedAt] }, NOW);
    expect(reasons(followUp.plannedAt)).toEqual([expect.stringMatching(/^They answered after/)]);
    expect(reasons(new Date(followUp.plannedAt.getTime() - 1))).toEqual([]);
  });

  test('names every reason at once', () => {
    const reasons = reasonsNotToSend(
      { ...followUp, approval: null, problems: ['A problem.'] },
      { ...context, officeEmail: '', holderName: null },
      NOW,
    );
    expect(reasons).toHaveLength(4);
  });

  test('never lets a mail go to somebody who answered after it was planned, whatever the answer was, or with whom the matter was closed', () => {
    const entry = fc.record({
      kind: fc.constantFrom(...entryKinds),
      direction: fc.constantFrom(...directions),
      receivedAs: fc.constantFrom(null, ...receivedAs),
      occurredAt: fc.constant(NOW),
      recordedAt: fc.integer({ min: -48, max: 0 }).map((hours) => new Date(NOW.getTime() + hours * HOUR)),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const answered = entries.some((one) => isHumanAnswer(one) && one.recordedAt >= followUp.plannedAt);
        const cameBack = entries.some(
          (one) => one.receivedAs === 'bounce' && one.recordedAt >= followUp.plannedAt,
        );
        const since = entries.filter((one) => one.recordedAt >= followUp.plannedAt);
        // at the same moment, the reopening is what came last
        const closed =
          since.some(({ kind }) => kind === 'closing') && !since.some(({ kind }) => kind === 'reopening');
        expect(reasonsNotToSend(followUp, { ...context, entries }, NOW).length > 0).toBe(
          answered || cameBack || closed,
        );
      }),
    );
  });
});

describe('mail that nobody has read', () => {
  const unread = { ...context, hasUnreadMail: true };
  const late = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

  test('lets wait what is planned, an hour at a time and within the campaign’s hours', () => {
    expect(waitsForReading(followUp, unread, NOW)).toEqual({
      reasons: ['Mail that may be their answer has come in. It goes on when somebody has read that.'],
      until: new Date('2026-11-24T13:00:00Z'),
    });
    const evening = waitsForReading(followUp, unread, new Date('2026-11-24T16:30:00Z'));
    expect(evening!.until).toEqual(new Date('2026-11-25T09:00:00Z'));
    expect(waitsForReading(followUp, context, NOW)).toBeNull();
  });

  test('keeps one planned by hand waiting for as long as it may be late, and a step of a cadence for good', () => {
    const waits = (dueAt: Date, cadence: string | null = null) =>
      waitsForReading({ ...followUp, dueAt, cadence }, unread, NOW) !== null;
    expect([waits(late(24)), waits(late(24.1)), waits(late(999), 'cadence')]).toEqual([true, false, true]);
  });

  test('and a time that has passed meanwhile keep it back, however often it was put off', () => {
    expect(reasonsNotToSend({ ...followUp, dueAt: late(25) }, unread, NOW)).toEqual([
      expect.stringMatching(/nobody has read it yet/),
      expect.stringMatching(/^It is more than 24 hours late/),
    ]);
    expect(reasonsNotToSend({ ...followUp, dueAt: late(25) }, context, NOW)).toEqual([]);
  });
});

describe('while no mail is fetched', () => {
  const missing = { ...context, live: true, mailIsMissing: true };
  const late = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

  test('what would go out waits for as long as it may be late, also a step of a cadence, and is held then', () => {
    const waits = (dueAt: Date, cadence: string | null) =>
      waitsForMail({ ...followUp, dueAt, cadence }, missing, NOW) !== null;
    for (const cadence of [null, 'cadence'])
      expect([waits(late(24), cadence), waits(late(24.1), cadence)]).toEqual([true, false]);
    expect(reasonsNotToSend(followUp, missing, NOW)).toEqual([
      expect.stringMatching(/^No mail has been fetched for hours/),
    ]);
  });

  test('what is only captured reaches nobody and leaves', () => {
    const captured = { ...missing, live: false };
    expect(waitsForMail(followUp, captured, NOW)).toBeNull();
    expect(reasonsNotToSend(followUp, captured, NOW)).toEqual([]);
  });
});

describe.each([
  ['a vacant office', { holderName: null }, /^Nobody is named as holding the office\. It goes on when/],
  ['a holder nobody has confirmed', { holderUnconfirmed: true }, /^Kim Invented is new in the office\./],
])('%s', (_what, own: Partial<GateContext>, reason) => {
  const around = { ...context, ...own };
  const late = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

  test('makes whatever is due wait, an hour at a time and within the sending window', () => {
    expect(waitsForHolder(followUp, around, NOW)).toEqual({
      reasons: [expect.stringMatching(reason)],
      until: new Date('2026-11-24T13:00:00Z'),
    });
    const evening = waitsForHolder(followUp, around, new Date('2026-11-24T16:30:00Z'));
    expect(evening!.until).toEqual(new Date('2026-11-25T09:00:00Z'));
    expect(waitsForHolder(followUp, context, NOW)).toBeNull();
  });

  test('lets one planned by hand wait for as long as it may be late, and a step of a cadence for good', () => {
    const waits = (dueAt: Date, cadence: string | null = null) =>
      waitsForHolder({ ...followUp, dueAt, cadence }, around, NOW) !== null;
    expect([waits(late(24)), waits(late(24.1)), waits(late(999), 'cadence')]).toEqual([true, false, true]);
    expect(reasonsNotToSend({ ...followUp, dueAt: late(25) }, around, NOW)).toContainEqual(
      expect.stringMatching(/^It is more than 24 hours late/),
    );
  });
});

describe('what a step of a cadence waits for', () => {
  const step: Gated = { ...followUp, cadence: 'cadence', gap: 2, step: 2 };
  const newYork = { timeZone: 'America/New_York', country: 'US' };
  const before = (state: StepBefore['state'], sentAt?: string, n = 1): StepBefore => ({
    state,
    step: n,
    sentAt: sentAt ? new Date(sentAt) : null,
  });
  const waiting = (own: Partial<Gated>, around: Partial<GateContext>, now = NOW) =>
    waitsFor({ ...step, ...own }, { ...context, ...around }, now);

  test('is nothing when the steps before it went so many working days ago, or there are none', () => {
    expect(waiting({ step: 1 }, {})).toBeNull();
    expect(waiting({}, { stepsBefore: [before('sent', '2026-11-20T16:00:00Z')] })).toBeNull();
    expect(waiting({}, { stepsBefore: [before('captured', '2026-11-20T16:00:00Z')] })).toBeNull();
  });

  test('is nothing for a follow-up planned by hand, whatever is the matter', () => {
    const around = { paused: 'They asked for time.', stepsBefore: [before('planned')] };
    for (const cadence of [null, undefined]) expect(waiting({ cadence }, around)).toBeNull();
  });

  test('is the end of a pause, and it is asked again on the next working day', () => {
    expect(waiting({ step: 1 }, { paused: 'They asked for time' })).toEqual({
      reasons: [
        'Writing to them is paused: They asked for time. The cadence goes on when somebody resumes it.',
      ],
      until: new Date('2026-11-25T10:00:00Z'),
    });
  });

  test.each(['planned', 'scheduled', 'held', 'sending', 'failed', 'uncertain'] as const)(
    'is the step before it that is %s',
    (state) => {
      expect(waiting({}, { stepsBefore: [before(state)] })).toEqual({
        reasons: ['Step 1 has not gone yet, and this one follows it.'],
        until: new Date('2026-11-26T10:00:00Z'),
      });
    },
  );

  test('is the first of several that have not gone, also for a step whose time was given by hand', () => {
    const stepsBefore = [
      before('sent', '2026-11-02T10:00:00Z', 1),
      before('held', undefined, 2),
      before('planned', undefined, 3),
    ];
    expect(waiting({ step: 4, timeSetByHand: true }, { stepsBefore })?.reasons).toEqual([
      'Step 2 has not gone yet, and this one follows it.',
    ]);
  });

  test('is its gap after the step before it really went, in working days of their calendar', () => {
    expect(waiting({}, { stepsBefore: [before('sent', '2026-11-23T16:00:00Z')] })).toEqual({
      reasons: ['Step 1 went on 23 November 2026, and this one follows 2 working days later.'],
      until: new Date('2026-11-25T10:00:00Z'),
    });
    expect(waiting({ gap: 1 }, { stepsBefore: [before('sent', '2026-11-24T09:00:00Z')] })).toEqual({
      reasons: ['Step 1 went on 24 November 2026, and this one follows 1 working day later.'],
      until: new Date('2026-11-25T10:00:00Z'),
    });
    // Thanksgiving and a weekend lie in between
    const onWednesday = before('sent', '2026-11-25T16:00:00Z');
    const onMonday = new Date('2026-11-30T14:59:00Z');
    expect(
      waiting({}, { stepsBefore: [onWednesday], place: newYork }, new Date('2026-11-27T15:00:00Z')),
    ).toEqual({
      reasons: ['Step 1 went on 25 November 2026, and this one follows 2 working days later.'],
      until: new Date('2026-11-30T15:00:00Z'),
    });
    expect(waiting({}, { stepsBefore: [onWednesday], place: newYork }, onMonday)).toBeNull();
  });

  test('is a day counted on their clock: early in London is still the day before in New York', () => {
    const stepsBefore = [before('sent', '2026-11-24T02:00:00Z')];
    expect(waiting({ gap: 1 }, { stepsBefore, place: newYork }, new Date('2026-11-24T16:00:00Z'))).toBeNull();
    expect(waiting({ gap: 1 }, { stepsBefore }, new Date('2026-11-24T16:00:00Z'))).not.toBeNull();
  });

  test('is one working day where no gap is known', () => {
    const stepsBefore = [before('sent', '2026-11-23T16:00:00Z')];
    for (const gap of [null, undefined]) {
      expect(waiting({ gap }, { stepsBefore })).toBeNull();
      expect(waiting({ gap }, { stepsBefore }, new Date('2026-11-23T16:30:00Z'))).not.toBeNull();
    }
  });

  test('is counted from the last of several that went', () => {
    const stepsBefore = [
      before('sent', '2026-11-02T10:00:00Z', 1),
      before('sent', '2026-11-24T10:00:00Z', 3),
    ];
    expect(waiting({ step: 4 }, { stepsBefore })?.reasons).toEqual([
      'Step 3 went on 24 November 2026, and this one follows 2 working days later.',
    ]);
  });

  test('is not its gap where somebody gave it the time by hand', () => {
    const stepsBefore = [before('sent', '2026-11-23T16:00:00Z')];
    expect(waiting({ timeSetByHand: true }, { stepsBefore })).toBeNull();
  });

  test('is the day by which they promised an answer, until it is over where they are', () => {
    const place = newYork;
    const promised = (day: string, now?: Date) => waiting({ step: 1 }, { promisedFor: day, place }, now);
    expect(promised('2026-12-10')).toEqual({
      reasons: ['They promised an answer by 10 December 2026. It waits until then.'],
      until: new Date('2026-12-11T15:00:00Z'),
    });
    const [late, after] = [new Date('2026-12-11T04:59:00Z'), new Date('2026-12-11T05:00:00Z')];
    expect([promised('2026-12-10', late) !== null, promised('2026-12-10', after)]).toEqual([true, null]);
  });

  test('is everything at once, until the last of it may be over', () => {
    const around = { paused: 'They asked for time.', stepsBefore: [before('held')] };
    expect(waiting({ gap: 3 }, around)).toMatchObject({
      reasons: [
        expect.stringMatching(/^Writing to them is paused/),
        expect.stringMatching(/^Step 1 has not/),
      ],
      until: new Date('2026-11-27T10:00:00Z'),
    });
  });

  test('is asked again after now and in the window, whatever it is', () => {
    const went = fc.record({
      step: fc.integer({ min: 1, max: 9 }),
      state: fc.constantFrom(...followUpStates),
      daysAgo: fc.double({ min: 0, max: 40, noNaN: true }),
    });
    const waits = fc.record({
      now: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      gap: fc.integer({ min: 1, max: 30 }),
      paused: fc.constantFrom(null, 'They asked for time.'),
      before: fc.array(went, { maxLength: 4 }),
      place: fc.constantFrom(newYork, { timeZone: 'Asia/Kolkata', country: 'IN' }, { timeZone: 'UTC' }),
      window: fc.constantFrom(DEFAULT_WINDOW, { fromHour: 6, untilHour: 9, everyDay: false }, always),
    });
    fc.assert(
      fc.property(waits, ({ now, gap, paused, before: rows, place, window }) => {
        const stepsBefore = rows.map(({ step: n, state, daysAgo }) => ({
          step: n,
          state,
          sentAt:
            state === 'sent' || state === 'captured' ? new Date(now.getTime() - daysAgo * 24 * HOUR) : null,
        }));
        const found = waiting({ step: 10, gap }, { paused, stepsBefore, place, window }, now);
        const mustWait =
          paused !== null || stepsBefore.some(({ state }) => state !== 'sent' && state !== 'captured');
        if (mustWait) expect(found).not.toBeNull();
        if (!found) return;
        expect(found.until > now).toBe(true);
        expect(isInWindow(found.until, place, window)).toBe(true);
        expect(found.reasons.length).toBeGreaterThan(0);
        for (const reason of found.reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
      }),
    );
  });
});

describe('the gate of a step of a cadence', () => {
  test('holds it when the letter it follows has not gone, as the history stands now', () => {
    const unsent = { ...context, isUnsent: true };
    expect(reasonsNotToSend({ ...followUp, cadence: 'cadence' }, unsent, NOW)).toEqual([
      expect.stringMatching(/^It follows a letter that has not gone to them/),
    ]);
    // the letter itself goes in this way
    expect(reasonsNotToSend(followUp, unsent, NOW)).toEqual([]);
  });

  const step: Gated = { ...followUp, cadence: 'cadence', gap: 2 };

  test('does not hold it for a pause: it waits', () => {
    expect(reasonsNotToSend(step, { ...context, paused: 'They asked for time.' }, NOW)).toEqual([]);
  });

  test('holds it when they have answered at all, even before it was planned; one planned by hand may still go', () => {
    const reasons = reasonsNotToSend(step, { ...context, answered: true }, NOW);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^They answered/);
    expect(reasonsNotToSend(followUp, { ...context, answered: true }, NOW)).toEqual([]);
  });

  test('holds it when an earlier step went to nobody, as soon as the campaign is live', () => {
    const stepsBefore: StepBefore[] = [{ state: 'captured', step: 1, sentAt: NOW }];
    expect(reasonsNotToSend(step, { ...context, stepsBefore }, NOW)).toEqual([
      'An earlier step was only captured in the outbox and went to nobody. Stop the cadence and start it again, so that they get that one first.',
    ]);
    expect(reasonsNotToSend(step, { ...context, stepsBefore, live: false }, NOW)).toEqual([]);
  });
});

describe('the states of a follow-up', () => {
  test('what left or was captured stays so, and what was cancelled unless the mail server says that it went', () => {
    for (const end of ['sent', 'captured'] as const)
      expect(followUpStates.filter((to) => mayBecome(end, to))).toEqual([]);
    expect(followUpStates.filter((to) => mayBecome('cancelled', to))).toEqual(['sent']);
  });

  test('nothing is sent that was not claimed, but for a person or the late answer of its own worker', () => {
    expect(before('sent')).toEqual(['sending', 'uncertain', 'cancelled']);
    expect(before('sending')).toEqual(['scheduled']);
  });

  test('what is uncertain is never claimed again by itself', () => {
    expect(mayBecome('uncertain', 'sending')).toBe(false);
  });

  test('whatever is still ahead can be cancelled by an answer', () => {
    for (const state of openStates) expect(mayBecome(state, 'cancelled')).toBe(true);
  });
});

const from = { name: 'The campaign', address: 'campaign@example.org' };
const mail = {
  messageId: '<1@example.org>',
  to: followUp.to,
  subject: 'Our letter',
  text: 'Text',
  html: '<p>Text</p>',
};

test('every part of what leaves changes the hash that is approved', () => {
  const content = mail;
  const hashes = [
    contentHashOf(content, from),
    contentHashOf({ ...content, subject: 'Our letters' }, from),
    contentHashOf({ ...content, text: 'Texts' }, from),
    contentHashOf({ ...content, html: '<p>Texts</p>' }, from),
    contentHashOf({ ...content, messageId: '<2@example.org>' }, from),
    contentHashOf({ ...content, to: { ...content.to, address: 'new@example.org' } }, from),
    contentHashOf({ ...content, to: { ...content.to, name: 'Sam' } }, from),
    contentHashOf(content, { ...from, address: 'other@example.org' }),
    contentHashOf({ ...content, subject: 'Our', text: ' letter' }, from),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

describe('the hash of a mail in a thread', () => {
  const content = { ...mail, messageId: '<3@example.org>', subject: 'Re: Our letter' };
  const thread = { inReplyTo: '<2@example.org>', references: ['<1@example.org>', '<2@example.org>'] };

  test('is without a thread what it has always been, so that approvals given before there were threads stand', () => {
    const asBefore = createHash('sha256')
      .update(
        '["<3@example.org>","The campaign","campaign@example.org","Kim Invented","office@example.org","Re: Our letter","Text","<p>Text</p>"]',
      )
      .digest('hex');
    expect(contentHashOf(content, from)).toBe(asBefore);
    expect(contentHashOf({ ...content, inReplyTo: null, references: null }, from)).toBe(asBefore);
    expect(contentHashOf({ ...content, inReplyTo: null, references: [] }, from)).toBe(asBefore);
  });

  test('changes with what it answers and with every reference and their order', () => {
    const [first, second] = thread.references as [string, string];
    const hashes = [
      content,
      { ...content, ...thread },
      { ...content, ...thread, inReplyTo: first },
      { ...content, ...thread, references: [second] },
      { ...content, ...thread, references: [second, first] },
      { ...content, ...thread, references: [first, second, content.messageId] },
      { ...content, ...thread, references: null },
    ].map((one) => contentHashOf(one, from));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(contentHashOf({ ...content, ...thread }, from)).toBe(hashes[1]);
  });
});

test('what is attached is approved by its name, its type and its bytes', () => {
  const content = mail;
  const file = { name: 'letter.pdf', type: 'application/pdf', sha256: 'a1' };
  const hashWith = (...attachments: (typeof file)[]) => contentHashOf({ ...content, attachments }, from);
  const hashes = [
    contentHashOf(content, from),
    hashWith(file),
    hashWith({ ...file, name: 'other.pdf' }),
    hashWith({ ...file, type: 'text/plain' }),
    hashWith({ ...file, sha256: 'b2' }),
    hashWith(file, file),
    hashWith(file, { ...file, name: 'other.pdf' }),
    hashWith({ ...file, name: 'other.pdf' }, file),
    contentHashOf({ ...content, inReplyTo: 'letter.pdf', references: ['application/pdf', 'a1'] }, from),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the hash of what has nothing attached is what it was before there were attachments', () => {
  const content = mail;
  const alone = '5d1b078d089e4a1b4957ae19b8524d05e22795615a34504c51f163710ee0f38c';
  for (const attachments of [undefined, null, []])
    expect(contentHashOf({ ...content, attachments }, from)).toBe(alone);
  const thread = { inReplyTo: '<0@example.org>', references: ['<0@example.org>'] };
  const answering = 'fb63e485a2a2ed16b973c0abf24e257d193d064fabe2edd8ca3dad366f1da11b';
  expect(contentHashOf({ ...content, ...thread, attachments: [] }, from)).toBe(answering);
});

const london = { timeZone: 'Europe/London' };
const always = { fromHour: 0, untilHour: 24, everyDay: true };

test('what the approver saw includes when it leaves', () => {
  const from = { name: 'The campaign', address: 'campaign@example.org' };
  const content = {
    messageId: '<1@example.org>',
    to: followUp.to,
    subject: 'S',
    text: 'T',
    html: '<p>T</p>',
  };
  const later = new Date(NOW.getTime() + HOUR);
  expect(seenHashOf({ ...content, dueAt: NOW }, from)).not.toBe(
    seenHashOf({ ...content, dueAt: later }, from),
  );
  expect(contentHashOf({ ...content }, from)).toBe(contentHashOf({ ...content }, from));
});

test('it is tried again in the hours of the recipient only', () => {
  const friday = new Date('2026-11-27T16:58:00Z');
  for (const attempts of [1, 2, 3, 4, 5, 6, 7]) {
    const at = nextAttempt(attempts, friday, london, DEFAULT_WINDOW)!;
    expect(isInWindow(at, london, DEFAULT_WINDOW)).toBe(true);
  }
  expect(nextAttempt(2, friday, london, DEFAULT_WINDOW)).toEqual(new Date('2026-11-30T09:00:00Z'));
});

test('pauses between attempts grow, and there is a last one', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map(
    (attempts) => nextAttempt(attempts, NOW, london, always)!.getTime() - NOW.getTime(),
  );
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(nextAttempt(8, NOW, london, always)).toBeNull();
});
