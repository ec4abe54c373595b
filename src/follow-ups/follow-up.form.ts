import { z } from 'zod';
import { instantOf, isDay, isTime } from '../dates.js';
import { choice, text } from '../web/form.js';

const subject = text('Write a subject.', 300);
const body = text('Write the text of the mail.', 50_000);

export const templateForm = z.object({ name: text('Give the template a name.'), subject, body });
export type TemplateForm = z.infer<typeof templateForm>;

/** The date and time are the recipient's own clock; `zone` names it. */
export const followUpForm = (zone: string, now: Date) =>
  z
    .object({
      subject,
      body,
      date: text('Enter the day on which it is to be sent.').refine(
        isDay,
        'Enter the day as a date such as 2026-11-30.',
      ),
      time: text('Enter the time at which it is to be sent.').refine(isTime, 'Enter a time such as 10:30.'),
    })
    .transform(({ date, time, ...texts }, context) => {
      const dueAt = instantOf(date, time, zone);
      const problem = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [field], message });
      if (!dueAt)
        problem(
          'time',
          'The clocks go forward over that time there, so it does not exist. Choose another one.',
        );
      else if (dueAt <= now)
        problem('date', 'That time has passed where the recipient is. Choose a later one.');
      return { ...texts, dueAt: dueAt ?? now };
    });
export type FollowUpForm = z.infer<ReturnType<typeof followUpForm>>;

export const resolutionForm = z.object({
  outcome: choice(['went', 'did not go'], 'Choose what the mail server’s log shows.'),
});
export const approvalForm = z.object({ contentHash: z.string() });
