import { expect, test } from '@jest/globals';
import { parseHeaders } from '../../src/mail/message-headers.js';
import { recipientInReturnPath } from '../../src/replies/classify/verp.js';

test.each([
  ['To: letters+kim=box.example.com@example.org', 'kim@box.example.com'],
  ['To: letters+anna-maria.roe=box.example.com@example.org', 'anna-maria.roe@box.example.com'],
  ['To: bounce-4711-kim.rowe=box.example.com@example.org', 'kim.rowe@box.example.com'],
  ['To: <Bounces-Kim=Box.Example.COM@example.org>', 'kim@box.example.com'],
  ['Delivered-To: owner-kim=box.example.com@example.org', 'kim@box.example.com'],
  ['To: letters@example.org', null],
  ['To: SRS0=4Ab=XY=box.example.com=kim@example.org', null],
  ['To: prvs=0123abcd=kim@example.org', null],
  ['To: size=large@example.org', null],
])('%s stands for %s', (field, address) => {
  expect(recipientInReturnPath(parseHeaders(`${field}\n\n`))).toBe(address);
});
