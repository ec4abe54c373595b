import { CLOCK, YEAR, type Lines } from './quote-lines.js';
import { HEADER_ROLES, type HeaderRole } from './quote-words.js';

const LONGEST_HEADERS = 24;
/** So many lines of headers may be lines that go on, or headers we do not know. */
const MOST_BROKEN = 3;

/** The line after the headers of a message that begin here; `at` when there are fewer than `least` of From, Date, To and Subject. */
export function headersAt({ bare, depth }: Lines, at: number, least: number): number {
  const roles = new Set<HeaderRole>();
  const first = roleOf(bare[at]);
  if (roleOf(bare[at - 1])) return at;
  // whoever writes a memo begins with To
  if (!first || first === 'to') return least === 2 ? unknownHeadersAt(bare, at) : at;
  let to = at;
  for (let next = at; next < at + LONGEST_HEADERS && next < bare.length && depth[next] === 0; next += 1) {
    const role = roleOf(bare[next]);
    if (role) {
      roles.add(role);
      to = next + 1;
    } else if (next - to >= MOST_BROKEN || (bare[next] === '' && bare[next - 1] === '')) break;
  }
  return roles.has('from') && roles.size >= least ? to : at;
}

function roleOf(line = ''): HeaderRole | undefined {
  const name = /^([^:：]{1,30})[:：]/.exec(line)?.[1];
  return name === undefined ? undefined : HEADER_ROLES.get(name.toLowerCase().replaceAll(' ', ''));
}

/** Headers in a language that is not known here, below a line: three or more, one with an address and one with a date and a time. */
function unknownHeadersAt(bare: string[], at: number): number {
  let to = at;
  while (to < at + LONGEST_HEADERS && /^[^\d:：@]{1,30}[:：] ?\S/.test(bare[to] ?? '')) to += 1;
  const headers = bare.slice(at, to);
  const areHeaders =
    headers.length >= 3 &&
    headers.some((line) => line.includes('@')) &&
    headers.some((line) => CLOCK.test(line) && YEAR.test(line));
  return areHeaders ? to : at;
}
