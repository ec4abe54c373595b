import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { CONTACT, fetchFrom, neverSeen, NOW, serve, whyNot } from '../support/fetching.js';

const FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Bills – “all”</title></feed>';
const seen = { etag: '"v1"', lastModified: 'Wed, 25 Nov 2026 10:00:00 GMT' };

test('what a source sends comes back with its version and the address it was found at', async () => {
  const { origin } = await serve((_request, response) => {
    response.setHeader('content-type', 'application/atom+xml; charset=utf-8');
    response.setHeader('etag', seen.etag);
    response.setHeader('last-modified', seen.lastModified);
    response.end(FEED);
  });
  expect(await fetchFrom(`${origin}/feed?law=1#top`)).toEqual({
    kind: 'fetched',
    status: 200,
    body: Buffer.from(FEED),
    contentType: 'application/atom+xml; charset=utf-8',
    ...seen,
    address: `${origin}/feed?law=1`,
  });
});

test('a source that says nothing of type and version is fetched nevertheless', async () => {
  const { origin } = await serve((_request, response) => response.end(FEED));
  expect(await fetchFrom(origin)).toMatchObject({ contentType: '', etag: null, lastModified: null });
});

test('a source is told who asks and how to reach them', async () => {
  const { origin, asked } = await serve((_request, response) => response.end());
  await fetchFrom(origin);
  expect(asked[0]!.headers['user-agent']).toBe(CONTACT);
});

test('a contact with letters or line breaks that no field can hold is sent without them', async () => {
  const { origin, asked } = await serve((_request, response) => response.end());
  await fetchFrom(origin, { contact: 'Ławs\r\nx-evil: 1 (mail@campaign.example.org)' });
  expect(asked[0]!.headers['user-agent']).toBe('awsx-evil: 1 (mail@campaign.example.org)');
  expect(asked[0]!.headers).not.toHaveProperty('x-evil');
});

test('a source that was read before is asked for what is new, and may say that nothing is', async () => {
  const { origin, asked } = await serve((_request, response) => response.writeHead(304).end());
  expect(await fetchFrom(origin, {}, seen)).toEqual({ kind: 'unchanged' });
  expect(asked[0]!.headers).toMatchObject({
    'if-none-match': seen.etag,
    'if-modified-since': seen.lastModified,
  });
});

test('a source that was never read is asked for all of it', async () => {
  const { origin, asked } = await serve((_request, response) => response.end(FEED));
  await fetchFrom(origin);
  expect(asked[0]!.headers).not.toHaveProperty('if-none-match');
  expect(asked[0]!.headers).not.toHaveProperty('if-modified-since');
});

test('a source that says "unchanged" to who knows nothing of it has not been read', async () => {
  const { origin } = await serve((_request, response) => response.writeHead(304).end());
  expect(await whyNot(fetchFrom(origin))).toMatch(/holds nothing to read \(status 304\)/);
});

test.each(['"a"\r\nx-evil: 1', '"a"\nx-evil: 1', '"a"\0', '"a\u{1F600}"', ' "a"'])(
  'a version that is more than a value, %j, is not sent',
  async (etag) => {
    const { origin, asked } = await serve((_request, response) => response.end(FEED));
    const { kind } = await fetchFrom(origin, {}, { etag, lastModified: etag });
    expect(kind).toBe('fetched');
    expect(asked[0]!.headers).not.toHaveProperty('x-evil');
    expect(asked[0]!.headers).not.toHaveProperty('if-none-match');
    expect(asked[0]!.headers).not.toHaveProperty('if-modified-since');
  },
);

test.each([
  [429, '120', '2026-11-26T12:02:00Z'],
  [503, 'Thu, 26 Nov 2026 13:30:00 GMT', '2026-11-26T13:30:00Z'],
  [503, '999999', '2026-11-27T12:00:00Z'],
])('status %i with Retry-After: %s is asked again at %s', async (status, retry, at) => {
  const { origin } = await serve((_request, response) =>
    response.writeHead(status, { 'retry-after': retry }).end(),
  );
  expect(await fetchFrom(origin, { now: () => NOW })).toEqual({
    kind: 'later',
    retryAt: new Date(at),
    why: `${new URL(origin).host} asks us to come back later. What was read before is kept. It is asked again on its own when that time has come.`,
  });
});

test.each([
  [429, 'asks us to come less often'],
  [503, 'has troubles of its own'],
])('status %i with a Retry-After that is nonsense is a failure', async (status, words) => {
  const { origin } = await serve((_request, response) =>
    response.writeHead(status, { 'retry-after': 'soon' }).end(),
  );
  expect(await whyNot(fetchFrom(origin))).toContain(`${words} (status ${status})`);
});

test.each([
  [404, 'has nothing at this address'],
  [410, 'has been given up'],
  [401, 'does not let us read this'],
  [403, 'does not let us read this'],
  [500, 'has troubles of its own'],
  [502, 'has troubles of its own'],
  [204, 'holds nothing to read'],
  [206, 'holds nothing to read'],
  [302, 'holds nothing to read'],
])('status %i is said in words: %s', async (status, words) => {
  const { origin } = await serve((_request, response) => response.writeHead(status).end());
  const why = await whyNot(fetchFrom(origin));
  expect(why).toContain(words);
  expect(why).toMatch(/\. What was read before is kept\. [A-Z].*\.$/);
});

test.each([
  ['gzip', gzipSync(FEED)],
  ['x-gzip', gzipSync(FEED)],
  ['GZIP', gzipSync(FEED)],
  ['deflate', deflateSync(FEED)],
  ['br', brotliCompressSync(FEED)],
  ['identity', Buffer.from(FEED)],
  ['gzip, br', brotliCompressSync(gzipSync(FEED))],
])('what comes as %s is unpacked', async (coding, packed) => {
  const { origin, asked } = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': coding }).end(packed),
  );
  expect(await fetchFrom(origin)).toMatchObject({ kind: 'fetched', body: Buffer.from(FEED) });
  expect(asked[0]!.headers['accept-encoding']).toBe('gzip, deflate, br');
});

test.each(['zstd', 'gzip, gzip, gzip', 'constructor'])(
  'what comes as %s is said not to be unpacked',
  async (coding) => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(FEED),
    );
    expect(await whyNot(fetchFrom(origin))).toContain(`in a way we cannot unpack (${coding})`);
  },
);

test.each([
  ['before it begins to answer', () => {}],
  ['in the middle of its answer', (response: ServerResponse) => response.write('half')],
])('whoever stops a fetch %s gets their own reason back, whatever it is', async (_when, begin) => {
  const stopping = new AbortController();
  const reason = Object.assign(new Error('The product is stopping'), { code: 'ETIMEDOUT' });
  const { origin, asked } = await serve((_request, response) => {
    begin(response);
    setTimeout(() => stopping.abort(reason), 20);
  });
  await expect(fetchFrom(origin, {}, neverSeen, stopping.signal)).rejects.toBe(reason);
  await expect(fetchFrom(origin, {}, neverSeen, stopping.signal)).rejects.toBe(reason);
  expect(asked).toHaveLength(1);
});

test.each([
  [500, 'failed'],
  [429, 'later'],
])('with status %i nobody waits for what else is sent', async (status, kind) => {
  const { origin, asked } = await serve((_request, response) => {
    response.writeHead(status, { 'retry-after': '60' }).write('and');
  });
  expect((await fetchFrom(origin)).kind).toBe(kind);
  expect(asked[0]!.socket.destroyed || (await once(asked[0]!.socket, 'close'))).toBeTruthy();
});
