import { DateTime } from 'luxon';

export type JobRequest = { name: string; now: Date | null };
type Answer = { said: string; status: 0 | 2 };

/** Reads `NAME [--now ISO-INSTANT]`. @returns what to run; or what to say instead, and the exit status to say it with */
export function readRequest(words: readonly string[], names: readonly string[]): JobRequest | Answer {
  const [name, flag, instant, ...more] = words;
  if (name === undefined || name === '--help' || name === '-h') {
    return {
      said: `Usage: bin/job NAME [--now ISO-INSTANT]\n\n${names.map((one) => `  ${one}`).join('\n')}`,
      status: 0,
    };
  }
  if (!names.includes(name))
    return refused(`There is no job called ${name}. There are: ${names.join(', ')}.`);
  if (flag === undefined) return { name, now: null };
  if (flag !== '--now' || more.length > 0)
    return refused('After the name only --now and an instant are understood.');
  const now = instantOf(instant ?? '');
  return now
    ? { name, now }
    : refused(`${instant ? `${instant} is not` : '--now needs'} an instant such as 2026-11-24T08:00:00Z.`);
}

const refused = (said: string): Answer => ({ said, status: 2 });

/** An instant says where on earth it is meant: it ends in Z or an offset. */
function instantOf(text: string): Date | null {
  if (!/T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text)) return null;
  const instant = DateTime.fromISO(text);
  return instant.isValid ? instant.toJSDate() : null;
}
