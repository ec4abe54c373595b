import DKIM from 'nodemailer/lib/dkim';
import { buffer } from 'node:stream/consumers';

/** The domain that answers for our mail, and the key whose public half is in its DNS (RFC 6376). */
export type Dkim = { domain: string; selector: string; privateKey: string };

/**
 * Puts a DKIM signature above a composed message, and changes nothing else of it.
 * @throws when it cannot be signed: the mailer would let it go without a signature
 */
export async function signed(raw: Buffer, { domain, selector, privateKey }: Dkim): Promise<Buffer> {
  const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  const bytes = await buffer(signer.sign(raw));
  if (!bytes.subarray(0, 15).equals(Buffer.from('DKIM-Signature:')))
    throw new Error('The message could not be signed with the key of DKIM_KEY_FILE.');
  return bytes;
}
