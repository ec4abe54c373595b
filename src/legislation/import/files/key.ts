import { createHash } from 'node:crypto';
import { cleanLine } from '../../../clean-text.js';

const LONGEST_KEY = 300;

/** A key for what its source gives no name: the same for the same words, 32 hexadecimal digits. */
export const keyFrom = (...words: string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);

/** The source's own name for something as a key, or null where it gives none. A very long one is shortened to a hash. */
export function ownKey(name: string): string | null {
  const whole = name.trim();
  return whole.length > LONGEST_KEY ? keyFrom(whole) : cleanLine(whole) || null;
}
