import { GatheredBytes } from './gathered-bytes.js';

/** Of a longer message no more is given than one byte above this many, so that a file of any size takes little memory. */
export const LONGEST_IN_MBOX = 64 * 1024 * 1024;

/** So many bytes are enough to see whether a message begins. */
export const MBOX_LOOK = 2000;

const LF = 0x0a;
const CR = 0x0d;
const GREATER = 0x3e;
const date =
  '(mon|tue|wed|thu|fri|sat|sun),? +([a-z]{3} +\\d{1,2}|\\d{1,2} +[a-z]{3}) +(\\d{4} +)?\\d{1,2}:\\d\\d';
/** A sender and a date in whatever form, and after that line a header: where a mail speaks of such a line there is none. */
const separator = new RegExp(
  `^From [^\\r\\n]{0,1000}\\b${date}[^\\r\\n]{0,80}\\r?\\n(>?From |[!-9;-~]{1,100}:)`,
  'i',
);

/**
 * Is what begins so an mbox (RFC 4155)? A single message may begin with such a line, too: it is an mbox of one.
 * @param beginning at least MBOX_LOOK bytes, where there are so many
 */
export const isMbox = (beginning: Buffer): boolean =>
  separator.test(beginning.toString('latin1', 0, MBOX_LOOK));

/** A message that was found. Whoever reads on takes its bytes out of it: a generator that waits still holds what it gave last. */
export type Found<Bytes = Buffer> = { bytes: Bytes };

/**
 * Takes an mbox apart (RFC 4155). A message begins after a line `From sender date` that stands at the beginning of the file or
 * after an empty line; a line that begins with `>From ` loses one `>` (mboxrd).
 * @returns the messages as they were before they were put there, one after the other: no more than one is held at a time
 */
export async function* splitMbox(source: AsyncIterable<Buffer> | Buffer): AsyncGenerator<Found> {
  const message = new GatheredBytes(LONGEST_IN_MBOX + 1);
  // the beginning of a file counts as a line after an empty one
  let rest = Buffer.from('\n\n');
  for await (const bytes of Buffer.isBuffer(source) ? [source] : source) {
    rest = Buffer.concat([rest, bytes]);
    yield* settle(rest.length - MBOX_LOOK);
  }
  yield* settle(rest.length);
  message.add(rest);
  yield* withoutFrame(message);

  /** Passes on what lies before this place, and keeps what may still turn out to be a separator, with the line before it. */
  function* settle(until: number): Generator<Found> {
    let begun = 0;
    for (let at = 0; (at = rest.indexOf('\nFrom ', at)) >= 0 && at < until; at += 1) {
      if (!isSeparator(rest, at)) continue;
      message.add(rest.subarray(begun, at + 1));
      yield* withoutFrame(message);
      begun = rest.indexOf(LF, at + 1) + 1;
    }
    const settled = Math.max(begun, until - 4);
    message.add(rest.subarray(begun, settled));
    rest = rest.subarray(settled);
  }
}

/** Does a message begin after this line end? The line it ends has to be empty. */
function isSeparator(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] === CR ? at - 2 : at - 1;
  return bytes[before] === LF && separator.test(bytes.toString('latin1', at + 1, at + MBOX_LOOK));
}

/** Gives what there is of a message, without the empty line that ends it in an mbox. */
function withoutFrame(message: GatheredBytes): Found[] {
  const bytes = message.take();
  const begins = bytes.findIndex((byte) => byte !== LF && byte !== CR);
  if (begins < 0) return [];
  return [{ bytes: unescaped(bytes.subarray(begins, bytes.length - endingOf(bytes))) }];
}

/** The length of the empty line at the end, where there is one. */
function endingOf(bytes: Buffer): number {
  const ending = bytes.toString('latin1', bytes.length - 4);
  if (ending === '\r\n\r\n') return 2;
  return ending.endsWith('\n\n') ? 1 : 0;
}

/** Lines that begin with `>From `, with whatever `>` before it, lose one `>`. In place, as a large message is not to be there twice. */
function unescaped(message: Buffer): Buffer {
  let [written, read] = [0, 0];
  const moveUntil = (end: number): void => {
    written += message.copy(message, written, read, end);
    read = end + 1;
  };
  for (let at = message.indexOf('>From '); at >= 0; at = message.indexOf('>From ', at + 1)) {
    let begins = at;
    while (message[begins - 1] === GREATER) begins -= 1;
    if (begins === 0 || message[begins - 1] === LF) moveUntil(begins);
  }
  moveUntil(message.length);
  return message.subarray(0, written);
}
