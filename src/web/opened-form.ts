import { createHash } from 'node:crypto';
import { RuleBroken } from '../errors.js';
import { emptyForm, withError, type FormState } from './form.js';

/** What a record holds, as its form shows it: one text for each field. */
export type Shown = Record<string, string>;

export const CHANGED_MEANWHILE =
  'Somebody saved another version while you were writing. Compare it with yours, then save again to put yours in its place.';

/** The fields of a record as a form shows them; what is not there is empty. */
export const shownAs = <Field extends string>(
  record: { [field in Field]?: string | null },
  fields: readonly Field[],
): Shown => Object.fromEntries(fields.map((field) => [field, record[field] ?? '']));

/** Tells one version from another, whatever else of the record changes behind the form. */
const markOf = (shown: Shown): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22);

/** A form with the mark of what it was opened with; `/partials/opened` sends it along. */
export const openedForm = (shown: Shown): FormState => emptyForm({ ...shown, opened: markOf(shown) });

/**
 * Whether somebody else saved the record since this form was opened.
 * @param now what the record holds now
 * @param inWords what stands in a field, where that is an id
 * @returns null when nobody did, or saved the very same; otherwise the form with what was typed, on top of the version that is
 * there now, which it says: who has read that one may save again. A form without a mark has seen nothing
 */
export function changedMeanwhile(
  { values }: FormState,
  now: Shown,
  inWords: (value: string, field: string) => string = (value) => value,
): FormState | null {
  const { opened } = values;
  const differ = Object.keys(now).filter((field) => asTyped(values[field]) !== asTyped(now[field]));
  if (opened === markOf(now) || differ.length === 0) return null;
  return differ.reduce(
    (form, field, n) =>
      withError(
        form,
        field,
        `${n === 0 ? `${CHANGED_MEANWHILE} ` : ''}${saved(inWords(now[field]!, field))}`,
      ),
    emptyForm({ ...values, opened: markOf(now) }),
  );
}

/** So often somebody else may come first in the very moment before we give up. */
const ATTEMPTS = 8;

type Saving<T> = {
  read: () => Promise<T>;
  shown: (record: T) => Shown;
  /** writes if the record is still what was read, and says whether it was */
  save: (asRead: T) => Promise<boolean>;
  inWords?: (value: string, field: string) => string;
};

/**
 * Saves a form unless somebody else saved the record since it was opened.
 * @returns null when it is saved, otherwise the form to show again
 */
export async function saveOpened<T>(
  form: FormState,
  { read, shown, save, inWords }: Saving<T>,
): Promise<FormState | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const record = await read();
    const changed = changedMeanwhile(form, shown(record), inWords);
    if (changed) return changed;
    if (await save(record)) return null;
  }
  throw new RuleBroken('Others are changing this at the same time. Nothing was saved: try again.');
}

const asTyped = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replaceAll('\r\n', '\n').trim();

const LONGEST_SAID = 2000;

const saved = (words: string): string =>
  words
    ? `Saved now: “${words.slice(0, LONGEST_SAID)}${words.length > LONGEST_SAID ? '…' : ''}”.`
    : 'Saved now: nothing.';
