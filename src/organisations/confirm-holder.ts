import type { Types } from 'mongoose';
import { replan } from '../cadences/replan.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { relistRecipients } from '../recipients/listing.js';
import { Recipient } from '../recipients/recipient.model.js';
import { Office } from './office.model.js';
import type { ConfirmationForm } from './organisation.form.js';

/**
 * A person's word for where the office is written to and how its new holder is addressed. Cadences go on from then on, in
 * words that are written anew: what no longer reads as it was approved wants approval again.
 * @throws RuleBroken when somebody confirmed it, or changed the address or the name, since the form was shown
 */
export async function confirmHolder(
  office: Types.ObjectId,
  holder: Types.ObjectId,
  { email, salutation, seenName, seenEmail }: ConfirmationForm,
  by: Types.ObjectId,
  deps: Deps,
): Promise<void> {
  const now = deps.now();
  const { matchedCount } = await Office.updateOne(
    {
      _id: office,
      email: seenEmail,
      holders: { $elemMatch: { _id: holder, name: seenName, tookOver: true, confirmedAt: null } },
    },
    {
      $set: {
        email,
        'holders.$.salutation': salutation,
        'holders.$.confirmedAt': now,
        'holders.$.confirmedBy': by,
      },
    },
  );
  if (matchedCount === 0)
    throw new RuleBroken(
      'Somebody has confirmed it, or changed the office or who holds it, while you were reading. Nothing of yours was saved: look at it once more.',
    );
  await relistRecipients({ office }, now);
  const found = await Recipient.find({ office }, { _id: 1 }).lean();
  for (const { _id } of found) await replan(_id, deps);
}
