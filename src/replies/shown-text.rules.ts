/** How much of a text a page shows. The rest is a download: a browser takes seconds to lay out a megabyte. */
const SHOWN = 50_000;

/** As much of a text as a page shows, whole lines where it has any, and whether that is not all. */
export function shownText(text: string): { text: string; isCut: boolean } {
  if (text.length <= SHOWN) return { text, isCut: false };
  const end = text.lastIndexOf('\n', SHOWN);
  return { text: text.slice(0, end > SHOWN / 2 ? end : SHOWN).toWellFormed(), isCut: true };
}
