import { z } from 'zod';
import { text } from '../web/form.js';

export const removalForm = z.object({
  why: text('Say in a sentence why it is removed, for example: Entered twice.', 500),
});
