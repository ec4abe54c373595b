import { addressesIn } from '../../mail/address-in-text.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { withoutBanner } from './banner.js';
import { subjectOf } from './daemon-words.js';
import { FAILED } from './delivery-words.js';
import { isFromWritingProgram } from './machine-signs.js';
import { oneLine } from './words-about.js';

/** More is not needed to name an address twice. */
const LONGEST = 1000;
const RULE = /^[ \t]*[*=_#-]{8,}[ \t]*$/m;

/**
 * Is it the notice of a gateway that leaves no sign in its header? Its subject says that something was not delivered, and all of its text
 * are two sentences between lines drawn across, in two languages, each of which ends in the same address. A person who writes to
 * us in two languages has more to say.
 */
export function isToldTwice(message: ReadMessage): boolean {
  if (!FAILED.test(subjectOf(message)) || isFromWritingProgram(message.headers)) return false;
  const text = withoutBanner(plainText(message));
  if (text.length > LONGEST) return false;
  const told = text.split(RULE).map(oneLine).filter(Boolean);
  const [first, second] = told.map(addressAtEnd);
  return (
    told.length === 2 && told[0] !== told[1] && Boolean(first) && first === second && told.every(isFailure)
  );
}

function addressAtEnd(words: string): string | null {
  const [found, ...more] = addressesIn(words);
  const isLast = found && more.length === 0 && words.slice(found.at + found.address.length).length < 2;
  return isLast ? found.address : null;
}

const isFailure = (words: string): boolean => words.length < 200 && FAILED.test(words);
