import { timingSafeEqual } from 'node:crypto';
import { signatureOf } from '../signature.js';

/** How long, in days, an answer to a message finds its way by itself. */
export const REPLY_ADDRESS_DAYS = 730;

/** The message that a signed address belongs to, and whom it was written to: ids as 24 hex digits. */
export type ReplyTag = { followUp: string; recipient: string };

const SIGNATURE_BYTES = 10;
const TAG = /\+([0-9a-f]{24})([0-9a-f]{20})$/;

const shortSignatureOf = ({ followUp, recipient }: ReplyTag, secret: string): Buffer =>
  signatureOf('reply address', `${followUp} ${recipient}`, secret).subarray(0, SIGNATURE_BYTES);

/**
 * The address to which an answer to one message goes: `replies+<follow-up><signature>@example.org` (subaddressing, RFC 5233).
 * The tag is all hex digits, because some servers change the case of an address on its way.
 * @param base the address that mail is fetched for, `replies@example.org`
 */
export function replyAddress(base: string, tag: ReplyTag, secret: string): string {
  const at = base.lastIndexOf('@');
  return `${base.slice(0, at)}+${tag.followUp}${shortSignatureOf(tag, secret).toString('hex')}${base.slice(at)}`;
}

/** What an address of ours says, before anybody has looked whether it is true. */
export type ClaimedTag = { followUp: string; signature: string; address: string };

/** The tags of those of these addresses (small letters) that are ours: at the base, with something after a plus sign. */
export function claimedTags(
  base: string,
  addresses: readonly string[],
): (ClaimedTag | { malformed: string })[] {
  const at = base.lastIndexOf('@');
  const [local, domain] = [base.slice(0, at).toLowerCase(), base.slice(at).toLowerCase()];
  const ours = [...new Set(addresses)].filter((one) => one.startsWith(`${local}+`) && one.endsWith(domain));
  return ours.map((address) => {
    const [, followUp, signature] = TAG.exec(address.slice(0, -domain.length)) ?? [];
    return followUp && signature ? { followUp, signature, address } : { malformed: address };
  });
}

/** Did we sign this address for this recipient, and not too long ago? The id of a record holds the second it was made. */
export function checkTag(
  { followUp, signature }: ClaimedTag,
  recipient: string,
  secret: string,
  now: Date,
): 'ours' | 'forged' | 'expired' {
  const expected = shortSignatureOf({ followUp, recipient }, secret);
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), expected)) return 'forged';
  const madeAt = Number.parseInt(followUp.slice(0, 8), 16) * 1000;
  return now.getTime() - madeAt > REPLY_ADDRESS_DAYS * 86_400_000 ? 'expired' : 'ours';
}
