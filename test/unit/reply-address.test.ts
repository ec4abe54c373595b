import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkTag,
  claimedTags,
  replyAddress,
  REPLY_ADDRESS_DAYS,
  type ClaimedTag,
} from '../../src/mail/reply-address.js';

const SECRET = 'a secret that only the tests know, 32 or more';
const BASE = 'replies@example.org';
const TAG = { followUp: '6a12f0c0ffee0ffee0ffee01', recipient: '6a12f0c0ffee0ffee0ffee02' };
const MADE = new Date(Number.parseInt(TAG.followUp.slice(0, 8), 16) * 1000);
const NOW = new Date(MADE.getTime() + 86_400_000);

const read = (address: string): ClaimedTag => {
  const [tag] = claimedTags(BASE, [address]);
  if (!tag || 'malformed' in tag) throw new Error(`no tag in ${address}`);
  return tag;
};

test('an address that we made is ours, whatever a server did to its case', () => {
  const address = replyAddress(BASE, TAG, SECRET);
  expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
  expect(checkTag(read(address.toUpperCase().toLowerCase()), TAG.recipient, SECRET, NOW)).toBe('ours');
});

describe('it is forged', () => {
  const tag = read(replyAddress(BASE, TAG, SECRET));
  test('when any digit of its signature was changed', () => {
    for (let i = 0; i < tag.signature.length; i += 1) {
      const other = tag.signature[i] === '0' ? '1' : '0';
      const signature = tag.signature.slice(0, i) + other + tag.signature.slice(i + 1);
      expect(checkTag({ ...tag, signature }, TAG.recipient, SECRET, NOW)).toBe('forged');
    }
  });

  test('when it was signed for another recipient', () => {
    expect(checkTag(tag, '6a12f0c0ffee0ffee0ffee03', SECRET, NOW)).toBe('forged');
  });

  test('when it was signed for another message to the same recipient', () => {
    const other = read(replyAddress(BASE, { ...TAG, followUp: '6a12f0c0ffee0ffee0ffee09' }, SECRET));
    expect(checkTag({ ...other, followUp: TAG.followUp }, TAG.recipient, SECRET, NOW)).toBe('forged');
  });

  test('when another secret signed it', () => {
    expect(checkTag(tag, TAG.recipient, `${SECRET}!`, NOW)).toBe('forged');
  });
});

test('it expires, on the day after its last and not before', () => {
  const tag = read(replyAddress(BASE, TAG, SECRET));
  const last = MADE.getTime() + REPLY_ADDRESS_DAYS * 86_400_000;
  expect(checkTag(tag, TAG.recipient, SECRET, new Date(last))).toBe('ours');
  expect(checkTag(tag, TAG.recipient, SECRET, new Date(last + 1000))).toBe('expired');
});

test('only addresses at our base with a plus sign are looked at', () => {
  const others = [
    'replies@example.org',
    'replies+abc@example.com',
    'xreplies+abc@example.org',
    'replies+abc@example.org.example.net',
  ];
  expect(claimedTags(BASE, others)).toEqual([]);
});

test('a tag that is none is named, so that it can be shown', () => {
  const wrong = ['replies+@example.org', 'replies+abc@example.org', `replies+${'0'.repeat(45)}@example.org`];
  expect(claimedTags(BASE, wrong)).toEqual(wrong.map((malformed) => ({ malformed })));
});

test('whatever stands before the @ sign, nothing is thrown and nothing but our own is ours', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (local) => {
      for (const tag of claimedTags(BASE, [`replies+${local}@example.org`])) {
        if (!('malformed' in tag)) expect(checkTag(tag, TAG.recipient, SECRET, NOW)).toBe('forged');
      }
    }),
  );
});
