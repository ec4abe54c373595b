import { foldName } from './organisation.rules.js';

const MOST_WORDS = 40;
const LONGEST_WORD = 60;
const MOST_ASKED = 6;

/** The words of names as they are compared: `Éta Plattform: Vorstand` is `eta`, `plattform`, `vorstand`. Each once, at most forty. */
export const searchWords = (names: string): string[] =>
  [...new Set(foldName(names).split(/[^\p{L}\p{N}]+/u))]
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));

/** What an organisation is sorted and found by: copies of its name. */
export const namedAs = (name: string) => ({ nameFolded: foldName(name), foundBy: searchWords(name) });

/** The longest first: it is the rarest. */
const askedWords = (asked: string): string[] =>
  searchWords(asked)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_ASKED);

const begins = (word: string) => ({ foundBy: { $elemMatch: { $gte: word, $lt: `${word}\u{10FFFF}` } } });

/** A filter from the words that are asked for. Nothing asks for all; signs that are no words, for none. */
function filterFrom<F>(asked: string, filterOf: (words: ReturnType<typeof begins>[]) => F) {
  if (asked.trim() === '') return {};
  const words = askedWords(asked);
  return words.length === 0 ? { foundBy: { $in: [] as string[] } } : filterOf(words.map(begins));
}

/** Records with a word that begins so for each word that is asked for, in any order. */
export const foundByAll = (asked: string) => filterFrom(asked, ($and) => ({ $and }));

/** Records with a word that begins so for at least one of these. */
export const foundByAny = (asked: string) => filterFrom(asked, ($or) => ({ $or }));

/** Would a record of these names be found by each of the words? */
export function isFoundBy(names: string, asked: string): boolean {
  const own = searchWords(names);
  return askedWords(asked).every((word) => own.some((one) => one.startsWith(word)));
}
