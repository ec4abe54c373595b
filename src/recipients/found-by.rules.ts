import { foldName } from '../organisations/organisation.rules.js';

const MOST_WORDS = 40;
const LONGEST_WORD = 60;

/** The words of names as they are compared: `Éta Plattform: Vorstand` is `eta`, `plattform`, `vorstand`. Each once, at most forty. */
export const searchWords = (names: string): string[] =>
  [...new Set(foldName(names).split(/[^\p{L}\p{N}]+/u))]
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));
