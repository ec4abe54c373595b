import { expect, test } from '@jest/globals';
import { understand } from '../../src/replies/understand.js';
import { mailOf } from '../support/hostile-mail.js';

const reading = { ourselves: { addresses: ['campaign@example.org'] }, authServer: 'mx.example.org' };

/** Fields that some rule reads, and what a pattern may stumble over when there is much of it. */
const fields = (
  'Subject From Sender Reply-To To Cc Return-Path Received Received-SPF Authentication-Results Message-ID In-Reply-To ' +
  'References List-Post List-ID X-Failed-Recipients Auto-Submitted Precedence X-Mailer Content-Type Content-Disposition'
).split(' ');
const pieces = [
  ' ',
  '\t',
  '\u00a0',
  '(',
  ')',
  '<',
  '"',
  "'",
  '@',
  'a@',
  'a@b.',
  '.',
  'a.',
  '[',
  '{',
  '=?',
  '=?utf-8?Q?a?= ',
  ',',
  ';',
  ':',
  '\\',
  '=',
  'a=b;',
  'Re: ',
  '-',
  'a b ',
  '550 ',
  '5.1.1',
  '\r\n ',
];
const LENGTH = 200_000;

test.each(fields)('%s: however much of whatever stands in it, it is read in no time', async (name) => {
  for (const piece of pieces) {
    const long = `x${piece.repeat(LENGTH / piece.length)}x`;
    const others = name === 'From' ? [] : ['From: MAILER-DAEMON@mx.example.net'];
    const source = Buffer.from(
      [`${name}: ${long}`, ...others, '', 'It could not be delivered.', ''].join('\r\n'),
    );
    const began = performance.now();
    await understand(source, reading);
    expect([piece, performance.now() - began < 2000]).toEqual([piece, true]);
  }
});

test.each([
  'X-Field: x',
  'Received: from a.example by b.example; x',
  'From: a@example.net',
  'Content-Type: text/html',
])('twenty thousand times %s: it is read in no time', async (field) => {
  const began = performance.now();
  await understand(mailOf({ more: Array<string>(20_000).fill(field) }), reading);
  expect(performance.now() - began).toBeLessThan(5000);
});
