import { cleanLine } from '../clean-text.js';
import { fitted, textWidth } from '../axis/text-width.js';
import { escapeHtml } from '../web/view-helpers.js';

/** What may not stand in XML 1.0 even as a reference, besides the control characters that `cleanLine` takes out. */
const FORBIDDEN = /[\uFFFE\uFFFF]/gu;

/** A line that somebody typed, so that it can stand in an SVG (XML 1.0, 2.2). */
export const inXml = (text: string): string =>
  escapeHtml(cleanLine(text).toWellFormed().replaceAll(FORBIDDEN, ''));

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
