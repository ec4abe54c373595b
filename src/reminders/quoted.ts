import { cleanLine } from '../clean-text.js';
import { oneLine } from './reminder-text.js';

const LONGEST = 120;

/** Stands between two letters unseen and keeps them from being read as one word (word joiner, U+2060). */
const UNSEEN = '\u2060';

/** Of an address within a word, and of a link in markdown. */
const SIGNS_OF_LINKS = /(?<=\S)[.:/@](?=\S)|<(?=\S)|](?=[([])/g;

/**
 * What somebody outside wrote, to stand in a mail of ours: on one line, not long, without signs that turn text around, and never
 * a link. Who answers us may be anybody, and a link in our mail would be trusted.
 */
export function quoted(text: string): string {
  const line = oneLine(cleanLine(text));
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
  return short.replaceAll(SIGNS_OF_LINKS, (sign) => `${UNSEEN}${sign}${UNSEEN}`);
}
