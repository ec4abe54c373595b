import { oneLine, quoted } from '../reminders/quoted.js';
import type { Reader, Written } from '../reminders/reminder-text.js';
import { whenInWords } from '../when.js';
import type { ReadTrigger } from './read-trigger.js';

/** The mail that a trigger sends to staff, markdown that reads as plain text too. What a source said never becomes a link. */
export function composeStaffReminder(
  { trigger, track, milestone }: ReadTrigger,
  reader: Reader,
  baseUrl: string,
): Written {
  const name = quoted(milestone!.title);
  const { happenedOn, expectedOn } = milestone!;
  const dated = happenedOn
    ? `happened: ${whenInWords(happenedOn)}`
    : `is expected: ${whenInWords(expectedOn ?? '')}`;
  return {
    subject: `${name}: a reminder`,
    text: [
      `Hello ${oneLine(reader.name)},`,
      `“${name}” of ${quoted(track!.title)} ${dated}. For that day somebody asked to have you told:`,
      trigger.text,
      'What this comes from:',
      `${baseUrl}/triggers/${String(trigger._id)}`,
    ].join('\n\n'),
  };
}
