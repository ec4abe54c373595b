import type { z } from 'zod';

/** What reading came to: a value, or why there is none, as a sentence that names what was wrong. */
export type Understood<T> = { read: T } | { unreadable: string };

const NAMED = 4;

const expectedWords: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'text',
};

/**
 * Checks an answer of a source against the shape its documentation gives. `what`: the answer as a person calls it, for
 * example `The list of stages`. Never throws.
 */
export function inShape<S extends z.ZodType>(
  schema: S,
  answer: unknown,
  what: string,
): Understood<z.output<S>> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return { read: parsed.data };
  const wrong = [...new Set(parsed.error.issues.map((issue) => wrongWords(issue, answer)))];
  const more = wrong.length > NAMED ? ` and ${wrong.length - NAMED} more` : '';
  const named = wrong.slice(0, NAMED).join('; ');
  return {
    unreadable: `${what} is not as its source documents it: ${named}${more}. Nothing was taken from it.`,
  };
}

/** One field that is wrong in two hundred items is one thing that is wrong: places in a list are not told apart. */
function wrongWords({ path, ...issue }: z.core.$ZodIssue, answer: unknown): string {
  const field = path.map((part) => (typeof part === 'number' ? '[]' : `.${String(part)}`)).join('');
  const name = field ? field.replace(/^\./, '') : 'the answer';
  if (field && valueAt(answer, path) === undefined) return `${name} is missing`;
  if (issue.code === 'invalid_type')
    return `${name} is not ${expectedWords[issue.expected] ?? issue.expected}`;
  return `${name} ${issue.code === 'custom' ? issue.message : 'is not a value it can have'}`;
}

const valueAt = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((inside, part) => (inside as Record<PropertyKey, unknown> | null)?.[part], value);
