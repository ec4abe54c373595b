import { z } from 'zod';
import { isDay } from '../dates.js';
import { choice, email, optionalEmail, optionalText, text, timeZone } from '../web/form.js';
import { isCountry } from '../public-holidays.js';
import { organisationKinds } from './organisation.rules.js';

const website = optionalText(500).refine(
  (address) => address === '' || /^https?:\/\/[^\s]+\.[^\s]+$/.test(address),
  'Enter a full web address such as https://example.org, or leave it empty.',
);
const day = optionalText(10).refine(
  (value) => value === '' || isDay(value),
  'Enter a date such as 2026-11-30, or leave it empty.',
);

export const organisationForm = z.object({
  name: text('Enter the name of the organisation.'),
  kind: choice(organisationKinds, 'Choose what kind of organisation it is.'),
  website,
  notes: optionalText(20_000),
});
export type OrganisationForm = z.infer<typeof organisationForm>;

export const personForm = z.object({
  name: text('Enter the name of the person.'),
  role: optionalText(),
  email: optionalEmail(),
  phone: optionalText(60),
  notes: optionalText(5000),
});
export type PersonForm = z.infer<typeof personForm>;

export const officeForm = z.object({
  title: text('Enter the post, for example Chief executive.'),
  email: optionalEmail(),
  postalAddress: optionalText(1000),
  phone: optionalText(60),
  timeZone: timeZone(),
  country: z
    .string()
    .optional()
    .default('')
    .refine(
      (code) => code === '' || isCountry(code),
      'Choose a country or region from the list, or leave it open.',
    ),
  notes: optionalText(20_000),
});
export type OfficeForm = z.infer<typeof officeForm>;

/** Templates put the comma: one that is typed along would stand there twice. */
const withoutComma = (words: string): string => words.replace(/[\s,]+$/, '');
export const salutation = () => optionalText().transform(withoutComma);
const NO_SALUTATION = 'Enter how a mail to them begins, for example Dear Ms Example.';

export const holderForm = z
  .object({
    name: text('Enter the name of the person.'),
    salutation: salutation(),
    from: day,
    until: day,
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ['until'],
    error: 'The last day cannot be before the first.',
  });
export type HolderForm = z.infer<typeof holderForm>;

/** The first day on which nobody holds the office, a calendar day there. */
export const vacancyForm = z.object({
  from: text('Enter the first day.').refine(isDay, 'Enter the day as a date such as 2026-11-24.'),
});

/** Where and how the office is written to; `seen…` is what the form was shown with. */
export const confirmationForm = z.object({
  email: email('Enter the email address that the office is written to.'),
  salutation: text(NO_SALUTATION).transform(withoutComma).pipe(z.string().min(1, NO_SALUTATION)),
  seenName: optionalText(),
  seenEmail: optionalText(),
});
export type ConfirmationForm = z.infer<typeof confirmationForm>;
