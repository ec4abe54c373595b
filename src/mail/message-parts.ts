import { PassThrough, type Readable } from 'node:stream';
import { readMessage } from './read-message.js';

/** The decoded bytes of one part, by its number, out of the source of a message; an empty stream where there is no such part. */
export function partOf(source: Readable, number: string): Readable {
  const bytes = new PassThrough();
  readMessage(source, (part, piece) => {
    if (part === number) bytes.write(Buffer.from(piece));
  }).then(
    () => bytes.end(),
    (error: Error) => bytes.destroy(error),
  );
  return bytes;
}
