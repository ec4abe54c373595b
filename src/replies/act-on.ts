import type { Types } from 'mongoose';
import { cleanLine } from '../clean-text.js';
import type { Deps } from '../deps.js';
import { appendEntries, type NewEntry } from '../history/append-entry.js';
import type { ReceivedAs } from '../history/entry.rules.js';
import { noLongerUnread, untilRead } from '../recipients/unread.js';
import { togetherOrAlone } from '../together-or-alone.js';
import { bounceCauseNames, incomingKindNames, type IncomingKind } from './incoming.rules.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';
import { stopWritingTo } from './stop-writing-to.js';

/** What an incoming message amounts to on the timeline, until a person says otherwise. */
const amountsTo: Partial<Record<IncomingKind, ReceivedAs>> = {
  reply: 'reply',
  'auto-reply': 'auto-reply',
  delayed: 'auto-reply',
  'read-receipt': 'auto-reply',
  challenge: 'auto-reply',
  bounce: 'bounce',
  complaint: 'not an answer',
};

/**
 * Does what follows from messages that were stored or placed: writing to whoever a person's words may come from waits until they
 * have been read, history gets its entries, an address that fails or complains is not written to any more. Each step may be
 * repeated, so whoever finds a message half handled after a crash begins at the beginning. No automatic answer is ever sent.
 */
export async function finishHandling(mails: readonly IncomingMailRecord[], deps: Deps): Promise<void> {
  if (mails.length === 0) return;
  const now = deps.now();
  const unread = mails.filter(({ kind, readAt }) => kind === 'reply' && !readAt);
  await untilRead(unread.map((mail) => ({ mail: mail._id, recipients: mayBeFrom(mail) })));
  const placed = mails.filter(({ state }) => state === 'placed');
  await appendEntries(placed.map((mail) => entryFor(mail, now)));
  await stopWritingTo(
    placed.filter(({ kind }) => kind === 'bounce' || kind === 'complaint'),
    now,
  );
  // nobody waits for what is nobody's, also where the process that set it aside ended before it had said so
  for (const { _id, state } of mails) if (state === 'set aside') await noLongerUnread(_id);
  await IncomingMail.collection.updateMany({ _id: { $in: mails.map(({ _id }) => _id) } }, [
    { $set: { handledAt: now, settledAt: { $ifNull: ['$settledAt', now] } } },
  ]);
}

/** The same for what came in by itself. With which it goes wrong, stays to be handled, and keeps no other from it. */
export async function finishEach(mails: readonly IncomingMailRecord[], deps: Deps): Promise<void> {
  const finish = async (some: readonly IncomingMailRecord[]) => {
    await finishHandling(some, deps);
    return [];
  };
  await togetherOrAlone(mails, finish, async ({ _id }, error) => {
    deps.log.error(
      { err: error, incoming: String(_id) },
      'what follows from an incoming message was not done',
    );
    return [];
  });
}

/** What is known of whose a message is. */
export type Placing = Pick<IncomingMailRecord, 'state' | 'recipient' | 'suggestions'>;

/** Whom it is from, as far as is known or suggested. */
export const mayBeFrom = ({ state, recipient, suggestions }: Placing): Types.ObjectId[] =>
  state === 'placed' && recipient
    ? [recipient]
    : state === 'waiting'
      ? suggestions.map((one) => one.recipient)
      : [];

/** Does anything follow from it? */
export const isToBeHandled = (mail: Placing & Pick<IncomingMailRecord, 'kind'>): boolean =>
  mail.state === 'placed' || (mail.kind === 'reply' && mayBeFrom(mail).length > 0);

/** What marks the entry of a placement, so that it is written once; a correction makes a new one. */
export const placementOf = ({ _id, placements }: IncomingMailRecord): string =>
  `${String(_id)} ${placements}`;

function entryFor(mail: IncomingMailRecord, now: Date): NewEntry {
  const { recipient, campaign, kind, from, happenedAt, messageId, placedBy } = mail;
  return {
    campaign: campaign!,
    recipient: recipient!,
    kind: 'email',
    direction: 'in',
    receivedAs: amountsTo[kind] ?? 'not an answer',
    occurredAt: happenedAt,
    precision: 'time',
    who: cleanLine(from?.name || from?.address || ''),
    channel: cleanLine(from?.address ?? ''),
    text: textFor(mail),
    incoming: mail._id,
    placement: placementOf(mail),
    ...(messageId && { messageId }),
    recordedAt: now,
    ...(placedBy && { recordedBy: placedBy }),
  };
}

const LONGEST_TEXT = 100_000;

/** What the timeline says of it; the message itself is one click away. */
function textFor({ kind, subject, words, problem }: IncomingMailRecord): string {
  if (problem && (kind === 'bounce' || kind === 'delayed')) {
    const late = kind === 'delayed' ? 'It has not arrived yet, and their server still tries. ' : '';
    const status = problem.status ? ` (${problem.status})` : '';
    return `${late}${problem.address ? `${problem.address}: ` : ''}${bounceCauseNames[problem.cause]}${status}`;
  }
  const named = kind === 'reply' || kind === 'auto-reply' ? '' : `${incomingKindNames[kind]}.\n`;
  const text = `${named}${cleanLine(subject)}\n\n${words}`.trim();
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Finishes what a process that died had stored and not handled. @returns how many those were */
export async function finishUnhandled(deps: Deps): Promise<number> {
  const waiting = await IncomingMail.find({ handledAt: null })
    .sort({ _id: 1 })
    .limit(500)
    .lean<IncomingMailRecord[]>();
  await finishEach(waiting, deps);
  return waiting.length;
}
