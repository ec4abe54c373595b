import { subjectOf } from '../replies/subject.js';

type Words = { subject: string; text: string; cadence?: unknown };

/**
 * Do two mails to the same recipient say the same? Their text decides, and their subjects as they are without `Re:`, `Fwd:` and
 * the like. A step of a cadence has the subject of its thread, so there the text alone decides.
 */
export const isSameText = (a: Words, b: Words): boolean =>
  wordsOf(a.text) === wordsOf(b.text) &&
  (Boolean(a.cadence) || Boolean(b.cadence) || subjectOf(a.subject) === subjectOf(b.subject));

/** What is only broken into lines in another way, or in other letters large and small, says the same. */
export const wordsOf = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
