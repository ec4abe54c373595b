import type { Readable } from 'node:stream';
import type { Authentication } from '../mail/authentication-fields.js';
import { authentication } from '../mail/authentication.js';
import { LONGEST_IN_MBOX } from '../mail/mbox.js';
import { messageDate } from '../mail/message-date.js';
import { addresses, hasHeader, header } from '../mail/message-headers.js';
import { readMessage, Unreadable, type ReadMessage } from '../mail/read-message.js';
import { classify } from './classify/classify.js';
import { whatItSays } from './classify/what-it-says.js';
import type { BounceCause, IncomingKind, Ourselves } from './incoming.rules.js';

/** Who we are, and the mail server whose word on senders is believed (see `authentication`). */
export type Identity = { ourselves: Ourselves; trustedServer: string | null };

/** What can be said of a message from itself alone; null where it does not say. */
export type Inspected = {
  kind: IncomingKind;
  why: string;
  hard: boolean | null;
  status: string | null;
  address: string | null;
  cause: BounceCause | null;
  originalMessageId: string | null;
  authentication: Authentication | null;
  text: string | null;
  subject: string | null;
  from: string | null;
  date: string | null;
};

const unknown = {
  hard: null,
  status: null,
  address: null,
  cause: null,
  originalMessageId: null,
  authentication: null,
  text: null,
  subject: null,
  from: null,
  date: null,
};

/** Recognises a message as it came, and says what is known of it. Never throws: what cannot be read is a kind of its own. */
export async function inspectMail(source: Buffer | Readable, identity: Identity): Promise<Inspected> {
  try {
    if (Buffer.isBuffer(source) && source.length > LONGEST_IN_MBOX)
      throw new Unreadable(`It is longer than ${LONGEST_IN_MBOX / 1024 / 1024} MB.`);
    return inspected(await readMessage(source), identity);
  } catch (error) {
    const why = error instanceof Unreadable ? error.message : `It cannot be taken apart: ${String(error)}`;
    return { kind: 'unreadable', why, ...unknown };
  }
}

function inspected(message: ReadMessage, { ourselves, trustedServer }: Identity): Inspected {
  const said = whatItSays(message);
  const { kind, why, problem, ...verdict } = classify(message, ourselves, said);
  const { headers } = message;
  return {
    kind,
    why,
    hard: problem?.hard ?? null,
    status: problem?.status ?? null,
    address: problem?.address ?? verdict.address ?? null,
    cause: problem?.cause ?? null,
    originalMessageId: verdict.originalMessageId ?? null,
    authentication: authentication(headers, trustedServer),
    text: said.words,
    subject: hasHeader(headers, 'subject') ? header(headers, 'subject') : null,
    from: addresses(headers, 'from')[0]?.address || null,
    date: messageDate(header(headers, 'date'))?.toISOString() ?? null,
  };
}
