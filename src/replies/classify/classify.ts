import type { ReadMessage } from '../../mail/read-message.js';
import type { Ourselves, Verdict } from '../incoming.rules.js';
import { asAutoReply } from './auto-replies.js';
import { asBounceInWords } from './bounces-in-words.js';
import { asChallenge } from './challenges.js';
import { asComplaint } from './complaints.js';
import { asDeliveryReport } from './delivery-reports.js';
import { asListMail } from './lists.js';
import { asOwnMail } from './own-mail.js';
import { asReadReceipt } from './receipts.js';

export type Rule = (message: ReadMessage, ourselves: Ourselves) => Verdict | null;

/** Asked in this order; the first that is certain decides. What none is certain of was written by a person. */
const rules: readonly Rule[] = [
  asComplaint,
  asReadReceipt,
  asDeliveryReport,
  asOwnMail,
  asBounceInWords,
  asChallenge,
  asAutoReply,
  asListMail,
];

/**
 * Recognises what an incoming message is from its structure and words, never from tracking. To mistake a person for a machine is
 * the worst error, so every rule needs a sign that people do not leave.
 */
export function classify(message: ReadMessage, ourselves: Ourselves): Verdict {
  for (const rule of rules) {
    const verdict = rule(message, ourselves);
    if (verdict) return verdict;
  }
  return { kind: 'reply', why: 'Nothing about it is a sign of a machine.' };
}
