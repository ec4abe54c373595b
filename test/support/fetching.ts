import type { RequestListener } from 'node:http';
import { afterEach } from '@jest/globals';
import {
  fetchSource,
  type Fetched,
  type FetchOptions,
  type Seen,
} from '../../src/legislation/import/fetch/fetch.js';
import { startLoopback, type Loopback } from './loopback.js';

export const NOW = new Date('2026-11-26T12:00:00Z');
export const CONTACT = 'Answerable (+https://campaign.example.org; mail@campaign.example.org)';

const running: Loopback[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A server that is gone after the test. */
export async function serve(answer: RequestListener): Promise<Loopback> {
  const server = await startLoopback(answer);
  running.push(server);
  return server;
}

export const neverSeen: Seen = { etag: null, lastModified: null };

/** Fetches an address whose origin is trusted, unless told otherwise. */
export const fetchFrom = (
  address: string,
  options: Partial<FetchOptions> = {},
  seen = neverSeen,
  signal?: AbortSignal,
): Promise<Fetched> =>
  fetchSource(address, seen, { contact: CONTACT, trusted: [address], now: () => NOW, ...options }, signal);

/** The sentence of a failure; fails the test when it was none. */
export async function whyNot(fetching: Promise<Fetched>): Promise<string> {
  const fetched = await fetching;
  if (fetched.kind !== 'failed') throw new Error(`It was ${fetched.kind}`);
  return fetched.why;
}
