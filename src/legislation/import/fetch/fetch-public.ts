import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A name, and nothing but addresses in private networks behind it. */
export class NotPublic extends Error {}

/** The addresses behind the name of a host, as `lookup` of node:dns gives them. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export const resolveName: Resolve = (host) => lookup(host, { all: true });

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** What a network that speaks IPv6 only makes of an IPv4 address (RFC 6052, 2.1). */
const TRANSLATED = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an IP address is one of the open internet, as the registries of RFC 6890 list those that are not. Only the usual
 * spelling counts: what is no IP address to `node:net` is not public.
 */
export function isPublicAddress(text: string): boolean {
  if (!isIP(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.match(TRANSLATED)) return isPublicAddress(address.toByteArray().slice(12).join('.'));
  // what no registry has given away yet (::127.0.0.1 among it) is unicast for ipaddr.js as well
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}

/**
 * A `lookup` for a connection that leaves out what `admits` does not let through. The connection goes to the very addresses
 * that were judged: a name that means something else a moment later (DNS rebinding) gains nothing.
 */
export const lookupOnly =
  (resolve: Resolve, admits: (address: string) => boolean): LookupFunction =>
  (host, options, callback) => {
    resolve(host).then(
      (all) => {
        const admitted = all.filter(({ address }) => admits(address));
        const [first] = admitted;
        if (!first) callback(new NotPublic(`${host} is not public`), []);
        else if (options.all) callback(null, admitted);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
