import { textOfHtml } from './html-text.js';
import type { MessagePart } from './message-part.js';
import type { ReadMessage } from './read-message.js';

const isText = (part: MessagePart): boolean => part.type === 'text/plain' || part.type === 'text/html';

/**
 * What a message says for itself, without what is attached: its plain parts one after the other, for a gateway may put a banner of
 * its own before them; the HTML where there is no other.
 * @returns at most as many characters as the limit says; lines end in LF
 */
export function plainText({ parts }: ReadMessage, limit = 30_000): string {
  const texts = parts.filter((part) => isText(part) && part.text?.trim());
  const shown = texts.filter(({ isAttachment }) => !isAttachment);
  const from = shown.length > 0 ? shown : texts;
  const plain = from.filter(({ type }) => type === 'text/plain');
  const chosen = plain.length > 0 ? plain : from.slice(0, 1);
  return chosen
    .map(({ type, text }) =>
      type === 'text/html'
        ? textOfHtml(text!.slice(0, limit * 10))
        : withoutBoundaries(text!.slice(0, limit)),
    )
    .join('\n\n')
    .slice(0, limit);
}

/** Where the header of a part was broken, boundaries and headers of parts stand at the beginning of what should have been in them. */
const BOUNDARIES = /^(?:\s{0,9}-{2,9}[=_]\S{5,200}\n(?:Content-[\w-]{1,40}:[^\n]{0,200}\n){0,9}){1,9}/i;

const withoutBoundaries = (text: string): string => text.replace(BOUNDARIES, '');
