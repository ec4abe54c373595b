import { textOfHtml } from './html-text.js';
import type { MessagePart } from './message-part.js';
import type { ReadMessage } from './read-message.js';

/**
 * What a message says to its reader, quotes included: its texts in their order, without attachments. Of two forms of the same
 * text (RFC 2046, section 5.1.4) the plain one is taken, unless it is empty.
 * @returns plain text with LF lines; empty for a message of attachments only, or one that is encrypted
 */
export function bodyText({ parts }: Pick<ReadMessage, 'parts'>): string {
  const shown = parts.filter(({ type, isAttachment }) => type.startsWith('text/') && !isAttachment);
  const plainForms = new Set(shown.filter((part) => isPlain(part) && hasWords(part)).map(formsOf));
  plainForms.delete(null);
  return shown
    .filter((part) => isPlain(part) || (isHtml(part) && !plainForms.has(formsOf(part))))
    .map((part) => (isHtml(part) ? textOfHtml(part.text ?? '') : (part.text ?? '')))
    .filter((text) => text.trim())
    .join('\n\n');
}

const isHtml = ({ type }: MessagePart): boolean => type === 'text/html';
const isPlain = ({ type }: MessagePart): boolean => type === 'text/plain';
const hasWords = ({ text }: MessagePart): boolean => Boolean(text?.trim());

/** The number of the multipart/alternative it is one of the forms in, `''` for the message itself; null where there is none. */
function formsOf({ within, number }: MessagePart): string | null {
  const at = within.indexOf('multipart/alternative');
  return at < 0 ? null : number.split('.').slice(0, at).join('.');
}
