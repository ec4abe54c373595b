import type { ReadMessage } from '../../mail/read-message.js';
import type { Ourselves, Verdict } from '../incoming.rules.js';
import { asAutoReply } from './auto-replies.js';
import { asBounceInWords } from './bounces-in-words.js';
import { asCarriedReport } from './carried-reports.js';
import { asChallenge } from './challenges.js';
import { asComplaint } from './complaints.js';
import { asDeliveryReport } from './delivery-reports.js';
import { asListServer } from './list-servers.js';
import { asListMail } from './lists.js';
import { asOwnMail } from './own-mail.js';
import { whyReply } from './outweighed.js';
import { asReadReceipt } from './receipts.js';
import { whatItSays, type Said } from './what-it-says.js';

/** A rule says what a message is where it is certain of that, by its structure or by what it says itself; otherwise null. */
export type Rule = (message: ReadMessage, ourselves: Ourselves, said: Said) => Verdict | null;

/** Asked in this order; the first that is certain decides. What none is certain of was written by a person. */
const rules: readonly Rule[] = [
  asComplaint,
  asReadReceipt,
  // one service asks its question in the form of a delivery report
  asChallenge,
  asDeliveryReport,
  asCarriedReport,
  asOwnMail,
  asListServer,
  asBounceInWords,
  asAutoReply,
  asListMail,
];

/**
 * Recognises what an incoming message is from its structure and words, never from tracking. To mistake a person for a machine is
 * the worst error, so every rule needs a sign that people do not leave.
 */
export function classify(
  message: ReadMessage,
  ourselves: Ourselves,
  said: Said = whatItSays(message),
): Verdict {
  for (const rule of rules) {
    const verdict = rule(message, ourselves, said);
    if (verdict) return verdict;
  }
  return { kind: 'reply', why: whyReply(message) };
}
