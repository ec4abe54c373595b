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

type Begins = ReturnType<typeof begins>;
type Filter = { foundBy?: { $in: string[] }; $and?: Begins[]; $or?: Begins[] };

/** Records with a word that begins so for each word that is asked for, in any order. Nothing asks for all; signs that are no words, for none. */
export function foundByAll(asked: string): Filter {
  if (asked.trim() === '') return {};
  const words = askedWords(asked);
  return words.length === 0 ? { foundBy: { $in: [] } } : { $and: words.map(begins) };
}

/**
 * The same of organisations, where some of the words may be those of an office: what no office is called by is in the name, or at
 * least one word is.
 * @param titles what offices are called
 */
export function foundBesides(asked: string, titles: readonly string[]): Filter {
  const ofName = askedWords(asked).filter((word) => !titles.some((title) => isFoundBy(title, word)));
  if (ofName.length > 0) return { $and: ofName.map(begins) };
  const all = foundByAll(asked);
  return all.$and ? { $or: all.$and } : all;
}

/** Would a record of these names be found by each of the words? */
export function isFoundBy(names: string, asked: string): boolean {
  const own = searchWords(names);
  return askedWords(asked).every((word) => own.some((one) => one.startsWith(word)));
}
