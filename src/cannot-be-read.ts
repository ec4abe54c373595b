/** Why a file that somebody named cannot be read, as a sentence. */
export function cannotBeRead(file: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `${file} cannot be read: ${reasons[code] ?? message}`;
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'it is a directory.',
  EACCES: 'this account may not open it.',
};
