import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { fetchFrom, serve, whyNot } from '../support/fetching.js';

const MB = 1024 * 1024;
const WORDS =
  /sends more than 10 MB, and we stopped reading\. What was read before is kept\. Look for an address that lists less/;

/** Writes pieces until there are enough of them, or nobody listens any more. */
async function write(response: ServerResponse, piece: Buffer, times: number): Promise<number> {
  let written = 0;
  for (; written < times && !response.destroyed; written++)
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  response.end();
  return written;
}

/** How many megabytes the most memory of this process has grown. */
async function grown(action: () => Promise<unknown>): Promise<number> {
  const before = process.resourceUsage().maxRSS;
  await action();
  return (process.resourceUsage().maxRSS - before) / 1024;
}

test('a feed of 40 MB is not read further than 10 MB', async () => {
  let written: Promise<number> = Promise.resolve(0);
  const { origin } = await serve((_request, response) => {
    written = write(response, Buffer.alloc(MB / 8), 40 * 8);
  });
  expect(await whyNot(fetchFrom(origin))).toMatch(WORDS);
  expect((await written) / 8).toBeLessThan(20);
});

test('a feed that says beforehand that it has 40 MB is not read at all', async () => {
  let written: Promise<number> = Promise.resolve(0);
  const { origin } = await serve((_request, response) => {
    response.setHeader('content-length', 40 * MB);
    written = write(response, Buffer.alloc(MB / 8), 40 * 8);
  });
  expect(await whyNot(fetchFrom(origin))).toMatch(WORDS);
  expect((await written) / 8).toBeLessThan(8);
});

const tenMegabytes = Buffer.alloc(10 * MB);

test.each([
  ['gzip', Buffer.concat(Array<Buffer>(100).fill(gzipSync(tenMegabytes)))],
  ['gzip, gzip', gzipSync(Buffer.concat(Array<Buffer>(100).fill(gzipSync(tenMegabytes))))],
  ['br', brotliCompressSync(Buffer.alloc(100 * MB))],
])('a small answer in %s that unpacks to very much is not unpacked to the end', async (coding, bomb) => {
  expect(bomb.length).toBeLessThan(2 * MB);
  const { origin } = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': coding }).end(bomb),
  );
  const megabytes = await grown(async () => expect(await whyNot(fetchFrom(origin))).toMatch(WORDS));
  expect(megabytes).toBeLessThan(64);
});

test.each([
  [10 * MB, 'fetched'],
  [10 * MB + 1, 'failed'],
])('an answer of %i bytes is %s', async (size, kind) => {
  const { origin } = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(size))),
  );
  expect((await fetchFrom(origin)).kind).toBe(kind);
});
