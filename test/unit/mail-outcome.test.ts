import { expect, test } from '@jest/globals';
import { outcomeOf } from '../../src/mail/post.js';

test.each([
  ['a refusal of the recipient', { code: 'EENVELOPE', responseCode: 550 }, false, 'refused'],
  ['a greylisting', { code: 'EENVELOPE', responseCode: 451 }, false, 'deferred'],
  ['a refusal of the message', { code: 'EMESSAGE', responseCode: 554 }, true, 'refused'],
  ['a message put off', { code: 'EMESSAGE', responseCode: 452 }, true, 'deferred'],
  ['a server that takes nobody at the moment', { code: 'EPROTOCOL', responseCode: 554 }, false, 'deferred'],
  ['a wrong password of ours', { code: 'EAUTH', responseCode: 535 }, false, 'deferred'],
  ['no connection', { code: 'ESOCKET' }, false, 'deferred'],
  ['silence after the message', { code: 'ETIMEDOUT' }, true, 'uncertain'],
  ['a server that closes after the message', { code: 'ECONNECTION', responseCode: 421 }, true, 'uncertain'],
  ['a second 354 after the message', { code: 'EMESSAGE', responseCode: 354 }, true, 'uncertain'],
] as const)('%s is read as what it means for the message', (_what, error, handedOver, outcome) => {
  expect(outcomeOf(error, handedOver)).toBe(outcome);
});
