const CODE = /(?:^|[\s("':<#;])(?:[45]\d\d(?:[ -]|$)|#?[45]\.\d\.\d{1,3}\b)/;

/**
 * The lines of a report that say what went wrong: those with a reply code and those that name the address, each with the two below.
 * What stands before and after is the same in every report and would mislead: "the mailbox may be full, or ...".
 * @returns on one line, at most 2000 characters
 */
export function wordsAbout(text: string, address: string | null): string {
  const lines = text.split('\n').map((line) => line.slice(0, 600));
  const chosen = new Set<number>();
  lines.forEach((line, at) => {
    const names = address !== null && line.toLowerCase().includes(address);
    if (names || CODE.test(line)) [at, at + 1, at + 2].forEach((one) => chosen.add(one));
  });
  return oneLine(lines.filter((_, at) => chosen.has(at)).join('\n')).slice(0, 2000);
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
