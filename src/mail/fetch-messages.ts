import { fetchEach, isFailure, type Failure, type Line } from './fetch-each.js';
import { inGroups, list, sourcesOf, uidsFrom, type Listed } from './fetch-sources.js';
import type { FailedMessage, RawMessage } from './raw-message.js';

/** How many messages are listed with one command, and so at most fetched with one. */
const AT_ONCE = 100;

/** A message as it came, or why it did not. */
export type Got = { uid: number; message: RawMessage | FailedMessage };

/** What a message is called, by its UID. */
type Naming = (uid: number) => string;

type Entry = Listed | (Failure & { uid: number; size: number });

/** Every message from this UID on, in order. Memory stays flat. @throws what imapflow throws, or a MailboxProblem */
export async function* messagesFrom(line: Line, first: number, originOf: Naming): AsyncGenerator<Got> {
  const uids = await uidsFrom(line.client, first);
  for (let i = 0; i < uids.length; i += AT_ONCE) {
    const listed = await fetchEach(line, uids.slice(i, i + AT_ONCE), list);
    const entries = [...listed].map(([uid, got]): Entry => (isFailure(got) ? { ...got, uid, size: 0 } : got));
    for (const group of inGroups(entries)) yield* await fetchGroup(line, group, originOf);
  }
}

async function fetchGroup(line: Line, group: readonly Entry[], originOf: Naming): Promise<Got[]> {
  const listed = new Map(group.flatMap((entry) => (isFailure(entry) ? [] : [[entry.uid, entry] as const])));
  const sources = await fetchEach(line, [...listed.keys()], (client, uids) =>
    sourcesOf(
      client,
      uids.map((uid) => listed.get(uid)!),
    ),
  );
  return group.flatMap((entry): Got[] => {
    const { uid } = entry;
    const origin = originOf(uid);
    if (isFailure(entry)) return [{ uid, message: { failed: entry.failed, origin } }];
    const got = sources.get(uid);
    if (!got) return [];
    if (isFailure(got)) return [{ uid, message: { failed: got.failed, origin } }];
    return [{ uid, message: { ...got, receivedAt: entry.receivedAt, origin } }];
  });
}
