import { cleanLine } from '../../../clean-text.js';

/** What a source wrote, as one line of plain text that a field of `longest` characters can hold; `otherwise` when nothing is left. */
export function shortLine(text: string | null, longest: number, otherwise = ''): string {
  const line = cleanLine(text ?? '').replaceAll(/\s+/g, ' ') || otherwise;
  return line.length > longest
    ? `${line
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line;
}
