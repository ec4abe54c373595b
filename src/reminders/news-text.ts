import { instantInWords } from '../dates.js';
import { groupBy } from '../group-by.js';
import {
  ends,
  NEWS_FOR_DAYS,
  sourceOf,
  type End,
  type News,
  type SettledItem,
  type Source,
} from './news.rules.js';
import { wordsOf, wordsOfSource } from './news-words.js';
import { oneLine } from './quoted.js';
import { number, section, type Reader, type Written } from './reminder-text.js';

/** So many are written out, replies and what needs a person first. */
const LISTED = 50;

/** Who answered and what came back, then what went. */
const inSubject: readonly End[] = [
  'reply',
  'unplaced',
  'complaint',
  'bounce',
  'left',
  'challenge',
  'sent',
  'held',
  'failed',
  'uncertain',
  'captured',
  'cancelled',
];

/**
 * The words of a mail of news, markdown that reads as plain text too. Times are on the reader's clock.
 * It names recipients and subjects, and why something did not go; what was written, by us or by them, stays out of it.
 */
export function composeNews({ items, older }: News, reader: Reader, baseUrl: string): Written {
  const byEnd = groupBy(items, ({ end }) => end);
  const of = (end: End) => byEnd.get(end) ?? [];
  let left = LISTED;
  const sections = ends.map((end) => {
    const all = of(end);
    const { heading, list } = wordsOf[end];
    const { path } = wordsOfSource[sourceOf(end)];
    const lines = all
      .slice(0, left)
      .map((item): [string, string] => [inOneLine(item, reader.timeZone), `${baseUrl}${path}/${item.id}`]);
    left -= lines.length;
    return section(all.length, heading, { lines, more: `${baseUrl}${list}`, atMost: LISTED });
  });
  const tooOld = olderInWords(older);
  return {
    subject:
      subjectOf(inSubject.map((end) => [end, of(end).length])) || tooOld.map(([said]) => said).join(', '),
    text: [
      `Hello ${oneLine(reader.name)},`,
      'This is what came in, and what follow-ups came to by themselves.',
      ...sections.flat(),
      ...tooOld.flatMap(([said, list]) => [
        `${said}, and no mail could tell you then. See the lists:`,
        `${baseUrl}${list}`,
      ]),
      'Answerable writes to you about this at most once an hour, and only when there is something to say.',
    ].join('\n\n'),
  };
}

/** `2 replies have come in, 3 follow-ups went out, 1 is held` */
function subjectOf(counts: [End, number][]): string {
  const said = counts.filter(([, count]) => count > 0);
  const first = said.find(([end]) => sourceOf(end) === 'follow-up')?.[0];
  return said
    .map(([end, count]) => {
      const form = count === 1 ? 0 : 1;
      const noun = end === first ? [wordsOfSource['follow-up'].noun[form]] : [];
      return [number(count), ...noun, wordsOf[end].brief[form]].join(' ');
    })
    .join(', ');
}

const olderInWords = (older: Record<Source, number>): [said: string, list: string][] =>
  (['mail', 'follow-up'] as const).flatMap((source) => {
    const count = older[source];
    const { noun, older: cameTo, list } = wordsOfSource[source];
    if (count === 0) return [];
    const said = `${count === 1 ? `One ${noun[0]}` : `${number(count)} ${noun[1]}`} ${cameTo} more than ${NEWS_FOR_DAYS} days ago`;
    return [[said, list]];
  });

function inOneLine({ about, subject, at, end, reasons }: SettledItem, zone: string): string {
  const why = end === 'sent' || end === 'captured' || end === 'cancelled' ? [] : reasons;
  const what = subject === null ? about : `${about}: “${subject}”`;
  return oneLine([`${what}, ${instantInWords(at, zone)}.`, ...why].join(' '));
}
