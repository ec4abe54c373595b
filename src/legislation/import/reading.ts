import { cleanLine } from '../../clean-text.js';
import type { Found } from './found.js';

/** What came of reading a source: all of it, or nothing and every mistake as a sentence. */
export type Reading = { ok: true; found: Found } | { ok: false; mistakes: string[] };

export const notRead = (...mistakes: string[]): Reading => ({ ok: false, mistakes });

/** A stage of the procedure of the track that is read for. */
export type KnownStage = { id: string; name: string };

const plain = (words: string): string => cleanLine(words).toLowerCase();

/** The id of the stage that goes by these words, its id or its name in any case; `other` for the word itself; or null. */
export function stageCalled(words: string, stages: readonly KnownStage[]): string | null {
  const wanted = plain(words);
  const stage =
    stages.find(({ id }) => plain(id) === wanted) ?? stages.find(({ name }) => plain(name) === wanted);
  return stage?.id ?? (wanted === 'other' ? 'other' : null);
}

/** Laws before and after are none of ours: a year outside of these is a slip of somebody's hand. */
export const isLikelyYear = (day: string): boolean => {
  const year = Number(day.slice(0, 4));
  return year >= 1900 && year <= 2199;
};

const LONGEST_LINK = 2000;

/** A web address (http or https) as a browser would write it, relative to another where that is given; else empty. */
export function webAddress(link: string, base?: string): string {
  try {
    const { protocol, href } = new URL(link.trim(), base || undefined);
    return /^https?:$/.test(protocol) && href.length <= LONGEST_LINK ? href : '';
  } catch {
    return '';
  }
}
