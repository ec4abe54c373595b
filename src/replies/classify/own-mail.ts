import { addresses, header, messageIds } from '../../mail/message-headers.js';
import { OUR_MARK } from '../../mail/message.js';
import type { Rule } from './classify.js';
import { isAnswer } from './signs.js';

/**
 * Our own mail that came back to us, as through a group or a rule that passes it on. It bears our mark and our sender or
 * Message-ID, or else comes from our address and answers nothing: a colleague who answers with that address is a person.
 */
export const asOwnMail: Rule = (message, ourselves, said) => {
  const { headers } = message;
  const from = addresses(headers, 'from')[0]?.address ?? '';
  const isFromUs = ourselves.addresses.includes(from);
  const mark = header(headers, OUR_MARK.toLowerCase());
  const domains = ourselves.addresses.map((address) => address.slice(address.lastIndexOf('@')));
  const hasOurId = messageIds(headers, 'message-id').some((id) =>
    domains.some((domain) => id.toLowerCase().endsWith(`${domain}>`)),
  );
  if (mark && (isFromUs || hasOurId))
    return { kind: 'own', why: `Our own mail: ${OUR_MARK}: ${mark.slice(0, 40)}` };
  return isFromUs && !isAnswer(message, said) ? { kind: 'own', why: `Our own mail: From: ${from}` } : null;
};
