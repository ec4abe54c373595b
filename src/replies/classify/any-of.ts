/** Whether one of several patterns is found in a text. */
export type AnyOf = { test(text: string): boolean };

/**
 * Patterns that are tried one after the other, whatever the case of the letters: a long alternative takes several times as long as
 * its parts, as their first letters are not looked for ahead.
 */
export function anyOf(patterns: readonly string[]): AnyOf {
  const each = patterns.map((pattern) => new RegExp(pattern, 'iu'));
  return { test: (text) => each.some((pattern) => pattern.test(text)) };
}
