import type { LookupAddress } from 'node:dns';
import { expect, test } from '@jest/globals';
import { isPublicAddress, lookupOnly, NotPublic } from '../../src/legislation/import/fetch/fetch-public.js';

test.each(['8.8.8.8', '172.15.0.1', '100.63.255.255', '2606:4700::1111', '64:ff9b::808:808'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  ['0.0.0.0', 'this machine'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'the metadata of a cloud'],
  ['100.64.0.1', 'shared by customers of a provider'],
  ['192.0.0.192', 'the metadata of another cloud'],
  ['198.18.0.1', 'benchmarks'],
  ['203.0.113.7', 'examples'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'this machine'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'compatible with loopback'],
  ['::ffff:127.0.0.1', 'mapped loopback'],
  ['::ffff:7f00:1', 'mapped loopback'],
  ['::ffff:8.8.8.8', 'mapped, and no resolver gives it'],
  ['::ffff:0:127.0.0.1', 'translated loopback'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'the metadata of a cloud'],
  ['64:ff9b::127.0.0.1', 'NAT64 of loopback'],
  ['64:ff9b::a00:1', 'NAT64 of a private one'],
  ['64:ff9b:1::808:808', 'NAT64 of a network of its own'],
  ['2002:7f00:1::', '6to4 of loopback'],
  ['2002:a00:1::', '6to4 of a private one'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'examples'],
  ['ff02::1', 'multicast'],
  ['4000::1', 'given to nobody yet'],
  ['2130706433', 'not the usual spelling'],
  ['0177.0.0.1', 'not the usual spelling'],
  ['example.org', 'a name'],
  ['', 'nothing'],
])('%s is not public: %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

type Found = { error: Error | null; addresses: string | LookupAddress[] };

const look = (found: string[] | Error, all: boolean): Promise<Found> =>
  new Promise((resolve) => {
    const resolver = async () => {
      if (found instanceof Error) throw found;
      return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    lookupOnly(resolver, isPublicAddress)('host.example.org', { all }, (error, addresses) =>
      resolve({ error, addresses }),
    );
  });

test('of several addresses behind a name only the public ones are connected to', async () => {
  const { error, addresses } = await look(['10.0.0.1', '8.8.8.8', '::1', '2606:4700::1111'], true);
  expect(error).toBeNull();
  expect(addresses).toEqual([
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ]);
});

test('who wants one address gets the first public one', async () => {
  expect(await look(['10.0.0.1', '8.8.8.8'], false)).toEqual({ error: null, addresses: '8.8.8.8' });
});

test.each([true, false])('a name with private addresses only is refused (all: %s)', async (all) => {
  const { error } = await look(['10.0.0.1', '::1'], all);
  expect(error).toBeInstanceOf(NotPublic);
});

test('a name that cannot be looked up fails as the resolver says', async () => {
  const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  expect((await look(unknown, true)).error).toBe(unknown);
});
