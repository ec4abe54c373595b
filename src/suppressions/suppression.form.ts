import { z } from 'zod';
import { isDay } from '../dates.js';
import { foldName } from '../organisations/organisation.rules.js';
import { asSoonAs, choice, objectId, optionalText, text } from '../web/form.js';
import { foldAddress, foldDomain } from './fold-address.js';
import { suppressionKinds } from './suppression.rules.js';

const fields = {
  kind: choice(suppressionKinds, 'Choose what is not to be written to.'),
  value: optionalText(254),
  organisation: z.union([z.literal(''), objectId('Choose an organisation from the list.')]).default(''),
  reason: text('Say why, so that whoever plans the next mail understands it.', 500),
  source: text('Say who asked for it, or where it is known from.'),
  from: text('Enter the first day.', 10).refine(isDay, 'Enter a date such as 2026-11-30.'),
  until: optionalText(10).refine(
    (day) => day === '' || isDay(day),
    'Enter a date such as 2026-11-30, or leave it empty.',
  ),
};

const { kind, value, organisation, from, until } = fields;
const withValue = asSoonAs({ kind, value });

export const suppressionForm = z
  .object(fields)
  .refine(({ kind, value }) => kind !== 'address' || foldAddress(value), {
    path: ['value'],
    error: 'Enter the email address, for example name@example.org.',
    when: withValue,
  })
  .refine(({ kind, value }) => kind !== 'domain' || foldDomain(value), {
    path: ['value'],
    error: 'Enter the part after the @ sign, for example example.org.',
    when: withValue,
  })
  .refine(({ kind, value }) => kind !== 'person' || foldName(value), {
    path: ['value'],
    error: 'Enter the name of the person as it is written down at the organisation.',
    when: withValue,
  })
  .refine(({ kind, organisation }) => kind === 'address' || kind === 'domain' || organisation, {
    path: ['organisation'],
    error: 'Choose the organisation.',
    when: asSoonAs({ kind, organisation }),
  })
  .refine(({ from, until }) => !until || from <= until, {
    path: ['until'],
    error: 'The last day cannot be before the first.',
    when: asSoonAs({ from, until }),
  });
export type SuppressionForm = z.infer<typeof suppressionForm>;

export const liftingForm = z.object({
  reason: text('Say why they may be written to again.', 500),
});
