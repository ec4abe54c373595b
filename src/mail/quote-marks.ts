import { attributionAt } from './quote-attribution.js';
import { headersAt } from './quote-headers.js';
import type { Lines } from './quote-lines.js';
import { FORWARDED, ORIGINAL_MESSAGE } from './quote-words.js';

/** So many characters has a line that says "original message" between its dashes, at most. */
const LONGEST_ORIGINAL = 120;

/** Where a quote begins: the first line after the words that say so, and whether an unmarked text after it is the quote. */
export type Opening = { to: number; isCertain: boolean };

/** Does a quote begin at this line, by the words mail programs put above it? Null when it does not. */
export function openingAt(lines: Lines, at: number): Opening | null {
  const line = lines.bare[at]!;
  if (isRule(line) || isOriginalMessage(line)) {
    const next = afterRules(lines, at + 1);
    const headers = headersAt(lines, next, 2);
    if (headers > next) return { to: headers, isCertain: true };
    return isRule(line) ? null : { to: attributionAt(lines, next)?.to ?? at + 1, isCertain: true };
  }
  const headers = headersAt(lines, at, 3);
  return headers > at ? { to: headers, isCertain: true } : attributionAt(lines, at);
}

/** "Forwarded message": the line after it and after the headers that follow; `at` when it is none. */
export function forwardAt(lines: Lines, at: number): number {
  const line = lines.bare[at]!;
  const isMark = /^[-–—_=]{2,}/.test(line) || (line.length < 60 && /[:：]$/.test(line));
  if (!isMark || !FORWARDED.test(line)) return at;
  return headersAt(lines, afterRules(lines, at + 1), 2);
}

const isRule = (line: string): boolean => /^[-–—_=]{5,}$/.test(line);

const isOriginalMessage = (line: string): boolean =>
  /^[-–—_=]{2,}/.test(line) &&
  line.length < LONGEST_ORIGINAL &&
  ORIGINAL_MESSAGE.test(line.replace(/^[-–—_= ]+|[-–—_=: ]+$/g, ''));

function afterRules({ bare }: Lines, at: number): number {
  let next = at;
  while (next < at + 3 && next < bare.length && (bare[next] === '' || isRule(bare[next]!))) next += 1;
  return next;
}
