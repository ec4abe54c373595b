import { addresses, header, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import type { Verdict } from '../incoming.rules.js';
import type { Rule } from './classify.js';
import { addressIn, fieldsOf, firstId, reportPart, returnedHeaders } from './machine-report.js';
import { plainHeader } from './signs.js';

/** What providers of mailboxes send when somebody presses "this is spam" (RFC 5965), and what they sent before there was an RFC. */
export const asComplaint: Rule = (message) => {
  const part = reportPart(message, 'feedback-report');
  if (part) return ofFeedback(fieldsOf(part), returnedHeaders(message));
  const sender = providerOf(message);
  if (!sender) return null;
  const returned = returnedHeaders(message);
  return complaint(
    `a complaint as ${sender} sends it, by its sender, its subject and the message in it`,
    [],
    returned,
  );
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

/** A provider, its sender and its subject. What is complained of is always a message in it. */
const providers: readonly [name: string, from: RegExp, subject: RegExp][] = [
  [
    'Outlook.com',
    /^(staff|jmrp?\S*|snds\S*)@(hotmail|live|outlook|msn)\.com$/,
    /^complaint about message from /,
  ],
  ['AOL', /^scomp\S*@(\S+\.)?aol\.(com|net)$/, /^email feedback report for ip /],
  [
    'Yahoo',
    /^(feedback|complaints?)@(\S+\.)?yahoo(-inc)?\.(com|net)$/,
    /^(fw|customer complaint|email feedback)/,
  ],
];

function providerOf({ headers, parts }: ReadMessage): string | null {
  const from = addresses(headers, 'from')[0]?.address ?? '';
  const subject = plainHeader(headers, 'subject');
  const provider = providers.find(([, sender, words]) => sender.test(from) && words.test(subject));
  return provider && parts.some(({ type }) => type === 'message/rfc822') ? provider[0] : null;
}
