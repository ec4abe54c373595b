const CODE = /(?:^|[\s("':<#;])(?:[45]\d\d(?:[ -]|$)|#?[45]\.\d\.\d{1,3}\b)/;

/**
 * The lines of a report that say what went wrong: those with a reply code, with their neighbours, and those that name the address,
 * with what follows up to the next blank line. What else stands in it is the same in every report and would mislead: "the mailbox
 * may be full, or ...".
 * @returns on one line, at most 2000 characters
 */
export function wordsAbout(text: string, address: string | null): string {
  const lines = text.split('\n').map((line) => line.slice(0, 600));
  const chosen = new Set<number>();
  lines.forEach((line, at) => {
    const names = address !== null && line.toLowerCase().includes(address);
    const end = names ? endOfBlock(lines, at) : CODE.test(line) ? at + 2 : -1;
    for (let one = at - 1; one <= end; one += 1) chosen.add(one);
  });
  return oneLine(lines.filter((_, at) => chosen.has(at)).join('\n')).slice(0, 2000);
}

function endOfBlock(lines: readonly string[], at: number): number {
  const blank = lines.findIndex((line, one) => one > at + 2 && !line.trim());
  return Math.min(blank === -1 ? lines.length : blank, at + 8);
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
