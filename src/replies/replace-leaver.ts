import { Types } from 'mongoose';
import { dayInWords } from '../dates.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { changeHolder, tooEarly } from '../organisations/change-holder.js';
import { findOffice } from '../organisations/organisations.js';
import { findRecipient } from '../recipients/recipients.js';
import type { HolderChangeForm } from './incoming.form.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';

/**
 * A person confirms what an auto-reply says: whoever it was written to has left, and somebody, or nobody yet, took over.
 * @returns what was changed, in words; or why that day cannot be the first
 * @throws RuleBroken when the message says nothing of the kind, or somebody changed who holds the office meanwhile
 */
export async function replaceLeaver(
  { leaver, state, recipient }: Pick<IncomingMailRecord, 'leaver' | 'state' | 'recipient'>,
  { holder, isKnown, name, salutation, from }: HolderChangeForm,
  deps: Deps,
): Promise<{ inWords: string } | { tooEarly: string }> {
  if (!leaver || state !== 'placed' || !recipient)
    throw new RuleBroken('This message does not say of anybody with whom it is placed that they have left.');
  const office = await findOffice((await findRecipient(recipient)).office);
  const leaving = office.holders.find(({ _id }) => _id.equals(new Types.ObjectId(holder)));
  if (!leaving || leaving.until)
    throw new RuleBroken('Somebody has changed who holds the office meanwhile. Look at who does now.');
  const early = tooEarly(leaving, from);
  if (early) return { tooEarly: early };
  const successor = isKnown === 'yes' ? { name, salutation } : null;
  await changeHolder(office._id, { leaving, from, successor }, deps.now());
  const who = successor
    ? `${successor.name} holds the office from ${dayInWords(from)}.`
    : `Nobody is named as holding the office from ${dayInWords(from)}.`;
  return {
    inWords: `Changed. ${who} What is planned for ${leaving.name} does not leave: plan it anew once it is right.`,
  };
}
