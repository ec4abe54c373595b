import { header } from '../../mail/message-headers.js';
import type { Rule } from './classify.js';
import { addressIn, firstId, reportFields, returnedHeaders } from './machine-report.js';
import { plainHeader } from './signs.js';

/**
 * What a mail program sends when a message was shown or thrown away (RFC 8098), also as Exchange names it in its headers and as a
 * signed receipt (RFC 2634, section 2). `Read: …` in a subject is no sign: people write that.
 */
export const asReadReceipt: Rule = (message) => {
  const { headers, type, params } = message;
  // Dovecot refuses a message in the form of a receipt; that is a bounce
  if (plainHeader(headers, 'auto-submitted').includes('(rejected)')) return null;
  const report = reportFields(message, 'disposition-notification');
  const fields = report ?? [];
  const why = report
    ? `Disposition: ${header(fields, 'disposition').slice(0, 100) || 'not said'} (RFC 8098)`
    : (type === 'application/pkcs7-mime' &&
        params['smime-type']?.toLowerCase() === 'signed-receipt' &&
        'smime-type=signed-receipt (RFC 2634)') ||
      exchangeClass(headers);
  if (!why) return null;
  const original = firstId(fields, 'original-message-id') ?? firstId(returnedHeaders(message), 'message-id');
  return {
    kind: 'read-receipt',
    why: `Receipt: ${why}`,
    address: addressIn(header(fields, 'original-recipient')) ?? addressIn(header(fields, 'final-recipient')),
    originalMessageId: original ?? firstId(headers, 'in-reply-to'),
  };
};

/** The class of a message (MS-OXCMAIL): read is IPNRN, deleted unread is IPNNRN. */
function exchangeClass(headers: Parameters<typeof plainHeader>[0]): string | null {
  const contentClass = plainHeader(headers, 'content-class');
  if (contentClass === 'urn:content-classes:mdn') return `Content-Class: ${contentClass}`;
  const name = headers.find(({ name, value }) => /class/.test(name) && /\bIPM\.Note\.IPNN?RN\b/i.test(value));
  return name ? `${name.name}: ${name.value.slice(0, 60)}` : null;
}
