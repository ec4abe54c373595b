import {
  hostOf,
  readResults,
  readSpf,
  serverOf,
  type Authentication,
  type Methods,
} from './authentication-fields.js';
import { allHeaders, type MessageHeaders } from './message-headers.js';

/** The setting for a server that gives itself no name there, such as Exchange Online. */
export const UNNAMED = 'unnamed';

const FIELD = 'authentication-results';
type Field = MessageHeaders[number];

/**
 * What the mail server that we trust reported of the sender (RFC 8601). A sender can write the same fields, so these count only:
 * - with a trusted server: the fields of its name, from the topmost on, until a Received field or another server's comes; and
 *   none where a Received field above it is of somebody else's server
 * - without one: the topmost field, if it stands above every Received field; or below, if it has the name of the server that
 *   wrote the topmost of those, because that one has to take away what others wrote in its name (section 5)
 * - SPF also from Received-SPF (RFC 7208, section 9.1) where that stands above every Received field
 * What servers on the way found (ARC, RFC 8617) never counts.
 * @param trustedServer the authserv-id of our mail server, `unnamed` for one without, or null where nobody has set it
 */
export function authentication(headers: MessageHeaders, trustedServer: string | null): Authentication {
  const fields = trustedServer === null ? topmost(headers) : ofServer(headers, trustedServer.toLowerCase());
  const reports = [...fields.map(readResults), ...receivedSpf(headers)];
  const first = (method: keyof Methods) => reports.find((report) => report[method])?.[method] ?? null;
  return { spf: first('spf'), dkim: first('dkim'), dmarc: first('dmarc'), by: reports[0]?.by ?? null };
}

function ofServer(headers: MessageHeaders, trusted: string): string[] {
  const isOurs = ({ name, value }: Field) => name === FIELD && (serverOf(value) ?? UNNAMED) === trusted;
  const begin = headers.findIndex(isOurs);
  if (begin < 0 || !areOfOneHouse(headers.slice(0, begin))) return [];
  const below = headers.slice(begin);
  // what stands below a Received field came in with the message
  const end = below.findIndex((one) => one.name === 'received' || (one.name === FIELD && !isOurs(one)));
  return allHeaders(end < 0 ? below : below.slice(0, end), FIELD);
}

/** Did these fields come from servers of one domain? Only then nothing above a field shows that it came from elsewhere. */
function areOfOneHouse(headers: MessageHeaders): boolean {
  const hosts = headers.filter(({ name }) => name === 'received').map(({ value }) => hostOf(value));
  const domains = hosts.filter((host) => host !== null).map((host) => host.split('.').slice(-2).join('.'));
  return new Set(domains).size <= 1;
}

function topmost(headers: MessageHeaders): string[] {
  const field = headers.find(({ name }) => name === FIELD);
  if (!field) return [];
  const received = headers.find(({ name }) => name === 'received');
  const isAbove = !received || headers.indexOf(field) < headers.indexOf(received);
  return isAbove || isNameOf(serverOf(field.value), hostOf(received.value)) ? [field.value] : [];
}

const isNameOf = (name: string | null, host: string | null): boolean =>
  Boolean(name && host && `.${host}`.endsWith(`.${name}`));

function receivedSpf(headers: MessageHeaders): Authentication[] {
  const end = headers.findIndex(({ name }) => name === 'received');
  const [value] = allHeaders(headers.slice(0, Math.max(0, end)), 'received-spf');
  return value ? [readSpf(value)] : [];
}
