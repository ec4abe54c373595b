import { z } from 'zod';
import { parseForm, refusedAsField, text, withError, type FormState } from './web/form.js';

const removalForm = z.object({
  why: text('Say in a sentence why it is removed, for example: Entered twice.', 500),
});

/**
 * Removes what a form asks to be removed.
 * @returns the form as it is shown again where it was not right, or something depends on what was to be removed
 */
export async function removeAsAsked(
  body: unknown,
  remove: (form: { why: string }) => Promise<unknown>,
): Promise<FormState | null> {
  const read = parseForm(removalForm, body);
  if (!read.ok) return read.form;
  const saved = await refusedAsField(() => remove(read.value));
  return 'refused' in saved ? withError(read.form, 'depends', saved.refused) : null;
}
