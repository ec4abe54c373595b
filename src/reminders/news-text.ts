import { instantInWords } from '../dates.js';
import { groupBy } from '../group-by.js';
import { ends, NEWS_FOR_DAYS, type End, type News, type SettledItem } from './news.rules.js';
import { number, oneLine, section, type Reader, type Written } from './reminder-text.js';

/** So many follow-ups are written out, those that need a person first. */
const LISTED = 50;

type Words = { heading: [one: string, many: string]; brief: [one: string, many: string]; list: string };

const wordsOf: Record<End, Words> = {
  uncertain: {
    heading: [
      'One follow-up may have gone, or not. Find out before anything is sent again:',
      'follow-ups may have gone, or not. Find out before anything is sent again:',
    ],
    brief: ['is uncertain', 'are uncertain'],
    list: 'attention',
  },
  held: {
    heading: ['One follow-up is held until you decide:', 'follow-ups are held until you decide:'],
    brief: ['is held', 'are held'],
    list: 'attention',
  },
  failed: {
    heading: ['One follow-up failed. Decide what to do:', 'follow-ups failed. Decide what to do:'],
    brief: ['failed', 'failed'],
    list: 'attention',
  },
  sent: {
    heading: ['One follow-up went out:', 'follow-ups went out:'],
    brief: ['went out', 'went out'],
    list: 'gone',
  },
  captured: {
    heading: [
      'One follow-up was captured in the outbox and went to nobody:',
      'follow-ups were captured in the outbox and went to nobody:',
    ],
    brief: ['was captured', 'were captured'],
    list: 'gone',
  },
  cancelled: {
    heading: [
      'One follow-up was cancelled because they answered:',
      'follow-ups were cancelled because they answered:',
    ],
    brief: ['was cancelled', 'were cancelled'],
    list: 'cancelled',
  },
};

const inSubject: readonly End[] = ['sent', 'held', 'failed', 'uncertain', 'captured', 'cancelled'];

/**
 * The words of a mail of news, markdown that reads as plain text too. Times are on the reader's clock.
 * It names recipients and subjects, and why something did not go; what was written stays out of it.
 */
export function composeNews({ items, older }: News, reader: Reader, baseUrl: string): Written {
  const byEnd = groupBy(items, ({ end }) => end);
  const of = (end: End) => byEnd.get(end) ?? [];
  let left = LISTED;
  const sections = ends.map((end) => {
    const all = of(end);
    const lines = all
      .slice(0, left)
      .map((item): [string, string] => [
        inOneLine(item, reader.timeZone),
        `${baseUrl}/follow-ups/${item.id}`,
      ]);
    left -= lines.length;
    const more = `${baseUrl}/follow-ups?list=${wordsOf[end].list}`;
    return section(all.length, wordsOf[end].heading, { lines, more, atMost: LISTED });
  });
  return {
    subject: subjectOf(inSubject.map((end) => [end, of(end).length])) || olderInWords(older),
    text: [
      `Hello ${oneLine(reader.name)},`,
      'This is what follow-ups came to by themselves.',
      ...sections.flat(),
      ...(older > 0
        ? [`${olderInWords(older)}, and no mail could tell you then. See the lists:`, `${baseUrl}/follow-ups`]
        : []),
      'Answerable writes to you about this at most once an hour, and only when there is something to say.',
    ].join('\n\n'),
  };
}

/** `3 follow-ups went out, 1 is held` */
function subjectOf(counts: [End, number][]): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([end, count], i) => {
      const noun = i > 0 ? '' : count === 1 ? ' follow-up' : ' follow-ups';
      return `${number(count)}${noun} ${wordsOf[end].brief[count === 1 ? 0 : 1]}`;
    })
    .join(', ');
}

const olderInWords = (count: number): string =>
  `${count === 1 ? 'One follow-up' : `${number(count)} follow-ups`} came to an end more than ${NEWS_FOR_DAYS} days ago`;

function inOneLine({ recipient, subject, at, end, reasons }: SettledItem, zone: string): string {
  const why = end === 'sent' || end === 'captured' || end === 'cancelled' ? [] : reasons;
  const said = [`${recipient}: “${subject || 'No subject yet'}”, ${instantInWords(at, zone)}.`, ...why];
  return oneLine(said.join(' '));
}
