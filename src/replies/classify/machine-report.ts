import { messageIds, parseHeaders, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';

/**
 * The fields of a report of this kind (RFC 6522), of all its blocks (RFC 3464, section 2.1.1); null where it is none. The kind is
 * in the header, and a part of its own media type is in the report; of one that fell apart the lines of its text are read.
 */
export function reportFields(message: ReadMessage, kind: string): MessageHeaders | null {
  const { type, params, parts } = message;
  const named = params['report-type']?.toLowerCase();
  if (type !== 'multipart/report' || (named && named !== kind)) return null;
  // directly in it: what a person passes on with their own words is deeper, or in another kind of message
  const part = parts.find((one) => one.type === `message/${kind}` && one.within.length === 1);
  if (part) return fieldsIn(part.text ?? '');
  return named ? fieldsIn(parts.map(({ text }) => text ?? '').join('\n')) : null;
}

const fieldsIn = (text: string): MessageHeaders =>
  parseHeaders(
    `${text
      .split('\n')
      .filter((line) => /^[a-z][a-z-]{1,40}:|^[ \t]+\S/i.test(line))
      .join('\n')}\n\n`,
  );

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
