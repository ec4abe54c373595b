import { z } from 'zod';
import { choice, email, several, text, timeZone } from '../web/form.js';
import { PASSWORD_MIN_LENGTH, roles } from './user.rules.js';

const newPassword = z
  .string('Choose a password.')
  .min(
    PASSWORD_MIN_LENGTH,
    `Choose a password of at least ${PASSWORD_MIN_LENGTH} characters. Three words nobody would put together make a good one.`,
  )
  .max(1000, 'Please keep this to 1,000 characters.');

const repeated = { password: newPassword, passwordAgain: z.string('Type the password a second time.') };
const samePassword = (value: { password: string; passwordAgain: string }) =>
  value.password === value.passwordAgain;
const differ = { path: ['passwordAgain'], error: 'The two passwords are not the same. Type both again.' };

const name = text('Enter a name.');
const address = email('Enter an email address.');

/** One box; not ticked, nothing is sent. */
const mayApprove = several().transform((ticked) => ticked.includes('yes'));

export const invitationForm = z.object({
  name,
  email: address,
  role: choice(roles, 'Choose what this person may do.'),
  timeZone: timeZone(),
  campaigns: several(),
  mayApprove,
});

export const accessForm = invitationForm.pick({ role: true, campaigns: true, mayApprove: true });

/** Partners get no reminders, so their form does not ask. */
export const accountForm = z.object({
  name,
  timeZone: timeZone(),
  reminders: choice(['on', 'off'], 'Choose whether reminders come by mail.').optional(),
  reminderHour: z
    .string()
    .regex(/^([0-9]|1[0-9]|2[0-3])$/, 'Choose an hour from 0 to 23.')
    .transform(Number)
    .optional(),
});

export const setUpForm = z
  .object({ name, email: address, timeZone: timeZone(), ...repeated })
  .refine(samePassword, differ);

export const passwordForm = z.object(repeated).refine(samePassword, differ);

export const passwordChangeForm = z
  .object({
    currentPassword: z.string('Enter your present password.').min(1, 'Enter your present password.'),
    ...repeated,
  })
  .refine(samePassword, differ);

export const resetRequestForm = z.object({ email: address });
