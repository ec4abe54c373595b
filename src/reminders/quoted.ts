import { cleanLine } from '../clean-text.js';

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
  return unlinked(line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line);
}

/** A name that may come from outside, as whole as it is and never a link: a law and its steps are read from sources. */
export const quotedName = (name: string): string => unlinked(oneLine(cleanLine(name)));

const unlinked = (line: string): string =>
  line.replaceAll(SIGNS_OF_LINKS, (sign) => `${UNSEEN}${sign}${UNSEEN}`);

/** A name with a line break in it must not begin a line of its own. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
