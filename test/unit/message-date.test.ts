import { expect, test } from '@jest/globals';
import { messageDate } from '../../src/mail/message-date.js';

test.each([
  ['Thu, 26 Nov 2026 10:15:00 +0100', '2026-11-26T09:15:00.000Z'],
  ['26 Nov 2026 10:15 -0530', '2026-11-26T15:45:00.000Z'],
  ['Thu, 26 Nov 2026 10:15:00 GMT', '2026-11-26T10:15:00.000Z'],
  ['Thu, 26 Nov 2026 10:15:00 EST', '2026-11-26T15:15:00.000Z'],
  ['Thu, 26 Nov 2026 10:15:00 (no zone)', '2026-11-26T10:15:00.000Z'],
  ['Thu, 26 Nov 2026 10:15:00 +0000 (UTC)', '2026-11-26T10:15:00.000Z'],
  ['Thu, 26 Nov 26 10:15:00 MEZ', '2026-11-26T10:15:00.000Z'],
  ['Fri, 31 Dec 99 23:59:59 -0100', '2000-01-01T00:59:59.000Z'],
  ['thursday, 26-NOV-2026 10:15:00 UT', '2026-11-26T10:15:00.000Z'],
  ['Thu,  26  Nov\t2026  1:05:00 +0000', '2026-11-26T01:05:00.000Z'],
  ['Thu, 1 Jan 1970 00:00:00 +0000', '1970-01-01T00:00:00.000Z'],
  ['Thu, 31 Dec 2099 23:59:59 +0000', '2099-12-31T23:59:59.000Z'],
])('%s is %s', (value, instant) => {
  expect(messageDate(value)?.toISOString()).toBe(instant);
});

test.each([
  '',
  'yesterday',
  'Thu, 31 Feb 2026 10:15:00 +0000',
  'Thu, 26 Nov 2026 25:15:00 +0000',
  'Thu, 26 Now 2026 10:15:00 +0000',
  '2026-11-26',
  '0 0 0',
  ' '.repeat(1_000_000),
])('"%.40s" is no date', (value) => {
  expect(messageDate(value)).toBeNull();
});
