/** What steers how text is shown, its direction among it. The two joiners are letters to Persian, Hindi and emoji, and stay. */
const STEERING = /(?![\u200c\u200d])\p{Cf}/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const LONGEST_LINE = 500;

/**
 * A name, subject or address that somebody else chose, as one line that shows what it is: without control characters and
 * without those that turn the direction of what stands beside them (Unicode TR 36). At most 500 characters.
 */
export function cleanLine(text: string): string {
  const line = text.replaceAll(STEERING, '').replaceAll(BREAKS, ' ').trim();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).toWellFormed()}…` : line;
}

/** The last part of a file's name, as such a line; `attachment` where nothing is left, or nothing but dots, which are a folder. */
export function cleanName(name: string): string {
  const last = cleanLine(name.replace(/^.*[/\\]/s, ''))
    .slice(0, 200)
    .toWellFormed();
  return /^\.*$/.test(last) ? 'attachment' : last;
}
