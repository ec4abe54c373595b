import type { WrittenFrom } from './merge-values.js';

const called: Record<keyof WrittenFrom, string> = {
  salutation: 'the salutation',
  organisation: 'the name of the organisation',
  office: 'the title of the office',
  campaign: 'the title of the campaign',
  asks: 'what the campaign asks',
  sender: 'the name of the sender',
};

type Known = { [Word in keyof WrittenFrom]?: string | null };

/** Which words of the records are others than those a mail was written with, by what they are called; none where that is not known. */
export const wordsChanged = (then: Known | null | undefined, now: WrittenFrom): string[] =>
  (Object.keys(called) as (keyof WrittenFrom)[])
    .filter((word) => typeof then?.[word] === 'string' && then[word] !== now[word])
    .map((word) => called[word]);
