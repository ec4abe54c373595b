/** Codes in what a mail server said: the enhanced one (RFC 3463) and the plain one (RFC 5321, section 4.2). */
export type DiagnosticCodes = { status: string | null; reply: string | null };

/** No part of a longer number with dots, such as an IP address or a version. */
const ENHANCED = /(?<![\d.])([245])[.](\d{1,2})[.](\d{1,3})(?![.]?\d)/g;
/** At the start, or after what servers put before it. Years, ports and sizes are none. */
const REPLY =
  /(?:^|[\s:;'"<([#=-])([45][0-5]\d)(?=[\s\-:;,.)'"]|$)(?!-\d\d-|[.]\d)(?! (?:days?|hours?|minutes?|seconds?|bytes|kb|mb|messages)\b)/gim;

/** The most specific codes in the words: `5.1.1` rather than `5.0.0`. */
export function codesIn(words: string): DiagnosticCodes {
  const statuses = [...words.matchAll(ENHANCED)].map((match) => match[0]).slice(0, 20);
  return { status: mostSpecific(statuses), reply: [...words.matchAll(REPLY)][0]?.[1] ?? null };
}

/** Reads a Status field; what is no enhanced code is null. */
export const statusIn = (field: string): string | null => field.slice(0, 200).match(ENHANCED)?.[0] ?? null;

/** `5.0.0` says nothing, `5.1.0` a little; the first of those that say most. Successes are left out. */
export function mostSpecific(statuses: readonly (string | null)[]): string | null {
  const failures = statuses.filter((status) => status !== null && !status.startsWith('2'));
  const [first] = failures.toSorted((one, other) => specificity(other!) - specificity(one!));
  return first ?? null;
}

const specificity = (status: string): number => {
  const [, subject, detail] = status.split('.');
  return (subject === '0' ? 0 : 1) + (detail === '0' ? 0 : 2);
};
