import { isBlank, linesOf, type Lines } from './quote-lines.js';
import { forwardAt, openingAt } from './quote-marks.js';
import { ANSWERS_INSIDE } from './quote-words.js';

/** A text of more lines is nobody's answer, and is not looked at. */
const MOST_LINES = 50_000;

/** Of long texts so many characters before a quote are searched for "my answers are below". */
const SEARCHED = 5000;

/**
 * The words a person wrote in an answer, and the message they quote, above, below or between their lines, by the marks mail programs
 * of many languages leave. Takes the plain text of a message, of any length. Every line with something in it is in one of the two, in
 * its order: signatures and whatever is in doubt are words, for a quote may be folded away and the words of a person never. What is
 * forwarded is new to whoever reads it, and so are its words. A message that seems to be a quote from end to end is all words.
 */
export function newWords(text: string): { words: string; quoted: string } {
  const whole = text.split(/\r\n|\r|\n/, MOST_LINES + 1);
  if (whole.length > MOST_LINES) return { words: text, quoted: '' };
  const lines = linesOf(whole);
  const isQuoted = quotedLines(lines);
  const words = pick(lines, (at) => !isQuoted[at]);
  if (!/[^\s\p{Cf}\-–—_=*.]/u.test(words)) return { words: pick(lines, () => true), quoted: '' };
  return { words, quoted: pick(lines, (at) => isQuoted[at]!) };
}

function quotedLines(lines: Lines): boolean[] {
  const isQuoted = lines.whole.map(() => false);
  /** how many `>` make a quote: a forwarded message may have one itself */
  let least = 1;
  for (let at = 0; at < lines.whole.length; at += 1) {
    if (lines.depth[at]! > 0) {
      isQuoted[at] = lines.depth[at]! >= least;
      continue;
    }
    const forwarded = forwardAt(lines, at);
    if (forwarded > at) {
      if (lines.depth[nextLine(lines, forwarded)]) least = 2;
      at = forwarded - 1;
      continue;
    }
    const opening = lines.bare[at] ? openingAt(lines, at) : null;
    if (!opening) continue;
    const isMarked = Boolean(lines.depth[nextLine(lines, opening.to)]);
    if (!isMarked && !opening.isCertain) continue;
    if (!isMarked && saysAnswersAreInside(lines, at)) break;
    isQuoted.fill(true, at, isMarked ? opening.to : undefined);
    if (!isMarked) break;
    at = opening.to - 1;
  }
  return isQuoted;
}

function nextLine({ whole }: Lines, at: number): number {
  let next = at;
  while (next < whole.length && isBlank(whole[next]!)) next += 1;
  return next;
}

const saysAnswersAreInside = ({ bare }: Lines, before: number): boolean =>
  ANSWERS_INSIDE.test(bare.slice(0, before).join('\n').slice(-SEARCHED));

/** The lines that are chosen, with one empty line where there were any, or others, between them. */
function pick({ whole }: Lines, isChosen: (at: number) => boolean): string {
  const picked: string[] = [];
  for (const [at, line] of whole.entries()) {
    if (isChosen(at) && !isBlank(line)) picked.push(line);
    else if (picked.length > 0 && picked.at(-1) !== '') picked.push('');
  }
  return picked.join('\n').trimEnd();
}
