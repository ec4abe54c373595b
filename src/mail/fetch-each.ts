import type { ImapFlow, ImapFlowError } from 'imapflow';
import { MailboxProblem } from './mailbox-problem.js';

/** A connection that can be made anew; `renew` throws a MailboxProblem where it cannot. */
export type Line = { client: ImapFlow; renew: () => Promise<void> };

/** Why a message could not be had, in words. */
export type Failure = { failed: string };

export const isFailure = (got: object): got is Failure => 'failed' in got;

type Ask<T> = (client: ImapFlow, uids: number[]) => Promise<Map<number, T>>;

/**
 * Asks for several messages at once and, where that fails, for each alone: one message never hides another. What was removed
 * from the server meanwhile is left out.
 * @throws what went wrong where no message can be had, not even another one: it is not for these messages, and will pass
 */
export async function fetchEach<T extends object>(
  line: Line,
  uids: number[],
  ask: Ask<T>,
): Promise<Map<number, T | Failure>> {
  const found = uids.length > 1 ? await together(line, uids, ask) : new Map<number, T>();
  const each = new Map<number, T | Failure>();
  const errors: ImapFlowError[] = [];
  for (const uid of uids) {
    try {
      const got = found.get(uid) ?? (await alone(line, uid, ask));
      if (got !== undefined) each.set(uid, got);
    } catch (error) {
      if (error instanceof MailboxProblem) throw error;
      errors.push(error as ImapFlowError);
      each.set(uid, { failed: inWords(error as ImapFlowError) });
    }
  }
  const passing = errors.find(isPassing);
  if (passing && errors.length === each.size && !(await othersCome(line.client, uids))) throw passing;
  return each;
}

async function othersCome(client: ImapFlow, uids: number[]): Promise<boolean> {
  const all = await client.search({ all: true }, { uid: true }).catch(() => false);
  const others = Array.isArray(all) ? all.filter((uid) => !uids.includes(uid)) : [];
  for (const uid of new Set(others.slice(0, 1).concat(others.slice(-1)))) {
    const beginning = { source: { start: 0, maxLength: 1 } };
    if (await client.fetchOne(String(uid), beginning, { uid: true }).catch(() => false)) return true;
  }
  return false;
}

/** What could be had in one go; nothing where that failed, for whatever reason. */
async function together<T>(line: Line, uids: number[], ask: Ask<T>): Promise<Map<number, T>> {
  try {
    return await ask(line.client, uids);
  } catch {
    if (!line.client.usable) await line.renew();
    return new Map();
  }
}

/** A message that breaks the connection gets a second chance: it may have been the connection. */
async function alone<T>(line: Line, uid: number, ask: Ask<T>, tries = 2): Promise<T | undefined> {
  const { client } = line;
  try {
    const got = (await ask(client, [uid])).get(uid);
    if (got !== undefined || !(await isThere(client, uid))) return got;
    throw new Error('it answers with nothing');
  } catch (error) {
    if (client.usable) throw error;
    await line.renew();
    if (tries === 1) throw client.context ?? error;
    return alone(line, uid, ask, tries - 1);
  }
}

async function isThere(client: ImapFlow, uid: number): Promise<boolean> {
  const found = await client.search({ uid: String(uid) }, { uid: true });
  return Array.isArray(found) && found.includes(uid);
}

const isRefusal = ({ responseStatus }: ImapFlowError): boolean => responseStatus !== undefined;

/** What lies with the message itself: the server sends what no mail program could read, or more than is let in. */
const unreadable =
  /^(ParserError|MAX_IMAP_NESTING|LineTooLarge|LiteralTooLarge|ResponseTooLarge|TooManyTokens)/;

/** Will it be better later? RFC 5530 names the server's own troubles; a lost connection is nobody's for certain. */
function isPassing(error: ImapFlowError): boolean {
  if (error.code === 'ETHROTTLE') return true;
  if (isRefusal(error)) return ['UNAVAILABLE', 'INUSE', 'LIMIT'].includes(responseCodeOf(error));
  return error.code !== undefined && !unreadable.test(error.code);
}

/** `[UNAVAILABLE]` and the like, as the server put it before its words. */
function responseCodeOf({ response }: ImapFlowError): string {
  const first = typeof response === 'object' ? response.attributes?.[0] : undefined;
  const code = first && 'section' in first ? first.section?.[0] : undefined;
  return code && 'value' in code ? String(code.value).toUpperCase() : '';
}

function inWords(error: ImapFlowError): string {
  if (isRefusal(error))
    return `The mail server does not hand this message over: ${error.responseText ?? 'it says no more'}`;
  if (unreadable.test(error.code ?? ''))
    return `The mail server sends this message in a form that cannot be read (${error.code}).`;
  if (!error.code) return `The mail server does not hand this message over: ${error.message}.`;
  const said = error.reason ? ` The server says: ${error.reason}` : '';
  return `The connection to the mail server breaks off whenever this message is asked for.${said}`;
}
