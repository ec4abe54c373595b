import type { ImapFlow } from 'imapflow';
import { MailboxProblem } from './mailbox-problem.js';

/** Above it only the beginning of a message is fetched: 60 MB. */
export const MAX_SOURCE = 60_000_000;
const BEGINNING = 1_000_000;

/** How many bytes are fetched with one command; a larger message comes in slices. */
const MAX_GROUP_BYTES = 8_000_000;
const SLICE = 4_000_000;
const OVERLAP = 1000;

/** A message as the server lists it. Some servers only estimate the size. */
export type Listed = { uid: number; size: number; receivedAt: Date };

/** The UIDs from this one on, in order. */
export async function uidsFrom(client: ImapFlow, first: number): Promise<number[]> {
  const found = await client.search({ uid: `${first}:*` }, { uid: true });
  if (!Array.isArray(found))
    throw new MailboxProblem('The mail server does not say which messages are there. It is tried again.');
  // n:* names the last message even where its number is lower (RFC 9051, section 9, seq-range)
  return found.filter((uid) => uid >= first).sort((a, b) => a - b);
}

/** Size and time of arrival. */
export async function list(client: ImapFlow, uids: number[]): Promise<Map<number, Listed>> {
  const rows = await client.fetchAll(uids.join(','), { size: true, internalDate: true }, { uid: true });
  return new Map(
    rows
      .filter(({ size }) => size !== undefined)
      .map(({ uid, size, internalDate }) => [uid, { uid, size: size!, receivedAt: dateOf(internalDate) }]),
  );
}

function dateOf(internalDate: Date | string | undefined): Date {
  const date = new Date(internalDate ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/** Consecutive messages that are fetched together; a large one comes alone. */
export function inGroups<T extends { size: number }>(messages: readonly T[]): T[][] {
  const groups: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    bytes += message.size;
    if (bytes > MAX_GROUP_BYTES) {
      groups.push([]);
      bytes = message.size;
    }
    groups.at(-1)!.push(message);
  }
  return groups;
}

/** A message's bytes, or its beginning where it is too large: then `size` says how large. */
export type Source = { source: Buffer; size: number };

/** What the messages say. They are only looked at (BODY.PEEK): none is marked as seen. */
export async function sourcesOf(client: ImapFlow, group: readonly Listed[]): Promise<Map<number, Source>> {
  const [only] = group;
  if (group.length === 1 && only!.size > MAX_GROUP_BYTES)
    return new Map([[only!.uid, await largeSource(client, only!)]]);
  const rows = await client.fetchAll(group.map(({ uid }) => uid).join(','), { source: true }, { uid: true });
  return new Map(
    rows.flatMap(({ uid, source }) => (source ? [[uid, { source, size: source.length }] as const] : [])),
  );
}

async function largeSource(client: ImapFlow, { uid, size }: Listed): Promise<Source> {
  if (size > MAX_SOURCE) return { source: await slice(client, uid, 0, BEGINNING), size };
  const source = (await inSlices(client, uid, size)) ?? (await slice(client, uid));
  return { source, size: source.length };
}

/**
 * One slice after the other into one buffer: in one piece the message would be in the memory several times. Null where a slice
 * does not begin as the one before it ended: some servers get them wrong (seen with Dovecot 2.4.1).
 */
async function inSlices(client: ImapFlow, uid: number, size: number): Promise<Buffer | null> {
  let whole = Buffer.allocUnsafe(size);
  let length = 0;
  for (;;) {
    const overlap = Math.min(length, OVERLAP);
    const next = await slice(client, uid, length - overlap, SLICE);
    if (!next.subarray(0, overlap).equals(whole.subarray(length - overlap, length))) return null;
    // the size was only an estimate
    if (length + next.length - overlap > whole.length) whole = Buffer.concat([whole], length + 2 * SLICE);
    length += next.copy(whole, length, overlap);
    if (next.length < SLICE) return whole.subarray(0, length);
  }
}

async function slice(client: ImapFlow, uid: number, start = 0, maxLength = 0): Promise<Buffer> {
  const source = maxLength > 0 ? { start, maxLength } : true;
  const row = await client.fetchOne(String(uid), { source }, { uid: true });
  if (!row || !row.source) throw new Error('it answers with nothing');
  return row.source;
}
