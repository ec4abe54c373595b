import { expect, test } from '@jest/globals';
import { refusalInWords, saysNoSuchAddress } from '../../src/mail/refusal.js';

test.each([
  ['550 5.1.1 <kim@example.org>: Recipient address rejected: User unknown', /no mailbox of this name/],
  ['550-5.1.1 The account does not exist.\n550 5.1.1 Learn more', /no mailbox of this name/],
  ['550 sorry, no mailbox here by that name. (#5.1.1)', /no mailbox of this name/],
  ['550 5.1.2 Bad destination system', /domain after the @ does not exist/],
  ['556 5.1.10 Recipient address has null MX', /takes no mail at all/],
  ['550 5.1.99 Some new detail', /Something is wrong with the address/],
  ['550 5.2.1 Mailbox disabled', /switched off/],
  ['552 5.2.2 Over quota', /mailbox is full/],
  ['552 5.3.4 Message too big', /larger than the mail server takes/],
  ['550 5.7.1 Refused by policy', /as a matter of policy/],
  ['550 5.7.20 No passing DKIM signature', /no signature \(DKIM\)/],
  ['550 5.7.23 SPF validation failed', /SPF/],
  ['550 5.7.25 Reverse DNS validation failed', /no name in the DNS/],
  ['550 5.7.26 Unauthenticated mail', /neither a signature/],
  ['554 5.7.509 Access denied', /safety or policy/],
  ['550 No such user here', /does not exist, or the mail server does not let us/],
  ['552 Too much', /full, or the message too large/],
  ['554 Transaction failed', /refuses the message for good/],
  ['550 5.0.0 No', /does not exist, or the mail server/],
  ['550 Blocked: 5.1.1.7 is listed', /does not exist, or the mail server/],
])('%s is told in plain language', (response, words) => {
  expect(refusalInWords(response)).toMatch(words);
});

test.each([
  '',
  'The mail server could not be reached: connect ECONNREFUSED 192.0.2.5:25',
  '451 4.7.1 Try later',
])('%j is no permanent refusal, and nothing is said', (response) => {
  expect(refusalInWords(response)).toBeNull();
});

test('every sentence ends as one', () => {
  for (let subject = 1; subject <= 7; subject += 1) {
    for (let detail = 0; detail < 40; detail += 1)
      expect(refusalInWords(`550 5.${subject}.${detail} x`)).toMatch(/^[A-Z].*\.$/);
  }
});

test.each([
  '550 5.1.1 <kim@example.org>: Recipient address rejected: User unknown',
  '550-5.1.1 The account does not exist.\n550 5.1.1 Learn more',
  '550 5.1.2 Bad destination system',
  '556 5.1.10 Recipient address has null MX',
])('%s says that there is no such address', (response) => {
  expect(saysNoSuchAddress(response)).toBe(true);
});

test.each([
  '',
  '550 No such user here',
  '550 5.1.8 Bad sender address',
  '552 5.2.2 Over quota',
  '550 5.7.1 Refused by policy',
  '451 5.1.1 in the wrong place',
  '450 4.1.1 Try later',
])('%j does not', (response) => {
  expect(saysNoSuchAddress(response)).toBe(false);
});
