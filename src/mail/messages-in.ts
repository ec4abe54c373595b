import { Readable } from 'node:stream';
import { isMbox, MBOX_LOOK, splitMbox, type Found } from './mbox.js';

export type MessageInFile = Found<Buffer | Readable>;

const NO_BYTES = Buffer.alloc(0);

/** What there is of it, which is taken out of it. */
export function takeOut(found: MessageInFile): Buffer | Readable {
  const { bytes } = found;
  found.bytes = NO_BYTES;
  return bytes;
}

/**
 * The messages of a file: every one of an mbox, otherwise the whole file, as it comes.
 * @param file its bytes, or a stream of them; what fails to be read is thrown on
 */
export async function* messagesIn(file: Readable | Buffer): AsyncGenerator<MessageInFile> {
  if (Buffer.isBuffer(file)) {
    const whole = withoutFiller(file);
    if (isMbox(whole)) yield* splitMbox(whole);
    else yield { bytes: whole };
    return;
  }
  const pieces = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let beginning: Buffer = Buffer.alloc(0);
  let ended = false;
  while (beginning.length < MBOX_LOOK && !ended) {
    const { value, done } = await pieces.next();
    ended = Boolean(done);
    if (!done) beginning = withoutFiller(Buffer.concat([beginning, value]));
  }
  const whole = again(beginning, pieces);
  if (isMbox(beginning)) yield* splitMbox(whole);
  else yield { bytes: Readable.from(whole) };
}

async function* again(beginning: Buffer, pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield beginning;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}

/** What editors put before the first line: a mark that says UTF-8, empty lines. A mail reader would take its headers for text. */
function withoutFiller(beginning: Buffer): Buffer {
  const filler = /^(\u00ef\u00bb\u00bf)?[\r\n]*/.exec(beginning.toString('latin1', 0, MBOX_LOOK))![0];
  return beginning.subarray(filler.length);
}
