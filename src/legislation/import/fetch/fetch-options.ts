import type { Resolve } from './fetch-public.js';

/** What the last answer said about its version. It is told only to the address it came from. */
export type Seen = {
  etag: string | null;
  lastModified: string | null;
  /** the address that answered in the end, when redirects led away from the one that was asked */
  address?: string;
};

/** Milliseconds to connect (with TLS), until an answer begins, and for everything; bytes of an unpacked body. */
export const usualLimits = { connect: 10_000, headers: 20_000, whole: 60_000, body: 10 * 1024 * 1024 };
export type Limits = typeof usualLimits;

export type FetchOptions = {
  /** the whole `User-Agent`, with a way to reach whoever runs this: `Answerable (+https://… ; mail@…)` */
  contact: string;
  /** addresses from the configuration whose origin may be in a private network; everything else has to be public */
  trusted: readonly string[];
  now: () => Date;
  /** the addresses behind a name; those of the system unless given */
  resolve?: Resolve;
  limits?: Partial<Limits>;
};

export type Fetched =
  | {
      kind: 'fetched';
      status: number;
      /** unpacked, in the encoding of the source */
      body: Buffer;
      /** as it was sent, '' when it was not */
      contentType: string;
      etag: string | null;
      lastModified: string | null;
      /** where it was found in the end */
      address: string;
    }
  | { kind: 'unchanged' }
  | { kind: 'later'; retryAt: Date; why: string }
  | { kind: 'failed'; why: string };
