import { bodyText } from '../../mail/body-text.js';
import { newWords } from '../../mail/new-words.js';
import { linesOf } from '../../mail/quote-lines.js';
import { forwardAt } from '../../mail/quote-marks.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { plainWords } from './words/phrases.js';

/**
 * What a message says that its reader has not seen, what it quotes, and of the first what its writer says and did not pass on; that
 * also in plain words.
 */
export type Said = { words: string; quoted: string; own: string; plainOwn: string };

export function whatItSays(message: Pick<ReadMessage, 'parts'>): Said {
  const { words, quoted } = newWords(bodyText(message));
  const own = beforeForwarded(words);
  return { words, quoted, own, plainOwn: plainWords(own) };
}

function beforeForwarded(words: string): string {
  const whole = words.split('\n');
  const lines = linesOf(whole);
  const at = whole.findIndex((_line, index) => forwardAt(lines, index) > index);
  return at < 0 ? words : whole.slice(0, at).join('\n');
}
