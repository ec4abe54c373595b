import { addressesIn } from '../../mail/address-in-text.js';
import { addresses, header, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import type { Ourselves } from '../incoming.rules.js';
import { subjectOf } from './daemon-words.js';
import { recipientsOf } from './failed-address.js';

/** Names before the @ of programs of lists. */
export const PROGRAM =
  /^(?:listserv|majordomo|mailman|sympa|ezmlm|mlmmj|ecartis|listproc|listar|smartlist|lyris|fml(?:server)?|mailserv|minimalist|petidomo|macjordomo)\b/i;

/** `press-owner@`: programs of lists write so, and those who look after one. */
export const OF_LIST = /[-+_.](?:owner|admin|request|bounces?|help|return|errors?|noreply)$|^owner-/i;

/** `Press <press.lists.example.org>` is press@lists.example.org with nearly all programs, which make the id of it (RFC 2919). */
function addressOfId(id: string): string | null {
  const [, name, domain] = /<([\w+-]{1,64})\.([\w.-]{1,255})>/.exec(id) ?? [];
  return name && domain?.includes('.') ? `${name}@${domain}`.toLowerCase() : null;
}

function onlyRecipient(returned: MessageHeaders | null): string | null {
  const [first, ...more] = recipientsOf(returned);
  return more.length === 0 ? (first ?? null) : null;
}

/** `this mailing list <press@lists.example.org>`. */
const listNamedIn = (said: string): string | undefined =>
  /\blist:? <([^<>\s@]{1,64}@[\w.-]{1,255})>/i.exec(said.slice(0, 3000))?.[1]?.toLowerCase();

/**
 * The address of the list: where its headers, the subject, the copy of our mail or the text says so, else the one that its program's own
 * is made of.
 */
export function listIn(
  message: ReadMessage,
  { addresses: ours }: Ourselves,
  { returned, said }: { returned: MessageHeaders | null; said: string },
): string | null {
  const { headers } = message;
  const notLists = [...ours, ...addresses(headers, 'to').map(({ address }) => address)];
  const [posted] = addresses(headers, 'x-beenthere');
  const inSubject = addressesIn(subjectOf(message)).find(({ address }) => !notLists.includes(address));
  const from = addresses(headers, 'from')[0]?.address ?? '';
  const [local = '', domain] = from.split('@');
  const list = local.replace(OF_LIST, '');
  return (
    posted?.address ??
    inSubject?.address ??
    onlyRecipient(returned) ??
    addressOfId(header(headers, 'list-id')) ??
    listNamedIn(said) ??
    (list && list !== local && !PROGRAM.test(list) ? `${list}@${domain}` : null)
  );
}
