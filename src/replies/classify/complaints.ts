import { addresses, header, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import type { Verdict } from '../incoming.rules.js';
import type { Rule } from './classify.js';
import { addressIn, firstId, reportFields, returnedHeaders } from './machine-report.js';
import { plainHeader } from './signs.js';

/** What providers of mailboxes send when somebody presses "this is spam" (RFC 5965), and what they sent before there was an RFC. */
export const asComplaint: Rule = (message) => {
  const report = reportFields(message, 'feedback-report');
  if (report) return ofFeedback(report, returnedHeaders(message));
  const why = olderForm(message);
  return why ? complaint(why, [], returnedHeaders(message)) : null;
};

function ofFeedback(fields: MessageHeaders, returned: MessageHeaders): Verdict {
  const kind = plainHeader(fields, 'feedback-type') || 'abuse';
  const why = `Feedback-Type: ${kind.slice(0, 40)} (RFC 5965)`;
  // somebody took it out of the junk (RFC 6430), or a server reports on signatures (RFC 6591): nobody complains
  if (kind === 'not-spam' || kind === 'auth-failure')
    return {
      kind: 'auto-reply',
      why: `Automatic: ${why}`,
      originalMessageId: firstId(returned, 'message-id'),
    };
  return complaint(why, fields, returned);
}

const complaint = (why: string, fields: MessageHeaders, returned: MessageHeaders): Verdict => ({
  kind: 'complaint',
  why: `Complaint: ${why}`,
  address:
    addressIn(header(fields, 'original-rcpt-to')) ??
    addressIn(header(fields, 'removal-recipient')) ??
    addressIn(header(returned, 'x-hmxmroriginalrecipient')) ??
    addresses(returned, 'to')[0]?.address ??
    null,
  originalMessageId: firstId(returned, 'message-id') ?? firstId(fields, 'original-message-id'),
});

/** Before there was an RFC: the subject, and what is complained of as a message in it. Outlook.com says in that whose it was. */
function olderForm({ headers, parts }: ReadMessage): string | null {
  const returned = parts.find(({ type }) => type === 'message/rfc822');
  if (!returned) return null;
  const subject = plainHeader(headers, 'subject');
  const isOfOutlook = /^x-hmxmroriginalrecipient:/im.test((returned.text ?? '').slice(0, 5000));
  if (isOfOutlook && subject.startsWith('complaint about message from '))
    return 'X-HmXmrOriginalRecipient in the message it returns';
  const isOfAol = parts.some(
    ({ type, text }) => type === 'text/plain' && /^\s*this is an email abuse report/i.test(text ?? ''),
  );
  return isOfAol && subject.startsWith('email feedback report for ip ')
    ? 'its subject and the words of an abuse report'
    : null;
}
