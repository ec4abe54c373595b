import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  readUnsubscribeToken,
  unsubscribeHeaders,
  unsubscribeToken,
} from '../../src/reminders/unsubscribe-token.js';
import { withoutSecrets } from '../../src/web/log-path.js';

const SECRET = 'a secret that only the tests know, 32 or more';
const ID = '6566f00000000000000000aa';

test('a token names the account it was signed for', () => {
  expect(readUnsubscribeToken(unsubscribeToken(ID, SECRET), SECRET)).toBe(ID);
});

test('a token of another secret, for another account, or that is cut, is none', () => {
  const [, signature] = unsubscribeToken(ID, SECRET).split('.') as [string, string];
  for (const token of [
    unsubscribeToken(ID, `${SECRET}!`),
    `6566f00000000000000000ab.${signature}`,
    `${ID}.${signature.slice(1)}`,
    `${ID}.`,
    ID,
    `${ID.toUpperCase()}.${signature}`,
    `${ID}.${signature} `,
    '',
  ])
    expect(readUnsubscribeToken(token, SECRET)).toBeNull();
});

test('nothing else is a token', () => {
  fc.assert(
    fc.property(fc.string(), (token) => {
      expect(readUnsubscribeToken(token, SECRET)).toBeNull();
      expect(readUnsubscribeToken(`${ID}.${token}`, SECRET)).toBeNull();
    }),
  );
});

test('one click is offered over https only, as RFC 8058 asks', () => {
  expect(unsubscribeHeaders('https://answerable.example/unsubscribe/x')).toEqual({
    'List-Unsubscribe': '<https://answerable.example/unsubscribe/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(unsubscribeHeaders('http://localhost:3000/unsubscribe/x')).toEqual({
    'List-Unsubscribe': '<http://localhost:3000/unsubscribe/x>',
  });
});

test('no log keeps a token', () => {
  expect(withoutSecrets(`/unsubscribe/${unsubscribeToken(ID, SECRET)}?x`)).toBe('/unsubscribe/…');
});
