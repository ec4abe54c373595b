export const authenticationResults = [
  'pass',
  'fail',
  'none',
  'softfail',
  'neutral',
  'temperror',
  'permerror',
] as const;
export type AuthenticationResult = (typeof authenticationResults)[number];

export type Methods = Record<'spf' | 'dkim' | 'dmarc', AuthenticationResult | null>;

/** What a mail server found when it took a message in; null where it said nothing. `by` is the name it gives itself. */
export type Authentication = Methods & { by: string | null };

/** Reads an Authentication-Results field (RFC 8601, section 2.2). What it does not know is left out. */
export function readResults(value: string): Authentication {
  const report: Authentication = { spf: null, dkim: null, dmarc: null, by: serverOf(value) };
  for (const part of statements(value)) {
    const [, method, said] = /^(spf|dkim|dmarc)(?: ?\/ ?\d+)? ?= ?([a-z]+)/.exec(part) ?? [];
    const result = resultOf(said);
    if (method && result) note(report, method as keyof Methods, result);
  }
  return report;
}

/** Reads a Received-SPF field (RFC 7208, section 9.1). */
export const readSpf = (value: string): Authentication => ({
  spf: resultOf(/^\s*([a-z]+)/i.exec(value)?.[1]),
  dkim: null,
  dmarc: null,
  by: /\breceiver="?([\w.-]{1,255})/i.exec(value)?.[1]?.toLowerCase() ?? null,
});

/** One signature that holds is enough (RFC 6376, section 4.2); of the others one result is expected, and the worse is believed. */
function note(report: Authentication, method: keyof Methods, result: AuthenticationResult): void {
  const isBetter = method === 'dkim' ? result === 'pass' : result !== 'pass';
  if (!report[method] || isBetter) report[method] = result;
}

/** `hardfail` and `policy` are of other servers and older RFCs; what is in no list says nothing. */
function resultOf(said = ''): AuthenticationResult | null {
  const word = said.toLowerCase();
  if (word === 'hardfail') return 'fail';
  if (word === 'policy') return 'neutral';
  return authenticationResults.find((result) => result === word) ?? null;
}

/** The authserv-id of an Authentication-Results field, small letters; null where it begins with a result at once. */
export function serverOf(value: string): string | null {
  const [begin = ''] = statements(value);
  return /^"?([^\s";=]+)"?( \d+)?$/.exec(begin)?.[1] ?? null;
}

/** The host that wrote a Received field (RFC 5321, section 4.4), small letters; null where it gives an address or nothing. */
export function hostOf(received: string): string | null {
  const host = /\bby ([\w.-]{1,255})/i.exec(withoutComments(received.slice(0, 2000)))?.[1]?.toLowerCase();
  return host && /\.[a-z][\w-]*$/.test(host) ? host : null;
}

/** No server writes more, and what it writes it begins with. */
const LONGEST = 10_000;

/** What stands between semicolons, small letters, without comments; a semicolon in quotes is none. */
const statements = (value: string): string[] =>
  [...outsideComments(value)]
    .reduce<string[]>(
      (parts, { text, isQuoted }) => {
        if (text === ';' && !isQuoted) parts.push('');
        else parts[parts.length - 1] += text;
        return parts;
      },
      [''],
    )
    .map((part) => part.replaceAll(/\s+/g, ' ').trim().toLowerCase());

const withoutComments = (value: string): string =>
  [...outsideComments(value)].map(({ text }) => text).join('');

/** Comments may stand within each other (RFC 5322, section 3.2.2), and what is in quotes is none. */
function* outsideComments(value: string): Generator<{ text: string; isQuoted: boolean }> {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < Math.min(value.length, LONGEST); at += 1) {
    const isEscape = value[at] === '\\' && (isQuoted || depth > 0);
    const text = isEscape ? value.slice(at, at + 2) : value[at]!;
    if (text === '"' && depth === 0) isQuoted = !isQuoted;
    if (text === '(' && !isQuoted) depth += 1;
    if (depth === 0) yield { text, isQuoted };
    if (text === ')' && !isQuoted && depth > 0) depth -= 1;
    at += text.length - 1;
  }
}
