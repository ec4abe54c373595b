import { CLOCK, isText, YEAR, type Lines } from './quote-lines.js';
import { STARTS_WITH_ON, WROTE } from './quote-words.js';

const LONGEST_ATTRIBUTION = 4;
const PARTICLE = /^(?:von|zu|van|de|der|den|di|da|dos|du|la|le|al|el|bin|af|av)$/;

/** "On 3 March 2026 at 14:30, Kim <kim@example.org> wrote:" in whichever order and language, over several lines if it is long. */
export function attributionAt(lines: Lines, at: number): { to: number; isCertain: boolean } | null {
  for (let last = at; last < at + LONGEST_ATTRIBUTION && isText(lines, last); last += 1) {
    if (!isLast(lines.bare[last]!)) continue;
    if (attributionFrom(lines, last) !== at) return null;
    return { to: last + 1, isCertain: isCertain(lines.bare.slice(at, last + 1).join(' ')) };
  }
  return null;
}

/** With a colon, or with dashes as it began. */
const isLast = (line: string): boolean =>
  /[:：]$/.test(line) || (line.startsWith('--') && line.endsWith('--'));

/** The first line of the attribution that ends with this one; -1 when it is none. As few lines as can be: those above may be the person's. */
function attributionFrom(lines: Lines, last: number): number {
  let words = '';
  for (let first = last; first > last - LONGEST_ATTRIBUTION && isText(lines, first); first -= 1) {
    words = `${lines.bare[first]} ${words}`;
    if (saysWhoWrote(words)) return beginsAt(lines, first);
  }
  return -1;
}

function beginsAt(lines: Lines, first: number): number {
  const line = lines.bare[first]!;
  if (beginsWithDate(line)) return first;
  for (const above of [first - 1, first - 2]) {
    if (!isText(lines, above)) break;
    if (beginsWithDate(lines.bare[above]!) && !/[.!?;:…]$/.test(lines.bare[above]!)) return above;
  }
  return beginsWithName(line) ? first : -1;
}

const withoutAddresses = (words: string): string =>
  words
    .split(' ')
    .filter((word) => !word.includes('@'))
    .join(' ');

function saysWhoWrote(words: string): boolean {
  if (words.includes('@')) return WROTE.test(words) || CLOCK.test(withoutAddresses(words));
  return WROTE.test(words) && (/\d/.test(words) || isName(words.split(WROTE)[0]!));
}

/** Six words at most, each with a capital letter as names have, or a particle of names. */
function isName(words: string): boolean {
  const parts = withoutDashes(words).trim().split(' ');
  return (
    parts.length <= 6 && parts.every((part) => /^\p{Lu}[\p{L}\p{M}.'’-]*$/u.test(part) || PARTICLE.test(part))
  );
}

const withoutDashes = (line: string): string => line.replace(/^[-–—_"'“”«[( ]+/, '');

function beginsWithDate(line: string): boolean {
  const words = withoutDashes(line);
  const begins = STARTS_WITH_ON.test(words) || /^(?:[\p{L}\p{M}]{1,12}[.,،]{0,2} ?\(?)?\d/u.test(words);
  return begins && /\d/.test(withoutAddresses(words));
}

/** A name, or a name and its address, without the end of a sentence before it: that would be the person's. */
const beginsWithName = (line: string): boolean =>
  /^(?:[^@.!?<]|(?<!\p{L}{3})\.){0,80}<[^>]*@/u.test(line) ||
  /^[^\s@<]+@/.test(line) ||
  isName(line.split(WROTE)[0]!);

/** Sure enough that what follows without `>` is the quote: the whole of what programs write, with an address and a time. */
function isCertain(words: string): boolean {
  const rest = withoutAddresses(words);
  const hasClock = CLOCK.test(rest);
  const hasYear = YEAR.test(rest);
  if (!words.includes('@')) return words.startsWith('--') && hasClock && hasYear && WROTE.test(rest);
  if (WROTE.test(rest)) return (hasClock && hasYear) || (STARTS_WITH_ON.test(rest) && (hasClock || hasYear));
  return hasClock && hasYear && endsWithAddress(words);
}

function endsWithAddress(words: string): boolean {
  const end = words.slice(Math.max(words.lastIndexOf('<'), words.lastIndexOf('(')));
  return end.includes('@') && /^[<(]\S+[>)] ?[:：]$/.test(end);
}
