import { cleanLine } from '../clean-text.js';
import { textWidth } from '../dashboard/text-width.js';
import { escapeHtml } from '../web/view-helpers.js';

/** What may not stand in XML 1.0 even as a reference, besides the control characters that `cleanLine` takes out. */
const FORBIDDEN = /[\uFFFE\uFFFF]/gu;

/** A line that somebody typed, so that it can stand in an SVG (XML 1.0, 2.2). */
export const inXml = (text: string): string =>
  escapeHtml(cleanLine(text).toWellFormed().replaceAll(FORBIDDEN, ''));

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

/** A text in lines of at most so many pixels; what does not fit into the last of them is left out. */
export function wrapped(text: string, width: number, fontSize: number, mostLines: number): string[] {
  const lines: string[] = [];
  for (const word of cleanLine(text).split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (textWidth(longer, fontSize) <= width || lines.length === mostLines))
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => fitted(line, width, fontSize));
}
