import { Types } from 'mongoose';
import { dayInWords } from '../dates.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { takeOver, vacateOffice } from '../organisations/change-holder.js';
import type { Refused } from '../organisations/holder.rules.js';
import { findOffice } from '../organisations/organisations.js';
import { findRecipient } from '../recipients/recipients.js';
import type { HolderChangeForm } from './incoming.form.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';

/**
 * A person confirms what an auto-reply says: whoever it was written to has left, and somebody, or nobody yet, took over.
 * @returns what was changed, in words; or why it cannot be that person or that day
 * @throws RuleBroken when the message says nothing of the kind, or somebody changed who holds the office meanwhile
 */
export async function replaceLeaver(
  { leaver, state, recipient }: Pick<IncomingMailRecord, 'leaver' | 'state' | 'recipient'>,
  { holder, isKnown, name, salutation, from }: HolderChangeForm,
  deps: Deps,
): Promise<{ inWords: string } | { refused: Refused }> {
  if (!leaver || state !== 'placed' || !recipient)
    throw new RuleBroken('This message does not say of anybody with whom it is placed that they have left.');
  const office = await findOffice((await findRecipient(recipient)).office);
  const leaving = office.holders.find(({ _id }) => _id.equals(new Types.ObjectId(holder)));
  if (!leaving || leaving.until)
    throw new RuleBroken('Somebody has changed who holds the office meanwhile. Look at who does now.');
  const known = isKnown === 'yes';
  const refused = known
    ? await takeOver(office, { name, salutation, from, until: null }, deps.now())
    : await vacateOffice(office, from, deps.now());
  if (refused && 'field' in refused) return { refused };
  const who = known
    ? `${name} holds the office from ${dayInWords(from)}. What is planned waits until somebody has confirmed the address and how a mail to them begins.`
    : `Nobody is named as holding the office from ${dayInWords(from)}. What is planned waits until somebody is.`;
  return { inWords: `Changed. ${who}` };
}
