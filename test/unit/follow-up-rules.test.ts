import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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
  reasonsNotToSend,
  type Earlier,
  type GateContext,
  type Gated,
} from '../../src/follow-ups/send-gate.rules.js';
import { DEFAULT_WINDOW, isInWindow } from '../../src/sending-window.js';
import { directions, entryKinds, isHumanAnswer, receivedAs } from '../../src/history/entry.rules.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const followUp: Gated = {
  plannedAt: new Date(NOW.getTime() - 24 * HOUR),
  plannedBy: 'author',
  nextAttemptAt: NOW,
  step: 2,
  revision: 1,
  subject: 'Our letter',
  text: 'We look forward to an answer.',
  to: { name: 'Kim Invented', address: 'office@example.org' },
  holderName: 'Kim Invented',
  problems: [],
  approval: { by: 'author', at: NOW, contentHash: 'as approved' },
};
const context: GateContext = {
  contentHash: 'as approved',
  officeEmail: 'office@example.org',
  holderName: 'Kim Invented',
  entries: [],
  earlier: [],
  stepsBefore: [],
  answered: false,
  live: true,
  suppressed: [],
  paused: null,
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
    ['no address', {}, { officeEmail: '' }, /no email address/],
    ['another address', {}, { officeEmail: 'new@example.org' }, /address of the office has changed/],
    ['another holder', {}, { holderName: 'Sam Newcomer' }, /now held by Sam Newcomer/],
    ['a vacant office', {}, { holderName: null }, /Nobody is named/],
    ['a missing value', { problems: ['The field {{ salutation }} has no value.'] }, {}, /salutation/],
    ['more than a day late', { nextAttemptAt: new Date(NOW.getTime() - 24 * HOUR - 1) }, {}, /24 hours late/],
    [
      'an old approval',
      { approval: { ...followUp.approval, at: before14Days } },
      {},
      /more than 14 days ago/,
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
    ['a pause', {}, { paused: 'They asked us to wait.' }, /paused: They asked us to wait\. Resume it/],
    [
      'an uncertain one before',
      {},
      { earlier: [{ ...earlier, state: 'uncertain', text: '' }] },
      /may have gone/,
    ],
    ['the same text before', {}, { earlier: [earlier] }, /same text/],
    ['the same text just going', {}, { earlier: [{ ...earlier, state: 'sending' }] }, /same text/],
    ['the night there', {}, { place: { timeZone: 'Asia/Tokyo' } }, /outside the hours.*Monday to Friday/],
  ])('keeps it back for %s', (_what, own, around, reason) => {
    const reasons = reasonsNotToSend({ ...followUp, ...own }, { ...context, ...around }, NOW);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(reason);
  });

  test('lets go what differs from what was sent, and the first of two that are the same', () => {
    const others: Earlier[] = [
      { ...earlier, text: 'Another text.' },
      { ...earlier, state: 'sending', step: 3 },
      { ...earlier, state: 'sending', step: 2, revision: 2 },
    ];
    expect(reasonsNotToSend(followUp, { ...context, earlier: others }, NOW)).toEqual([]);
  });

  test('lets go what somebody other than its author approved, where four eyes are asked for', () => {
    const approved = { ...followUp, approval: { ...followUp.approval, by: 'another' } };
    expect(reasonsNotToSend(approved, { ...context, approvalRule: 'four eyes' }, NOW)).toEqual([]);
  });

  test('names every reason at once', () => {
    const reasons = reasonsNotToSend(
      { ...followUp, approval: null, problems: ['A problem.'] },
      { ...context, officeEmail: '', holderName: null },
      NOW,
    );
    expect(reasons).toHaveLength(4);
  });

  test('never lets a mail go to somebody who answered after it was planned, whatever the answer was', () => {
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
        expect(reasonsNotToSend(followUp, { ...context, entries }, NOW).length > 0).toBe(answered);
      }),
    );
  });
});

describe('the states of a follow-up', () => {
  test('what left, was captured or cancelled stays so', () => {
    for (const end of ['sent', 'captured', 'cancelled'] as const) {
      expect(followUpStates.filter((to) => mayBecome(end, to))).toEqual([]);
    }
  });

  test('nothing is sent that was not claimed, but for a person or the late answer of its own worker', () => {
    expect(before('sent')).toEqual(['sending', 'uncertain']);
    expect(before('sending')).toEqual(['scheduled']);
  });

  test('what is uncertain is never claimed again by itself', () => {
    expect(mayBecome('uncertain', 'sending')).toBe(false);
  });

  test('whatever is still ahead can be cancelled by an answer', () => {
    for (const state of openStates) expect(mayBecome(state, 'cancelled')).toBe(true);
  });
});

test('every part of what leaves changes the hash that is approved', () => {
  const from = { name: 'The campaign', address: 'campaign@example.org' };
  const content = {
    messageId: '<1@example.org>',
    to: followUp.to,
    subject: 'Our letter',
    text: 'Text',
    html: '<p>Text</p>',
  };
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
