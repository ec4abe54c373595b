import { hasLeft, turnTo } from './words/leaving.js';
import { plainWords } from './words/phrases.js';

export type Successor = { name?: string; address?: string };

/** Nobody needs more words to say this, and a long mail says other things. */
const LONGEST = 4000;

const address = /[\p{L}\d._%+'-]{1,64}@[\p{L}\d.-]{1,190}\.\p{L}{2,24}/u;
const nameWord = "\\p{Lu}[\\p{L}'’.-]{1,30}";
const particle = '(?:van|von|vom|zu|de|der|den|da|di|do|dos|du|la|le|del|bin|ibn|al|el|af|ten|ter) ';
const fullName = new RegExp(`${nameWord}(?: (?:${particle}){0,2}${nameWord}){1,3}`, 'gu');
const givenName = new RegExp(`(?<=\\p{Ll} )(${nameWord})[ ,:(<[]{1,3}(?:\\p{Ll}{1,8} ){0,3}[(<[]?$`, 'u');
const courtesy = /^(?:Mr|Mrs|Ms|Miss|Mx|Herrn?|Frau|Monsieur|Madame|Mme|M|Sr|Sra|Dr|Prof|Sig|Dhr|Mevr)\.? /;

/**
 * Does an automatic answer say that somebody has left for good, and who is there instead? For auto-replies only: people write of
 * others who left.
 * @param words its new words, as they stand there
 * @returns `successor` null where nobody is named; an address in small letters
 */
export function leaverIn(words: string): { isGone: boolean; successor: Successor | null } {
  const text = words.slice(0, LONGEST);
  const isGone = hasLeft.test(plainWords(text));
  return { isGone, successor: isGone ? successorIn(text) : null };
}

function successorIn(text: string): Successor | null {
  const sentences = sentencesOf(text);
  for (const [at, sentence] of sentences.entries()) {
    if (!turnTo.test(plainWords(sentence))) continue;
    // "Please contact:" and on the next line who
    const successor =
      namedIn(sentence) ?? (/[:：]$/.test(sentence) ? namedIn(sentences[at + 1] ?? '') : null);
    if (successor) return successor;
  }
  return null;
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?。！？])\s+(?=\P{Ll})|(?<=[。！？])|\n\s*\n/u)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);

function namedIn(sentence: string): Successor | null {
  const found = address.exec(sentence);
  const before = found ? sentence.slice(0, found.index) : sentence;
  const name = nameIn(before);
  if (!found) return name ? { name } : null;
  return { ...(name ? { name } : {}), address: found[0].toLowerCase() };
}

/** The first full name, or else the given name right before an address. */
function nameIn(words: string): string | undefined {
  const names = [...words.matchAll(fullName)].map(([name]) => withoutTitles(name));
  const given = givenName.exec(words)?.[1] ?? '';
  return (
    names.find((name) => name.includes(' ')) ??
    (noName.test(plainWords(given)) ? undefined : given || undefined)
  );
}

/** Words with a capital that are nobody's name. */
const noName = /^(?:please|kindly|bitte|lutfen|merci|veuillez|sie|ihnen|you|him|her|us|uns)$/;

const isName = (word: string): boolean => !turnTo.test(plainWords(word)) && !noName.test(plainWords(word));

/** Without Mr and Frau, and without a first word that only says what the person is to us: "Nachfolgerin Erika Muster". */
function withoutTitles(name: string): string {
  const words = name.replace(courtesy, '').split(' ');
  while (words.length > 1 && !isName(words[0]!)) words.shift();
  return words
    .join(' ')
    .replace(courtesy, '')
    .replace(/[.,]+$/, '');
}
