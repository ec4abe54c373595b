import { expect, test } from '@jest/globals';
import { nextAddress } from '../../src/legislation/import/fetch/fetch-address.js';
import { fetchFrom, serve, whyNot } from '../support/fetching.js';

/** A server that sends everyone on from `/`, and answers everywhere else. */
const sendOnTo = (location: string, status = 302) =>
  serve((request, response) => {
    if (request.url === '/') response.writeHead(status, { location }).end('moved');
    else response.writeHead(200, { etag: '"there"' }).end(`this is ${request.url}`);
  });

test.each([301, 302, 303, 307, 308])(
  'status %i is followed, and the last address is told',
  async (status) => {
    const { origin, asked } = await sendOnTo('/feed.xml#top', status);
    expect(await fetchFrom(origin)).toMatchObject({
      kind: 'fetched',
      body: Buffer.from('this is /feed.xml'),
      address: `${origin}/feed.xml`,
    });
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /', 'GET /feed.xml']);
  },
);

test('a redirect to another server is followed when that one may be asked', async () => {
  const there = await serve((_request, response) => response.end('there'));
  const here = await sendOnTo(`${there.origin}/feed`);
  const fetched = await fetchFrom(here.origin, { trusted: [here.origin, `${there.origin}/api/v1`] });
  expect(fetched).toMatchObject({ kind: 'fetched', address: `${there.origin}/feed` });
});

test('a redirect into a private network is refused, and nobody there is asked', async () => {
  const inside = await serve((_request, response) => response.end('secret'));
  const { origin } = await sendOnTo(inside.origin);
  const why = await whyNot(fetchFrom(origin));
  expect(why).toContain(`${new URL(inside.origin).host} is inside a private network`);
  expect(inside.asked).toEqual([]);
});

test.each([
  ['file:///etc/passwd', 'begins with file:'],
  ['ftp://files.example.org/', 'begins with ftp:'],
  ['data:text/plain,a', 'begins with data:'],
  ['http://a:b@127.0.0.1/', 'with a user name or a password in it'],
  ['http://[', 'something that is no address'],
])('a redirect to %s is not followed', async (location, words) => {
  const { origin } = await sendOnTo(location);
  expect(await whyNot(fetchFrom(origin))).toMatch(
    new RegExp(`sends us on to .*${words}, and we do not follow\\. What was read before is kept\\.`),
  );
});

test('a redirect from an address with encryption to one without is not followed', () => {
  const from = new URL('https://feeds.example.org/a');
  expect(() => nextAddress(from, 'http://feeds.example.org/a')).toThrow('an address without encryption');
  expect(nextAddress(from, '/b#c').href).toBe('https://feeds.example.org/b');
  expect(nextAddress(new URL('http://feeds.example.org/a'), '//other.example.org/').href).toBe(
    'http://other.example.org/',
  );
});

test('redirects in a circle are noticed at once', async () => {
  const { origin, asked } = await serve((request, response) =>
    response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
  );
  expect(await whyNot(fetchFrom(`${origin}/a`))).toContain('asked already, in a circle');
  expect(asked).toHaveLength(2);
});

test.each([
  [5, 'fetched'],
  [6, 'failed'],
])('after %i redirects it is %s', async (many, kind) => {
  const { origin, asked } = await serve((request, response) => {
    const step = Number(request.url!.slice(1));
    if (step < many) response.writeHead(302, { location: `/${step + 1}` });
    response.end();
  });
  const fetched = await fetchFrom(`${origin}/0`);
  expect(fetched.kind).toBe(kind);
  if (fetched.kind === 'failed') expect(fetched.why).toContain('yet another address, after 5,');
  expect(asked).toHaveLength(6);
});

test('the version is told to the address it came from, and to no other', async () => {
  const { origin, asked } = await sendOnTo('/feed.xml');
  const seen = { etag: '"there"', lastModified: null };
  await fetchFrom(origin, {}, { ...seen, address: `${origin}/feed.xml` });
  await fetchFrom(origin, {}, seen);
  expect(asked.map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
    ['/', undefined],
    ['/feed.xml', '"there"'],
    ['/', '"there"'],
    ['/feed.xml', undefined],
  ]);
});
