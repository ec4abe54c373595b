import type { Attention } from '../attention/attention.js';
import type { Item } from '../attention/sources.js';
import { wordsOfKind, type Kind } from '../attention/kinds.rules.js';
import { dayInWords, dayOf, instantInWords } from '../dates.js';
import { oneLine, quotedName } from './quoted.js';

/** So many of each kind are written out; a mail of hundreds of lines is read by nobody. */
export const SHOWN = 10;

export type Reader = { name: string; timeZone: string };
export type Written = { subject: string; text: string };

/**
 * The words of a reminder, markdown that reads as plain text too. Times are on the reader's clock.
 * It names recipients and laws and says what is to do; what was written to them, or by them, stays out of it.
 */
export function composeReminder(
  attention: readonly Attention[],
  reader: Reader,
  baseUrl: string,
  now: Date,
): Written {
  const count = attention.reduce((sum, one) => sum + one.count, 0);
  const sections = attention.map(({ kind, items, count }) => {
    const { one, many } = wordsOfKind[kind];
    return section(count, [one, many], {
      lines: items.map((item) => [inOneLine(kind, item, reader.timeZone), `${baseUrl}${item.href}`]),
      more: `${baseUrl}/today/${kind}`,
    });
  });
  return {
    subject:
      count === 1 ? 'One thing is late or waits for you' : `${number(count)} things are late or wait for you`,
    text: [
      `Hello ${oneLine(reader.name)},`,
      `This is what is late or waits for you today, ${dayInWords(dayOf(now, reader.timeZone))}.`,
      ...sections.flat(),
      'Answerable writes to you about this at most once a day, and only when there is something to say.',
    ].join('\n\n'),
  };
}

/** `Example, Chief executive: answer due on 20 November 2026.` */
function inOneLine(kind: Kind, { named, at, day }: Item, zone: string): string {
  const { dated, toDo } = wordsOfKind[kind];
  const on = day ? dayInWords(day) : at ? instantInWords(at, zone) : null;
  return `${quotedName(named)}${on ? `: ${dated} ${on}` : ''}.${toDo && ` ${toDo}`}`;
}

type Lines = { lines: [said: string, link: string][]; more: string; atMost?: number };

/** A sentence and the list below it: at most so many lines, then how many there are beside them. */
export function section(
  count: number,
  [one, many]: [string, string],
  { lines, more, atMost = SHOWN }: Lines,
): string[] {
  if (count === 0) return [];
  const shown = lines.slice(0, atMost);
  if (shown.length === 0) shown.push(['They are listed here:', more]);
  else if (count > shown.length)
    shown.push([`And ${number(count - shown.length)} more. Start from here:`, more]);
  return [
    count === 1 ? one : `${number(count)} ${many}`,
    shown.map(([said, link]) => `- ${said}\n  ${link}`).join('\n'),
  ];
}

export const number = (count: number): string => count.toLocaleString('en-GB');
