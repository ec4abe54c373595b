import { PassThrough, type Readable } from 'node:stream';
import { readMessage } from './read-message.js';

/**
 * The decoded bytes of one part, by its number, out of the source of a message; an empty stream where there is no such part. The
 * source is read no faster than they are taken, and no further once nobody wants them.
 */
export function partOf(source: Readable, number: string): Readable {
  const bytes = new PassThrough();
  const pass = async (piece: Buffer): Promise<void> => {
    if (bytes.destroyed || bytes.write(Buffer.from(piece))) return;
    await new Promise((resolve) => bytes.once('drain', resolve).once('close', resolve));
  };
  let hasBegun = false;
  readMessage(source, (part, piece) => {
    // a message may have thousands of parts after it
    if (part !== number) return hasBegun && bytes.end();
    hasBegun = true;
    return pass(piece);
  }).then(
    () => bytes.end(),
    (error: Error) => bytes.destroy(error),
  );
  bytes.once('close', () => source.destroy(new Error('Nobody wants the rest.')));
  return bytes;
}
