import type { Precision } from '../history/entry.rules.js';
import type { Delivery } from './status.rules.js';

/** What one more email of ours changes of the copies of a recipient, where nothing else follows from it. */
export type LastContact = { lastContactAt: Date; lastContactPrecision: Precision; contactsOut: number };

type Before = {
  delivery?: Delivery | null;
  clockStartedAt?: Date | null;
  lastContactAt?: Date | null;
  contactsOut?: number | null;
};

/**
 * Where the letter has reached them and this email comes after every contact, status, clock and first contact stay as they
 * are: only a bounce after it could touch them, and that is an entry of its own.
 * @param sentAt when it went
 * @returns null where more may follow from it: the whole history is to be read
 */
export function afterEmail(before: Before, sentAt: Date): LastContact | null {
  const { delivery, clockStartedAt, lastContactAt, contactsOut } = before;
  if (delivery !== 'sent' || !clockStartedAt || !lastContactAt || lastContactAt >= sentAt) return null;
  return { lastContactAt: sentAt, lastContactPrecision: 'time', contactsOut: (contactsOut ?? 0) + 1 };
}
