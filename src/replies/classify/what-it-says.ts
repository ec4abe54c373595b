import { bodyText } from '../../mail/body-text.js';
import { newWords } from '../../mail/new-words.js';
import type { ReadMessage } from '../../mail/read-message.js';

/** What a message says itself, and what it quotes. */
export type Said = { words: string; quoted: string };

export const whatItSays = (message: Pick<ReadMessage, 'parts'>): Said => newWords(bodyText(message));
