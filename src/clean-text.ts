/** What steers how text is shown, its direction among it. The two joiners are letters to Persian, Hindi and emoji, and stay. */
const STEERING = /(?![\u200c\u200d])\p{Cf}/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const LONGEST_LINE = 500;

/**
 * A name, subject or address that somebody else chose, as one line that shows what it is: without control characters and
 * without those that turn the direction of what stands beside them (Unicode TR 36). At most 500 characters.
 */
export function cleanLine(text: string): string {
  const line = oneLine(text);
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).toWellFormed()}…` : line;
}

const oneLine = (text: string): string => text.replaceAll(STEERING, '').replaceAll(BREAKS, ' ').trim();

const LONGEST_NAME = 200;

/**
 * The last part of a file's name, as such a line, shortened before its extension, by which programs know what it is; `attachment`
 * where nothing is left, or nothing but dots, which are a folder.
 */
export function cleanName(name: string): string {
  const last = oneLine(name.replace(/^.*[/\\]/s, ''));
  const [extension] = /(\.[\p{L}\p{N}]{1,16})?$/u.exec(last)!;
  const stem = last.slice(0, last.length - extension.length).slice(0, LONGEST_NAME - extension.length);
  return /^\.*$/.test(last) ? 'attachment' : `${stem}${extension}`.toWellFormed();
}
