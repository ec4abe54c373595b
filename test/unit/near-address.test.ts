import { expect, test } from '@jest/globals';
import { near } from '../../src/replies/near-address.rules.js';

const matching = (addresses: readonly string[], field: 'email' | 'website') => {
  const { $regex, $options } = near(addresses)[field];
  const pattern = new RegExp($regex, $options);
  return (value: string): boolean => pattern.test(value);
};

test.each([
  ['the same address', 'kim@platform.example', 'Kim@Platform.Example'],
  ['another at the same domain', 'kim@platform.example', 'office@platform.example '],
  ['one at the domain above the sender’s', 'kim@eu.mail.platform.example', 'office@platform.example'],
  ['the same where everybody may have one', 'kim.invented@gmail.com', 'Kim.Invented@gmail.com'],
  ['one in other letters, which are compared later', 'kim@xn--mller-kva.example', 'office@müller.example'],
])('an email is near: %s', (_what, sender, email) => {
  expect(matching([sender, 'noa@stranger.invalid'], 'email')(email)).toBe(true);
});

test.each([
  ['another domain', 'kim@platform.example', 'kim@platform.test'],
  ['one that only begins so', 'kim@platform.example', 'kim@platform.example-two.test'],
  ['another below a public suffix', 'kim@platform.co.uk', 'office@other.co.uk'],
  ['a domain below the sender’s', 'kim@platform.example', 'kim@eu.platform.test'],
  ['another where everybody may have one', 'kim@gmail.com', 'sam@gmail.com'],
  ['a dot that is none', 'kim@a.b.example', 'kim@a-b.example'],
  ['a top level alone', 'kim@platform.example', 'office@other.example'],
  ['none', 'kim@platform.example', ''],
])('an email is not near: %s', (_what, sender, email) => {
  expect(matching([sender], 'email')(email)).toBe(false);
});

test.each([
  ['https://www.platform.example/press', true],
  ['platform.example', true],
  ['HTTPS://PLATFORM.EXAMPLE', true],
  ['https://müller.example', true],
  ['https://other.example', false],
  ['https://notplatform.example', false],
  ['https://platform.examples.test', false],
  ['', false],
])('the website %j is near somebody at the domain: %j', (website, isNear) => {
  expect(
    matching(['kim@eu.platform.example', 'sam@gmail.com', 'noa@stranger.co.uk'], 'website')(website),
  ).toBe(isNear);
});

test('whatever senders call themselves stays within what the database takes', () => {
  const long = Array.from({ length: 500 }, (_, n) => `kim@${'a'.repeat(60)}${n}.${'b'.repeat(60)}.example`);
  const odd = [
    '',
    '@',
    'kim',
    'kim@(?:.*',
    'kim@a.(b',
    'kim\\E@gmail.com',
    'k+i*m@gmail.com',
    'kim@[192.0.2.1]',
  ];
  for (const field of ['email', 'website'] as const) {
    expect(matching(long, field)('office@other.example')).toBe(true);
    expect(near(long)[field].$regex.length).toBeLessThan(10_000);
    expect(matching(odd, field)('office@other.example')).toBe(false);
  }
});
