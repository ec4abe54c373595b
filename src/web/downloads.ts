import type { Response } from 'express';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type File = { name: string; type: string; size: number };

/** Hands out a file. It is downloaded, never shown: what somebody sent us does not run in a page of ours. */
export async function sendDownload(res: Response, { name, type, size }: File, content: Readable) {
  res.attachment(name);
  // not by `set`, which calls all text UTF-8: nobody knows what a file from elsewhere is in
  res.setHeader('Content-Type', type);
  // compressed on its way it would have no length any more, and nobody would see that it broke off
  res.set({
    'Content-Length': String(size),
    'Cache-Control': 'no-store, no-transform',
  });
  await pipeline(content, res);
}
