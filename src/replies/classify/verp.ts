import { addresses, type MessageHeaders } from '../../mail/message-headers.js';

/** Where the envelope's recipient stands, by whoever wrote it down. */
const FIELDS = ['to', 'x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to'];

/** `bounces+kim=example.org`, `bounce-4711-kim=example.org`; addresses rewritten by SRS and BATV look alike and are ours. */
const ENCODED = /^(?!srs\d|prvs=|btv1=)(.{1,128})=((?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,20})$/;
const PREFIX = /^(?:.*\+|(?:[a-z]{0,20}bounces?|returns?|errors?|owner)[-_.](?:\d{1,20}[-_.]){0,3})/;

/**
 * The recipient in the address that a report came to, as senders put it there who want to know it whatever a report says (variable
 * envelope return paths, https://cr.yp.to/proto/verp.txt).
 * @returns small letters; null where there is none
 */
export function recipientInReturnPath(report: MessageHeaders): string | null {
  for (const { address } of FIELDS.flatMap((name) => addresses(report, name))) {
    const [, local, domain] = ENCODED.exec(address.split('@')[0]!) ?? [];
    const user = local?.replace(PREFIX, '');
    if (user && user !== local) return `${user}@${domain}`;
  }
  return null;
}
