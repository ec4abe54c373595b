import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress, lookupOnly, NotPublic, type Resolve } from './fetch-public.js';

type Connecting = {
  /** addresses whose origin may be in a private network */
  trusted: readonly string[];
  resolve: Resolve;
  /** milliseconds until a connection, with its TLS, has to stand */
  timeout: number;
};

/**
 * What connects us to sources: to the open internet only, unless an origin is trusted. It is judged here, when a connection
 * is made, and not from the address before: here every spelling of an IP address has become the same one.
 */
export function agentFor({ trusted, resolve, timeout }: Connecting): Agent {
  const origins = new Set(trusted.map((address) => new URL(address).origin));
  const anywhere = buildConnector({ timeout, lookup: lookupOnly(resolve, () => true) });
  const outside = buildConnector({ timeout, lookup: lookupOnly(resolve, isPublicAddress) });
  return new Agent({
    connections: 1,
    connect: (options, callback) => {
      if (origins.has(new URL(`${options.protocol}//${options.host}`).origin)) anywhere(options, callback);
      // an IP address is connected to without any lookup
      else if (isIP(options.hostname) && !isPublicAddress(options.hostname))
        callback(new NotPublic(`${options.hostname} is not public`), null);
      else outside(options, callback);
    },
  });
}
