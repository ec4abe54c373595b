/** Machines say what they are at once; more of a text is not looked at. */
const READ = 4000;

/**
 * A text in a form in which its wording can be compared: small letters without accents, plain quotes, single spaces. Many people,
 * and more machines, leave accents away. Only how it begins.
 */
export const plainWords = (text: string): string => plain(text.slice(0, READ));

/** The same of how it ends. */
export const plainEnding = (text: string): string => plain(text.slice(-READ));

const plain = (text: string): string =>
  (isAscii(text) ? text.toLowerCase() : plainLetters(text.normalize('NFKD').toLowerCase()))
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(WHITE_SPACE, ' ')
    .trim();

/** Whatever is not one space already, as nearly all of it is. */
const WHITE_SPACE = /[^\S ]\s*| \s+/g;

/** Such a text, as most are, has no accents. */
const isAscii = (text: string): boolean => /^[^\u0080-\uffff]*$/.test(text);

/**
 * One pattern for all these phrases, to be tried on plain words. They are written in small letters; accents may stay on them.
 * `…` stands for up to six words.
 */
export const phrases = (...sources: readonly string[]): RegExp =>
  new RegExp(
    sources.map((source) => `(?:${source.split('…').map(plainSource).join(FEW_WORDS)})`).join('|'),
    'u',
  );

const FEW_WORDS = '(?:[^\\s.!?]{1,40} ){0,6}?';
const plainSource = (source: string): string => plainLetters(source.normalize('NFKD'));

/** Letters that Unicode does not take apart into a letter and a mark. */
const letters: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };
const plainLetters = (text: string): string =>
  text.replaceAll(/\p{M}/gu, '').replaceAll(/[ßøłæœđı]/g, (letter) => letters[letter]!);
