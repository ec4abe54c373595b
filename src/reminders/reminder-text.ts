import { dayInWords, dayOf, instantInWords } from '../dates.js';
import { countItems, type LateItems, type WaitingFollowUp, type WaitingMail } from './reminder.rules.js';

/** So many of each kind are written out; a mail of hundreds of lines is read by nobody. */
const SHOWN = 10;

export type Reader = { name: string; timeZone: string };
export type Written = { subject: string; text: string };

/**
 * The words of a reminder, markdown that reads as plain text too. Times are on the reader's clock.
 * It names recipients and laws and says what is to do; what was written to them, or by them, stays out of it.
 */
export function composeReminder(items: LateItems, reader: Reader, baseUrl: string, now: Date): Written {
  const { mail, answers, acknowledgements, followUps, milestones } = items;
  const count = countItems(items);
  const sections = [
    ...mailSections(mail, baseUrl),
    section(followUps.length, ['One follow-up waits for you:', 'follow-ups wait for you:'], {
      lines: followUps.map((one) => [
        `${oneLine(one.recipient)}. ${whatToDo(one, reader.timeZone)}`,
        `${baseUrl}/follow-ups/${one.id}`,
      ]),
      more: `${baseUrl}/`,
    }),
    section(answers.length, ['One answer is late:', 'answers are late:'], {
      lines: answers.map((one) => [
        `${oneLine(one.recipient)}. The answer was due on ${dayInWords(one.answerDueOn)}${one.isVeryLate ? ' and is very late' : ''}.`,
        `${baseUrl}/recipients/${one.id}`,
      ]),
      more: `${baseUrl}/`,
    }),
    section(acknowledgements.length, ['One acknowledgement is missing:', 'acknowledgements are missing:'], {
      lines: acknowledgements.map((one) => [
        `${oneLine(one.recipient)}. It was expected by ${dayInWords(one.expectedBy)}, and nobody there has said a word.`,
        `${baseUrl}/recipients/${one.id}`,
      ]),
      more: `${baseUrl}/`,
    }),
    section(
      milestones.length,
      ['One step in legislation whose day has passed:', 'steps in legislation whose day has passed:'],
      {
        lines: milestones.map((one) => [
          `${oneLine(one.track)}: ${oneLine(one.title)}. It was expected on ${dayInWords(one.expectedOn)}. Has it happened?`,
          `${baseUrl}${one.path}`,
        ]),
        more: `${baseUrl}/legislation`,
      },
    ),
  ];
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

function mailSections(mail: readonly WaitingMail[], baseUrl: string): string[][] {
  const unread = mail.filter(({ toBe }) => toBe === 'read');
  const unplaced = mail.filter(({ toBe }) => toBe === 'placed');
  const line = (from: string, { id, cameOn }: WaitingMail): [string, string] => [
    `${oneLine(from)}. It came on ${dayInWords(cameOn)}.`,
    `${baseUrl}/incoming-mail/${id}`,
  ];
  return [
    section(
      unread.length,
      [
        'One reply waits to be read, and nothing is sent to them before:',
        'replies wait to be read, and nothing is sent to them before:',
      ],
      {
        lines: unread.map((one) => line(one.from ?? 'A recipient', one)),
        more: `${baseUrl}/inbox?list=to%20read`,
      },
    ),
    section(
      unplaced.length,
      [
        'One message in the inbox waits for you to say whose it is:',
        'messages in the inbox wait for you to say whose they are:',
      ],
      {
        lines: unplaced.map((one) =>
          line(one.from === null ? 'Nobody is suggested' : `Perhaps ${one.from}`, one),
        ),
        more: `${baseUrl}/inbox`,
      },
    ),
  ];
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

function whatToDo({ state, dueAt }: WaitingFollowUp, zone: string): string {
  const due = instantInWords(dueAt, zone);
  if (state === 'planned')
    return `It was to leave on ${due} and is not approved. Approve it, or give it a new time.`;
  if (state === 'held') return `It was to leave on ${due} and is held. See why, then decide.`;
  if (state === 'failed')
    return `It was to leave on ${due} and could not be sent. See what the mail server said.`;
  return `It was to leave on ${due}, and it is not certain that it did. Check before anything is sent again.`;
}

/** A name with a line break in it must not begin a line of its own. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

export const number = (count: number): string => count.toLocaleString('en-GB');
