import { expect, test } from '@jest/globals';
import { tokensIn } from '../../src/users/links-in-mail.js';

const TOKEN = 'licbDIRtgIjMXrgo3JjBjPTkH-of-D_n';
const LINK = `https://answerable.example.org/invitations/${TOKEN}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');

test.each([
  ['as it was written', `Subject: x\r\n\r\nChoose here:\r\n${LINK}\r\n`],
  ['of each purpose', `/password-resets/${TOKEN} /set-up/${TOKEN}.`],
  ['broken over two lines', `${LINK.slice(0, 50)}=\r\n${LINK.slice(50)}`],
  ['in base64', `Content-Transfer-Encoding: base64\r\n\r\n${base64(`Grüße\n\n${LINK}\n\nlicht`)}\r\n--part`],
  ['within the link of a scanner', `https://links.example/?url=https%3A%2F%2Fx%2Finvitations%2F${TOKEN}&d=1`],
  ['in quoted lines', `> > <${LINK}>\n> bye`],
])('a one-time link is found in the source of a message: %s', (_, source) => {
  expect(tokensIn(Buffer.from(source))).toEqual([TOKEN]);
});

test.each(['/invitations/short', `/invitations/${TOKEN}x`, `/follow-ups/${TOKEN}`, ''])(
  'anything else is none: %s',
  (source) => {
    expect(tokensIn(Buffer.from(source))).toEqual([]);
  },
);

test('a source of any kind takes no time worth speaking of', () => {
  const began = performance.now();
  for (const piece of ['A', 'A\r\n', '=\r\n', '/invitations/', '%2F', `${'A'.repeat(59)}\n-`])
    tokensIn(Buffer.from(`base64${piece.repeat(1_000_000 / piece.length)}`));
  expect(performance.now() - began).toBeLessThan(2000);
});
