/** Widths in parts of the font size; the widest sign of each group in DejaVu Sans counts for all of it. */
const widths: [RegExp, number][] = [
  [/[ijlIJ.,:;'’|! ]/, 0.34],
  [/[frt()[\]/-]/, 0.42],
  [/[a-eghknopqsu-vx-z0-9]/, 0.64],
  [/[A-HK-LN-VX-Z&]/, 0.79],
];
const WIDEST = 1.05;

/**
 * About how wide a line of text is, in pixels, at a font size in pixels: rather too wide than too narrow. DejaVu Sans is
 * the widest of the usual system fonts, so labels laid out by it keep apart in the others as well.
 */
export const textWidth = (text: string, fontSize: number): number =>
  Array.from(text).reduce((sum, sign) => sum + widthOf(sign), 0) * fontSize;

/** The same few signs are measured again and again. */
const measured = new Map<string, number>();

function widthOf(sign: string): number {
  const known = measured.get(sign);
  if (known !== undefined) return known;
  const width = widths.find(([signs]) => signs.test(sign))?.[1] ?? WIDEST;
  measured.set(sign, width);
  return width;
}

/** As much of a line as fits into so many pixels, with an ellipsis where something is left out. */
export function fitted(line: string, width: number, fontSize: number): string {
  if (textWidth(line, fontSize) <= width) return line;
  const signs = Array.from(line);
  let fits = 0;
  for (let used = textWidth('…', fontSize); fits < signs.length; fits += 1) {
    used += textWidth(signs[fits]!, fontSize);
    if (used > width) break;
  }
  return `${signs.slice(0, fits).join('').trimEnd()}…`;
}
