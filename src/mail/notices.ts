import { isDuplicate } from '../database.js';
import type { Deps } from '../deps.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { capture } from './capture.js';
import { NO_SERVER, type CaptureKind } from './captured-message.model.js';
import { compose, newMessageId, type Address } from './message.js';
import { Notice } from './notice.model.js';
import { mailDocument, markdown } from '../markdown.js';

export type NoticeToSend = {
  /** what this mail is, for example `invitation <user> 2026-11-24T12:00:00Z`: the same key is never sent twice */
  key: string;
  kind: Exclude<CaptureKind, 'follow-up'>;
  to: Address;
  subject: string;
  /** markdown; links stand on a line of their own */
  text: string;
  headers?: Record<string, string>;
  /** the reader asked for this very mail, such as for a new password: it also goes to an address that is suppressed */
  askedFor?: boolean;
};

export type NoticeOutcome =
  'sent' | 'captured' | 'deferred' | 'failed' | 'uncertain' | 'suppressed' | 'sent before';

/** `response`: the words of the mail server, or why nothing went */
export type NoticeEnd = { state: NoticeOutcome; response: string };

const KEPT_DAYS = 400;

/**
 * Sends a mail to one of our own, at most once for its key: the row is written before the server is spoken to,
 * and a row that is there already means that this mail has been tried. An address that is not to be written to gets none but
 * what its reader asked for.
 * @returns what became of it; a failure is a value, because nobody waits for this mail to arrive
 */
export async function sendNotice(
  { post, now, log }: Pick<Deps, 'post' | 'now' | 'log'>,
  notice: NoticeToSend,
): Promise<NoticeEnd> {
  const { key, kind, to, subject, text } = notice;
  const messageId = newMessageId(post.from);
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + KEPT_DAYS * 86_400_000);
  const [reasons = []] = notice.askedFor ? [] : await readSuppressions([{ address: to.address }], createdAt);
  try {
    await Notice.create({
      key,
      kind,
      messageId,
      to: to.address,
      subject,
      state: 'sending',
      createdAt,
      expiresAt,
    });
  } catch (error) {
    if (isDuplicate(error)) return { state: 'sent before', response: '' };
    throw error;
  }
  const message = {
    kind: 'notice' as const,
    messageId,
    from: post.from,
    to,
    subject,
    text,
    html: mailDocument(subject, markdown(text)),
    date: createdAt,
  };
  const raw = await compose({
    ...message,
    headers: { ...notice.headers, 'Auto-Submitted': 'auto-generated' },
  });
  const { state, response } = reasons.length > 0 ? suppressed(reasons) : await deliver(raw);
  if (state === 'failed' || state === 'uncertain' || state === 'deferred')
    log.warn({ kind, state, response: withoutAddresses(response) }, 'a notice was not delivered');
  // it certainly did not go: whoever sends it again, with the same key, may try. Nobody does so with a mail about an account
  if (state === 'deferred' && kind !== 'account') await Notice.deleteOne({ key });
  else await Notice.updateOne({ key }, { $set: { state, response } });
  return { state, response };

  async function deliver(bytes: Buffer): Promise<NoticeEnd> {
    const { from, smtp, withConnection } = post;
    if (!smtp) {
      await capture({
        messageId,
        kind,
        to: to.address,
        subject,
        raw: bytes,
        why: NO_SERVER,
        capturedAt: createdAt,
      });
      return { state: 'captured', response: '' };
    }
    const { outcome, response } = await withConnection(() =>
      smtp(bytes, { from: from.address, to: to.address }),
    );
    return { state: outcome === 'refused' ? 'failed' : outcome, response };
  }
}

/** Written down like any other end, so that somebody who misses a mail finds out why. */
const suppressed = (reasons: readonly string[]): NoticeEnd => ({
  state: 'suppressed',
  response: reasons.join(' '),
});

/** Mail servers name in their words whom they refuse. */
const withoutAddresses = (response: string): string => response.replaceAll(/[^\s<>]+@[^\s<>]+/g, '…');
