import { messageIds, parseHeaders, type MessageHeaders } from '../../mail/message-headers.js';
import type { MessagePart } from '../../mail/message-part.js';
import type { ReadMessage } from '../../mail/read-message.js';

/** Is it a report of this kind (RFC 6522)? The kind is in the header, and a part of its own media type is in the report. */
export function reportPart({ type, params, parts }: ReadMessage, kind: string): MessagePart | null {
  if (type !== 'multipart/report') return null;
  const named = params['report-type']?.toLowerCase();
  if (named && named !== kind) return null;
  // directly in it: what a person passes on with their own words is deeper, or in another kind of message
  return parts.find((part) => part.type === `message/${kind}` && part.within.length === 1) ?? null;
}

/** The fields of a report's machine-readable part, of all its blocks (RFC 3464, section 2.1.1). */
export const fieldsOf = ({ text }: MessagePart): MessageHeaders =>
  parseHeaders((text ?? '').replaceAll(/\n\s*\n/g, '\n').trim() + '\n\n');

/** The headers of the message that is returned with a report, whole or only these (RFC 6522, section 3); none where it is not. */
export function returnedHeaders({ parts }: Pick<ReadMessage, 'parts'>): MessageHeaders {
  const returned = parts.find(({ type }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/rfc822-headers)$/.test(type),
  );
  return returned?.text ? parseHeaders(returned.text.split(/\n[ \t]*\n/, 1)[0]! + '\n\n') : [];
}

export const firstId = (headers: MessageHeaders, name: string): string | null =>
  messageIds(headers, name)[0] ?? null;

/** The address in a field such as `rfc822; anna@example.org`, small letters. */
export function addressIn(value: string): string | null {
  const address = /[^\s;<>,"]{1,128}@[^\s;<>,"]{1,255}/.exec(value.slice(0, 2000))?.[0];
  return address?.toLowerCase() ?? null;
}
