import { z } from 'zod';
import { instantOf, isDay, isTime } from '../dates.js';
import { asSoonAs, choice, text } from '../web/form.js';

const subject = text('Write a subject.', 300);
const body = text('Write the text of the mail.', 50_000);

export const templateForm = z.object({ name: text('Give the template a name.'), subject, body });
export type TemplateForm = z.infer<typeof templateForm>;

const when = {
  date: text('Enter the day on which it is to be sent.').refine(
    isDay,
    'Enter the day as a date such as 2026-11-30.',
  ),
  time: text('Enter the time at which it is to be sent.').refine(isTime, 'Enter a time such as 10:30.'),
};

/** The date and time are the recipient's own clock; `zone` names it. */
export function followUpForm(zone: string, now: Date) {
  const instant = ({ date, time }: { date: string; time: string }) => instantOf(date, time, zone);
  return z
    .object({ subject, body, ...when })
    .refine(instant, {
      path: ['time'],
      error: 'The clocks go forward over that time there, so it does not exist. Choose another one.',
      when: asSoonAs(when),
    })
    .refine((form) => (instant(form)?.getTime() ?? Infinity) > now.getTime(), {
      path: ['date'],
      error: 'That time has passed where the recipient is. Choose a later one.',
      when: asSoonAs(when),
    })
    .transform((form) => ({ subject: form.subject, body: form.body, dueAt: instant(form)! }));
}
export type FollowUpForm = z.infer<ReturnType<typeof followUpForm>>;

export const resolutionForm = z.object({
  outcome: choice(['went', 'did not go'], 'Choose what the mail server’s log shows.'),
});
export const approvalForm = z.object({ contentHash: z.string() });
