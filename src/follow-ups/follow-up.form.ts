import { z } from 'zod';
import { dateAndTime, dayInWords, instantOf, isDay, isTime } from '../dates.js';
import { isInWindow, nextInWindow, windowInWords, type SendingWindow } from '../sending-window.js';
import { holidayOn, type Place } from '../working-days.js';
import { asSoonAs, choice, objectId, several, text } from '../web/form.js';
import { APPROVALS_A_PAGE } from './approval.rules.js';
import { resolutions } from './follow-up.rules.js';

const subject = text('Write a subject.', 300);
const body = text('Write the text of the mail.', 50_000);

/** The number of a version in a hidden field; 0 where there is none, or something else was sent. */
const version = z
  .string()
  .regex(/^\d{1,6}$/)
  .catch('0')
  .transform(Number);

/** The template that a follow-up is planned from, in a hidden field; empty where there is none. */
const template = objectId('').catch('');

export const templateForm = z.object({ name: text('Give the template a name.'), subject, body, version });
export type TemplateForm = z.infer<typeof templateForm>;

/** Attachments that are to be taken away, by the id of their file. */
const remove = several();

const when = {
  date: text('Enter the day on which it is to be sent.').refine(
    isDay,
    'Enter the day as a date such as 2026-11-30.',
  ),
  time: text('Enter the time at which it is to be sent.').refine(isTime, 'Enter a time such as 10:30.'),
};

/** The date and time are the recipient's own clock. */
export function followUpForm(place: Place, window: SendingWindow, now: Date) {
  const instant = ({ date, time }: { date: string; time: string }) => instantOf(date, time, place.timeZone);
  return z
    .object({ subject, body, ...when, template, templateVersion: version, remove })
    .refine(instant, {
      path: ['time'],
      error: 'The clocks go forward over that time there, so it does not exist. Choose another one.',
      when: asSoonAs(when),
    })
    .refine((form) => !isOver(instant(form), now), {
      path: ['date'],
      error: 'That time has passed where the recipient is. Choose a later one.',
      when: asSoonAs(when),
    })
    .refine((form) => !isFar(instant(form), now), {
      path: ['date'],
      error: 'That is more than two years away. Look at the year once more.',
      when: asSoonAs(when),
    })
    .refine((form) => isOver(instant(form), now) || isInWindow(instant(form) ?? now, place, window), {
      path: ['time'],
      error: ({ input }) => outsideWindow(instant(input as { date: string; time: string })!, place, window),
      when: asSoonAs(when),
    })
    .transform((form) => ({
      subject: form.subject,
      body: form.body,
      dueAt: instant(form)!,
      ...(form.remove.length > 0 && { remove: form.remove }),
      ...(form.template ? { source: { template: form.template, version: form.templateVersion } } : {}),
    }));
}

/** What has passed is said once: the next time after it may have passed as well. */
const isOver = (instant: Date | null, now: Date): boolean => instant !== null && instant <= now;

/** Most likely a slip of the hand: nobody’s words of today are meant for then. */
const isFar = (instant: Date | null, now: Date): boolean =>
  instant !== null && instant.getTime() - now.getTime() > 2 * 365.25 * 86_400_000;

/** `Follow-ups leave Monday to Friday …, where they are. The next time is 30 November 2026, 09:00.` */
function outsideWindow(instant: Date, place: Place, window: SendingWindow): string {
  const { date, time } = dateAndTime(nextInWindow(instant, place, window), place.timeZone);
  const holiday = holidayOn(dateAndTime(instant, place.timeZone).date, place);
  const why = holiday && !window.everyDay ? `That day is no working day there: ${holiday}. ` : '';
  return `${why}Follow-ups of this campaign leave ${windowInWords(window)}, where they are. The next time is ${dayInWords(date)}, ${time}.`;
}

export type FollowUpForm = z.infer<ReturnType<typeof followUpForm>>;

export const resolutionForm = z.object({
  outcome: choice(resolutions, 'Choose what the mail server’s log shows.'),
});
export const approvalForm = z.object({ seenHash: z.string() });

/** The ticked messages of one page, each its id and the hash of what was shown. */
export const approvalsForm = z.object({
  approve: several()
    .pipe(
      z
        .array(
          z
            .string()
            .regex(
              /^[0-9a-f]{24} [0-9a-f]{64}$/,
              'These are not messages of this page. Tick them once more.',
            ),
        )
        .min(1, 'Tick the messages that you have read and approve.')
        .max(APPROVALS_A_PAGE, `Approve at most ${APPROVALS_A_PAGE} at once.`),
    )
    .transform((ticked) => new Map(ticked.map((one) => one.split(' ') as [string, string]))),
});
