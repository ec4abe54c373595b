import { mailboxName, type MailboxSettings } from '../mail/mailbox.js';
import { readFetching } from './mailbox-cursor.model.js';

/** A mailbox is looked into every five minutes; after so many hours without that, an answer may lie in it that nobody has seen. */
const MISSING_AFTER_HOURS = 2;

/** Has no mail been fetched for hours, or never, though there is a mailbox to fetch it from? */
export async function isMailMissing(mailbox: MailboxSettings | null, now: Date): Promise<boolean> {
  if (!mailbox) return false;
  const { lastFetchedAt } = await readFetching(mailboxName(mailbox));
  return !lastFetchedAt || now.getTime() - lastFetchedAt.getTime() > MISSING_AFTER_HOURS * 3_600_000;
}
