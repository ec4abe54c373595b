import { createHash } from 'node:crypto';
import { authentication } from '../mail/authentication.js';
import { addresses, allHeaders, header, messageIds } from '../mail/message-headers.js';
import { messageDate } from '../mail/message-date.js';
import { readMessage, Unreadable, type ReadMessage } from '../mail/read-message.js';
import { classify } from './classify/classify.js';
import { leaverIn } from './classify/leaver.js';
import { whatItSays } from './classify/what-it-says.js';
import type { Ourselves } from './incoming.rules.js';

export type Reading = {
  ourselves: Ourselves;
  /** the name of the mail server whose word on a sender counts (RFC 8601); null: only what stands above everything else */
  authServer: string | null;
};

/** The headers in which an address of ours may stand: the first are the sender's, the others those of the servers on the way. */
const OUR_ADDRESS_IN = [
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-forwarded-to',
  'original-recipient',
];

/** So much of what a message says is kept in its record, which may have 16 MB: the database takes no more. */
const MOST_FILES = 100;
const MOST_ANSWERED = 100;
const LONGEST_WORDS = 2_000_000;
const LONGEST_LINE = 1000;

/**
 * Everything an incoming message says, read from its bytes alone. One that cannot be taken apart is `unreadable`, with the
 * reason. Whatever else is thrown is a fault of ours.
 */
export async function understand(source: Buffer, { ourselves, authServer }: Reading) {
  let message: ReadMessage;
  try {
    message = await readMessage(source);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return unreadable(source, error.message);
  }
  const { headers } = message;
  const said = whatItSays(message);
  const verdict = classify(message, ourselves, said);
  return {
    kind: verdict.kind,
    why: verdict.why,
    problem: verdict.problem ?? null,
    reporter: verdict.address ?? null,
    fingerprint: fingerprintOf(message),
    from: addresses(headers, 'from')[0] ?? { name: '', address: '' },
    to: [
      ...new Set(OUR_ADDRESS_IN.flatMap((name) => addresses(headers, name)).map(({ address }) => address)),
    ],
    subject: header(headers, 'subject').slice(0, LONGEST_LINE),
    messageId: messageIds(headers, 'message-id')[0] ?? '',
    answers: answersOf(message, verdict.originalMessageId ?? null),
    date: messageDate(header(headers, 'date')),
    authentication: authentication(headers, authServer),
    words: said.words.slice(0, LONGEST_WORDS),
    quoted: said.quoted.slice(0, LONGEST_WORDS),
    htmlPart: htmlPartOf(message)?.number ?? null,
    files: message.parts
      .filter(({ isAttachment, type }) => isAttachment || type === 'message/rfc822')
      .slice(0, MOST_FILES)
      .map(({ number, fileName, type, size, sha256 }) => ({
        number,
        // where it ends it says what it is
        name: (fileName ?? '').slice(-LONGEST_LINE),
        type: type.slice(0, LONGEST_LINE),
        size,
        sha256,
      })),
    isCut: message.isCut || Math.max(said.words.length, said.quoted.length) > LONGEST_WORDS,
    leaver: verdict.kind === 'auto-reply' ? leaverOf(said.words) : null,
  };
}

export type Understood = Awaited<ReturnType<typeof understand>>;

/** What is known of a message that nobody can read. */
export const unreadable = (source: Buffer, why: string) => ({
  kind: 'unreadable' as const,
  why,
  problem: null,
  reporter: null,
  fingerprint: createHash('sha256').update(source).digest('hex'),
  from: { name: '', address: '' },
  to: [],
  subject: '',
  messageId: '',
  answers: [],
  date: null,
  authentication: { spf: null, dkim: null, dmarc: null, by: null },
  words: '',
  quoted: '',
  htmlPart: null,
  files: [],
  isCut: false,
  leaver: null,
});

/** What a message is, whatever way it took and however often it came: its id, author, date, subject and content. */
const fingerprintOf = ({ headers, parts }: ReadMessage): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ['message-id', 'from', 'to', 'date', 'subject'].map((name) => allHeaders(headers, name)),
        parts.map(({ type, sha256 }) => [type, sha256]),
      ]),
    )
    .digest('hex');

const shownParts = ({ parts }: ReadMessage, type: string) =>
  parts.filter((part) => part.type === type && !part.isAttachment);

const htmlPartOf = (message: ReadMessage) => shownParts(message, 'text/html')[0];

/** Of a report the message it is about comes first; of a reply the one it answers, then those before it. */
const answersOf = ({ headers }: ReadMessage, original: string | null): string[] => {
  const named = [
    ...(original ? [original] : []),
    ...messageIds(headers, 'in-reply-to'),
    ...messageIds(headers, 'references').toReversed(),
  ];
  return [...new Set(named)].slice(0, MOST_ANSWERED);
};

function leaverOf(words: string) {
  const { isGone, successor } = leaverIn(words);
  if (!isGone) return null;
  return { successorName: successor?.name ?? '', successorAddress: successor?.address ?? '' };
}

const LATE_MS = 7 * 86_400_000;

/**
 * When a message was written. Its own date is believed where it is before the moment it came in and, of one fetched from a
 * mailbox, not long before: anybody can date a mail 1970 or 2099.
 */
export function happenedAt(date: Date | null, receivedAt: Date, isOld: boolean): Date {
  if (!date || date > receivedAt || date.getUTCFullYear() < 1990) return receivedAt;
  return isOld || receivedAt.getTime() - date.getTime() <= LATE_MS ? date : receivedAt;
}
