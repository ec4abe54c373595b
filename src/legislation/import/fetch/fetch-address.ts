import { notAnAddress, notTheWeb, passwordInAddress, sentWrong } from './fetch-problem.js';

/**
 * An address that may be fetched, as far as can be seen from it. Where it leads to is judged when a connection is made.
 * @throws FetchProblem
 */
export function readAddress(text: string): URL {
  if (!URL.canParse(text)) throw notAnAddress();
  const url = new URL(text);
  if (!onTheWeb(url)) throw notTheWeb(url.protocol);
  if (url.username || url.password) throw passwordInAddress();
  url.hash = '';
  return url;
}

/**
 * Where a redirect leads to.
 * @param location the field, which may be relative to the address that was asked (RFC 9110, 10.2.2)
 * @throws FetchProblem
 */
export function nextAddress(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw sentWrong(from.host, 'something that is no address');
  const to = new URL(location, from);
  if (!onTheWeb(to)) throw sentWrong(from.host, `an address that begins with ${to.protocol}`);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw sentWrong(from.host, 'an address without encryption');
  if (to.username || to.password)
    throw sentWrong(from.host, 'an address with a user name or a password in it');
  to.hash = '';
  return to;
}

const onTheWeb = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:';
