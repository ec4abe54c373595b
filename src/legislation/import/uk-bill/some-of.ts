import { withCommas } from '../../../with-commas.js';

const NAMED = 5;

/** `1 stage`, `1,200 stages`: for words that take an s */
export const howMany = (count: number, word: string): string =>
  `${withCommas(count)} ${word}${count === 1 ? '' : 's'}`;

/** The first few of many names: `A; B; C; D; E; and 3 more` */
export const someOf = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join('; ')}; and ${names.length - NAMED} more`
    : names.join('; ');
