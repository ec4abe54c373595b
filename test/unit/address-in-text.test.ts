import { expect, test } from '@jest/globals';
import { addressesIn } from '../../src/mail/address-in-text.js';

test.each([
  ['无法发送到admin@far.example.com', 'admin@far.example.com', 5],
  ['宛先はhana.sato@far.example.comです', 'hana.sato@far.example.com', 3],
  ['收件人13800@far.example.com', '13800@far.example.com', 3],
  ['to admin@far.example.o, cut off', 'admin@far.example.o', 3],
  ['to admin@far.example.com', 'admin@far.example.com', 3],
])('%s: the words around the address are not of it', (text, address, at) => {
  expect(addressesIn(text)).toEqual([{ address, at }]);
});

test.each(['张三@far.example.com', '张3@far.example.com', 'jörg@far.example.com'])(
  '%s is an address as it is',
  (address) => expect(addressesIn(`${address} `)).toEqual([{ address, at: 0 }]),
);
