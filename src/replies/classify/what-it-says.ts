import { bodyText } from '../../mail/body-text.js';
import { newWords } from '../../mail/new-words.js';
import { forwardAt, linesOf } from '../../mail/quote-marks.js';
import type { ReadMessage } from '../../mail/read-message.js';

/** What a message says that its reader has not seen, what it quotes, and of the first what its writer says and did not pass on. */
export type Said = { words: string; quoted: string; own: string };

export function whatItSays(message: Pick<ReadMessage, 'parts'>): Said {
  const { words, quoted } = newWords(bodyText(message));
  return { words, quoted, own: beforeForwarded(words) };
}

function beforeForwarded(words: string): string {
  const lines = linesOf(words);
  const at = lines.whole.findIndex((_line, index) => forwardAt(lines, index) > index);
  return at < 0 ? words : lines.whole.slice(0, at).join('\n');
}
