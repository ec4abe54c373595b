import { model, Schema, type InferSchemaType } from 'mongoose';
import type { Cursor } from '../mail/mailbox.js';

/** How far a mailbox is fetched, and whether fetching works. */
const schema = new Schema(
  {
    /** the mailbox's name: its address without the password */
    _id: { type: String, required: true },
    uidValidity: { type: String },
    lastUid: { type: Number },
    /** when the server was last asked and everything it had was stored */
    lastFetchedAt: { type: Date },
    /** why that does not work now, in a sentence; absent while it does */
    lastProblem: { type: String },
    lastProblemAt: { type: Date },
  },
  { strict: 'throw' },
);

export type MailboxCursorRecord = InferSchemaType<typeof schema>;
export const MailboxCursor = model('MailboxCursor', schema, 'mailboxcursors');

/** Null for a mailbox that was never read. */
export async function cursorOf(name: string): Promise<Cursor | null> {
  const kept = await MailboxCursor.findById(name).lean<MailboxCursorRecord>();
  if (!kept?.uidValidity || kept.lastUid == null) return null;
  return { uidValidity: kept.uidValidity, lastUid: kept.lastUid };
}

/** To be called once everything up to it is stored. */
export async function keepCursor(name: string, { uidValidity, lastUid }: Cursor): Promise<void> {
  await MailboxCursor.updateOne({ _id: name }, { $set: { uidValidity, lastUid } }, { upsert: true });
}

export async function noteFetched(name: string, now: Date): Promise<void> {
  await MailboxCursor.updateOne(
    { _id: name },
    { $set: { lastFetchedAt: now }, $unset: { lastProblem: 1, lastProblemAt: 1 } },
    { upsert: true },
  );
}

export async function noteProblem(name: string, problem: string, now: Date): Promise<void> {
  await MailboxCursor.updateOne(
    { _id: name },
    { $set: { lastProblem: problem, lastProblemAt: now } },
    { upsert: true },
  );
}

/** Whether fetching works: when everything had last come, or what is wrong. Nothing is known of a mailbox that was never read. */
export async function readFetching(
  name: string,
): Promise<Pick<MailboxCursorRecord, 'lastFetchedAt' | 'lastProblem' | 'lastProblemAt'>> {
  const kept = await MailboxCursor.findById(name).lean<MailboxCursorRecord>();
  return {
    lastFetchedAt: kept?.lastFetchedAt ?? null,
    lastProblem: kept?.lastProblem ?? null,
    lastProblemAt: kept?.lastProblemAt ?? null,
  };
}
