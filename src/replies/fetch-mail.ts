import pLimit, { type LimitFunction } from 'p-limit';
import type { Deps } from '../deps.js';
import {
  mailboxName,
  MailboxProblem,
  openMailbox,
  type Cursor,
  type Fetched,
  type Mailbox,
  type MailboxSettings,
} from '../mail/mailbox.js';
import type { FailedMessage, RawMessage } from '../mail/raw-message.js';
import { cursorOf, keepCursor, noteFetched, noteProblem } from './mailbox-cursor.model.js';

/**
 * Stores what was fetched, twice is once, and says how many of it were new. Throws only where the database is gone. Once it has
 * resolved the messages are emptied.
 */
export type TakeIn = (
  messages: readonly RawMessage[],
  failed: readonly FailedMessage[],
) => Promise<{ stored: number }>;

/** `failed` are messages that the server did not hand over; the others were stored, now or earlier. */
export type FetchCount = { fetched: number; stored: number; failed: number };

const turns = new Map<string, LimitFunction>();

/** Within this process a mailbox is fetched by one at a time. */
function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(name) ?? pLimit(1);
  turns.set(name, turn);
  return turn(work);
}

/**
 * Fetches once what is new in a mailbox.
 * @returns what came, or a sentence why mail cannot be fetched @throws what `takeIn` and the database throw
 */
export async function fetchMail(
  settings: MailboxSettings,
  takeIn: TakeIn,
  deps: Pick<Deps, 'now'>,
): Promise<FetchCount | { problem: string }> {
  try {
    const mailbox = await openMailbox(settings);
    try {
      return await fetchNew(mailbox, takeIn, deps);
    } finally {
      await mailbox.close();
    }
  } catch (error) {
    if (!(error instanceof MailboxProblem)) throw error;
    await noteProblem(mailboxName(settings), error.message, deps.now());
    return { problem: error.message };
  }
}

/** Fetches what is new in an open mailbox. @throws MailboxProblem, or what `takeIn` and the database throw */
export const fetchNew = (mailbox: Mailbox, takeIn: TakeIn, deps: Pick<Deps, 'now'>): Promise<FetchCount> =>
  inTurn(mailbox.name, async () => {
    const count = { fetched: 0, stored: 0, failed: 0 };
    let refused: string | null = null;
    for await (const group of inGroups(mailbox.fetchAfter(await cursorOf(mailbox.name)))) {
      const { stored } = await takeIn(group.messages, group.failed);
      // before the cursor moves: after a crash in between they are offered again, and it is made up for
      refused = (await mailbox.afterwards(group.uids)) ?? refused;
      await keepCursor(mailbox.name, group.cursor);
      count.fetched += group.messages.length;
      count.failed += group.failed.length;
      count.stored += stored;
      // whoever waits for the next one still holds this one: of large ones two would be in memory
      for (const message of group.messages) message.source = NO_BYTES;
    }
    if (refused) throw new MailboxProblem(refused);
    await noteFetched(mailbox.name, deps.now());
    return count;
  });

const NO_BYTES = Buffer.alloc(0);

type Group = {
  messages: RawMessage[];
  failed: FailedMessage[];
  /** of the messages, not of those that failed */
  uids: number[];
  bytes: number;
  cursor: Cursor;
};

const MOST = 100;
const MOST_BYTES = 8_000_000;

/** What is handed on and stored together. What came before trouble is handed on before the trouble is told. */
async function* inGroups(fetched: AsyncIterable<Fetched>): AsyncGenerator<Group> {
  let group: Group | undefined;
  try {
    for await (const { message, cursor } of fetched) {
      group = addTo(group, message, cursor);
      if (group.bytes < MOST_BYTES && group.messages.length + group.failed.length < MOST) continue;
      yield group;
      group = undefined;
    }
  } catch (error) {
    if (group) yield group;
    throw error;
  }
  if (group) yield group;
}

function addTo(group: Group | undefined, message: Fetched['message'], cursor: Cursor): Group {
  const { messages, failed, uids, bytes } = group ?? { messages: [], failed: [], uids: [], bytes: 0 };
  if ('failed' in message) return { messages, failed: [...failed, message], uids, bytes, cursor };
  return {
    messages: [...messages, message],
    failed,
    uids: [...uids, cursor.lastUid],
    bytes: bytes + message.source.length,
    cursor,
  };
}
