import { z } from 'zod';
import { choice, objectId, text } from '../web/form.js';
import { readAsChoices } from './incoming.rules.js';

export const placementForm = z.object({ recipient: objectId('Choose whose message it is.') });

export const placementCorrectionForm = z.object({
  reason: text('Say why it does not belong here, so that a reader of the timeline understands.', 500),
});

export const settingAsideForm = z.object({
  reason: text('Say why it belongs to nobody, so that a colleague need not read it again.', 500),
});

export const readingForm = z.object({ as: choice(readAsChoices, 'Choose what it amounts to.') });
