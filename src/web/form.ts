import { z } from 'zod';
import { RuleBroken } from '../errors.js';

export type FormState = { values: Record<string, unknown>; errors: Record<string, string> };
export type Parsed<T> = { ok: true; value: T; form: FormState } | { ok: false; form: FormState };

/** A form as it is first shown. */
export const emptyForm = (values: Record<string, unknown> = {}): FormState => ({ values, errors: {} });

/**
 * Reads a submitted form. What is not right is a value, not an exception: one sentence per field,
 * beside what was typed.
 */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown): Parsed<z.infer<S>> {
  const typed = plainValues(body);
  const read = schema.safeParse(typed);
  if (read.success) return { ok: true, value: read.data, form: { values: typed, errors: {} } };
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error.issues) errors[String(path[0] ?? 'form')] ??= message;
  return { ok: false, form: { values: typed, errors } };
}

/** The same form state with one more thing that is not right. */
export const withError = (form: FormState, field: string, message: string): FormState => ({
  values: form.values,
  errors: { ...form.errors, [field]: message },
});

/** A broken rule that belongs to one field of a form is a value, like any other mistake in it. */
export async function refusedAsField<T>(
  action: () => Promise<T>,
): Promise<{ value: T } | { refused: string }> {
  try {
    return { value: await action() };
  } catch (error) {
    if (error instanceof RuleBroken) return { refused: error.message };
    throw error;
  }
}

/** Text and lists of text only: an object sent as a field (`name[$ne]=`) never reaches a query. */
function plainValues(body: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (name === '_csrf' || name === '__proto__') continue;
    if (typeof value === 'string') values[name] = value;
    else if (Array.isArray(value)) values[name] = value.filter((item) => typeof item === 'string');
  }
  return values;
}

/** A rule about these fields together speaks as soon as each of them is right, whatever is wrong elsewhere in the form. */
export const asSoonAs = (fields: z.ZodRawShape) => {
  const together = z.object(fields);
  return ({ value }: { value: unknown }): boolean => together.safeParse(value).success;
};

const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** A line or more of text that must be there. */
export const text = (missing: string, max = 200) =>
  z
    .string(missing)
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(max, `Please keep this to ${max.toLocaleString('en-GB')} characters.`),
    );

/** Text that may be left empty; empty is the empty string. */
export const optionalText = (max = 200) =>
  z
    .string()
    .optional()
    .transform((value) => tidy(value ?? ''))
    .pipe(z.string().max(max, `Please keep this to ${max.toLocaleString('en-GB')} characters.`));

export const email = (missing: string) =>
  text(missing, 254).pipe(z.email('That is not an email address, for example name@example.org.'));

export const optionalEmail = () =>
  optionalText(254).pipe(
    z.union([z.literal(''), z.email('That is not an email address, for example name@example.org.')]),
  );

/** Shown as a link, so nothing but the web: a `javascript:` address would run in the reader's page. Empty is the empty string. */
export const optionalLink = () =>
  optionalText(2000).pipe(
    z.union([
      z.literal(''),
      z.url({
        protocol: /^https?$/,
        error: 'Enter a whole web address that starts with https:// or http://, or leave it empty.',
      }),
    ]),
  );

export const choice = <const T extends readonly [string, ...string[]]>(options: T, missing: string) =>
  z.enum(options, missing);

export const objectId = (missing: string) => z.string(missing).regex(/^[0-9a-f]{24}$/, missing);

/** Boxes that may be ticked: none, one or several of them. */
export const several = () =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => (value === undefined ? [] : [value].flat()));

export const timeZone = () =>
  text('Choose a time zone.', 60).refine(
    isTimeZone,
    'That is not a time zone. Choose one from the list, for example Europe/London.',
  );

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return /^(UTC|[A-Za-z_]+\/.+)$/.test(name);
  } catch {
    return false;
  }
}
