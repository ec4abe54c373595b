/** How long, in days, a bounce counts. */
export const BOUNCES_COUNT_FOR_DAYS = 35;

const MOST_HARD = 2;
const MOST_SOFT = 5;

/**
 * Have so many mails to an address come back that it is not to be written to any more? Two that say that it will never work, or
 * five that say that it did not work this time.
 * @param hard of each bounce of the last five weeks, whether it was hard
 * @returns a sentence, or null
 */
export function isEnoughBounces(hard: readonly boolean[]): string | null {
  const hardOnes = hard.filter(Boolean).length;
  if (hardOnes >= MOST_HARD) return `${hardOnes} mails to it came back for good within five weeks.`;
  const softOnes = hard.length - hardOnes;
  if (softOnes >= MOST_SOFT) return `${softOnes} mails to it came back within five weeks.`;
  return null;
}
