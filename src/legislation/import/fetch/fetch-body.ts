import { Writable, type Duplex, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { TooLarge, UnknownCoding } from './fetch-problem.js';

type Body = { body: Readable; coding: string; length: string };

/**
 * The bytes of an answer, unpacked. Reading stops as soon as there are more than `most`, and little more is ever in memory.
 * @param coding the field `Content-Encoding`, '' when there was none
 * @param length the field `Content-Length`, '' when there was none
 * @throws TooLarge, UnknownCoding, and whatever breaks on the way
 */
export async function readBody({ body, coding, length }: Body, most: number): Promise<Buffer> {
  if (Number(length) > most) throw new TooLarge(most);
  const pieces: Buffer[] = [];
  let size = 0;
  const gathering = new Writable({
    write(piece: Buffer, _encoding, done) {
      size += piece.length;
      if (size > most) return done(new TooLarge(most));
      pieces.push(piece);
      done();
    },
  });
  await pipeline([body, ...unpacking(coding), gathering]);
  return Buffer.concat(pieces);
}

const unpackers: Record<string, () => Duplex> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What undoes the codings, the one applied last first (RFC 9110, 8.4). Each takes memory, and a field can name thousands. */
function unpacking(field: string): Duplex[] {
  const names = field
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && name !== 'identity');
  if (names.length > 2 || !names.every((name) => Object.hasOwn(unpackers, name)))
    throw new UnknownCoding(names.join(', ').slice(0, 40));
  return names.reverse().map((name) => unpackers[name]!());
}
