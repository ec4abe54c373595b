import { z } from 'zod';
import { isDay } from '../dates.js';
import { salutation } from '../organisations/organisation.form.js';
import { asSoonAs, choice, objectId, optionalText, text } from '../web/form.js';
import { readAsChoices } from './incoming.rules.js';

export const placementForm = z.object({ recipient: objectId('Choose whose message it is.') });

export const placementCorrectionForm = z.object({
  reason: text('Say why it does not belong here, so that a reader of the history understands.', 500),
});

export const settingAsideForm = z.object({
  reason: text('Say why it belongs to nobody, so that a colleague need not read it again.', 500),
});

export const readingForm = z.object({ as: choice(readAsChoices, 'Choose what it amounts to.') });

const successor = {
  isKnown: choice(['yes', 'no'], 'Choose whether it is known who follows.'),
  name: optionalText(),
};

/** Somebody has left an office. The first day is the one from which they hold it no longer, a calendar day there. */
export const holderChangeForm = z
  .object({
    /** who held it when the form was shown */
    holder: objectId('Open the message once more: it is not known who is to leave.'),
    ...successor,
    salutation: salutation(),
    from: text('Enter the first day.').refine(isDay, 'Enter the day as a date such as 2026-11-24.'),
  })
  .refine(({ isKnown, name }) => isKnown === 'no' || name !== '', {
    path: ['name'],
    error: 'Enter the name, or choose that nobody is known yet.',
    when: asSoonAs(successor),
  });
export type HolderChangeForm = z.infer<typeof holderChangeForm>;
