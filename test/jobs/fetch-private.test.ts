import { expect, test } from '@jest/globals';
import type { Resolve } from '../../src/legislation/import/fetch/fetch-public.js';
import { fetchFrom, serve, whyNot } from '../support/fetching.js';

const resolvingTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

test.each([
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  '127.0.0.1.',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '１２７.0.0.1',
  'localhost',
])('nobody at %s is asked unless they are trusted', async (host) => {
  const { port, asked } = await serve((_request, response) => response.end('secret'));
  const why = await whyNot(fetchFrom(`http://${host}:${port}/`, { trusted: [] }));
  expect(why).toMatch(
    /is inside a private network, and sources are fetched from the open internet only\. What was/,
  );
  expect(asked).toEqual([]);
});

test.each([
  '169.254.169.254',
  '[fd00:ec2::254]',
  '100.64.0.1',
  '10.0.0.1',
  '192.168.0.1',
  '[64:ff9b::10.0.0.1]',
])('nobody at %s is asked', async (host) => {
  for (const scheme of ['http', 'https'])
    expect(await whyNot(fetchFrom(`${scheme}://${host}/latest`, { trusted: [] }))).toContain(
      'private network',
    );
});

test('a name for a private address does not help', async () => {
  const { port, asked } = await serve((_request, response) => response.end('secret'));
  const options = { trusted: [], resolve: resolvingTo('127.0.0.1', '::1', '10.0.0.1') };
  const why = await whyNot(fetchFrom(`http://feeds.example.org:${port}/`, options));
  expect(why).toContain(`feeds.example.org:${port} is inside a private network`);
  expect(asked).toEqual([]);
});

test('a name that means something else a moment later is looked up once, and what was judged is connected to', async () => {
  const { port, asked } = await serve((_request, response) => response.end('secret'));
  let lookups = 0;
  const resolve: Resolve = async () => [{ address: lookups++ === 0 ? '10.0.0.1' : '127.0.0.1', family: 4 }];
  await whyNot(fetchFrom(`http://feeds.example.org:${port}/`, { trusted: [], resolve }));
  expect(lookups).toBe(1);
  expect(asked).toEqual([]);
});

test('a name that is trusted may be inside, and is asked by that name', async () => {
  const { port, asked } = await serve((_request, response) => response.end('bills'));
  const fetched = await fetchFrom(`http://bills.example.org:${port}/api`, {
    resolve: resolvingTo('127.0.0.1'),
  });
  expect(fetched).toMatchObject({ kind: 'fetched', body: Buffer.from('bills') });
  expect(asked[0]!.headers.host).toBe(`bills.example.org:${port}`);
});

test('trust ends at the port', async () => {
  const { port, asked } = await serve((_request, response) => response.end('secret'));
  const trusted = ['http://127.0.0.1:1', `https://127.0.0.1:${port}`];
  expect(await whyNot(fetchFrom(`http://127.0.0.1:${port}/`, { trusted }))).toContain('private network');
  expect(asked).toEqual([]);
});

test.each([
  ['', 'This is no web address'],
  ['feeds.example.org/feed', 'This is no web address'],
  ['file:///etc/passwd', 'begins with file: is not fetched'],
  ['javascript:alert(1)', 'begins with javascript: is not fetched'],
])('%j is not fetched', async (address, words) => {
  expect(await whyNot(fetchFrom(address, { trusted: [] }))).toContain(words);
});

test('an address with a password is not fetched, and the password is not repeated', async () => {
  const why = await whyNot(fetchFrom('https://campaign:hush@feeds.example.org/', { trusted: [] }));
  expect(why).toContain('has a user name or a password in it');
  expect(why).not.toContain('hush');
});
