/** A longer line is no mark of a quote: nobody's name and address are so long. */
const LONGEST_MARK = 400;

/** A text by its lines, in the ways in which they are looked at. */
export type Lines = {
  whole: string[];
  /** with single spaces of one kind and digits of one kind, without marks of direction and `*` around bold; '' for long and empty ones */
  bare: string[];
  /** how many `>` it begins with, no more than two */
  depth: number[];
};

export const linesOf = (whole: string[]): Lines => ({
  whole,
  bare: whole.map(bareLine),
  depth: depthsOf(whole),
});

export const isBlank = (line: string): boolean => /^[\s\p{Cf}]*$/u.test(line);

/** Printable characters of ASCII without `*`, with single spaces between them: nearly every line. */
const IS_BARE = /^[!-)+-~]+(?: [!-)+-~]+)*$/;

function bareLine(line: string): string {
  if (line.length > LONGEST_MARK) return '';
  if (IS_BARE.test(line)) return line;
  const letters = line.replace(/[\p{Cf}*]/gu, '').replace(/[^\P{Nd}0-9]/gu, '0');
  return letters.replace(/\s+/g, ' ').trim();
}

/** Not every `>` is a quote's: there is the `>From` of an mbox (RFC 4155), the end of a broken address, and `>>> ornament <<<`. */
function depthsOf(lines: string[]): number[] {
  const marks = lines.map((line) => /^[\s\p{Cf}]*([>＞](?:[\s\p{Cf}]*[>＞])?)/u.exec(line)?.[1] ?? '');
  const depths = marks.map((mark) => (mark ? (mark.length > 1 ? 2 : 1) : 0));
  return depths.map((depth, at) => {
    if (depth === 0 || depths[at - 1]) return depth;
    const isFromOfMbox = lines[at]!.startsWith('>From ') && !depths[at + 1];
    const isEndOfAddress = /<(?:https?|mailto):[^<>]*$/.test(lines[at - 1] ?? '');
    const isOrnament = /<<\s*$/.test(lines[at]!.slice(-10));
    return isFromOfMbox || isEndOfAddress || isOrnament ? 0 : depth;
  });
}

/** A line that may be a mark: not empty, not too long, and without `>`. */
export const isText = ({ bare, depth }: Lines, at: number): boolean => Boolean(bare[at]) && depth[at] === 0;

/** A time of the day, and a year or a day in digits, in bare lines. */
export const CLOCK = /\d ?[:.h時点时시] ?\d\d|\d ?[ap]\.?m\b/i;
export const YEAR = /\d{4}|\d[/.-]\d{1,2}/;
