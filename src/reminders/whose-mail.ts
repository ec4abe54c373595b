import { Campaign } from '../campaigns/campaign.model.js';
import { byId } from '../group-by.js';
import { Recipient } from '../recipients/recipient.model.js';
import { mayBeFrom, type Placing } from '../replies/act-on.js';
import { named, type Named } from '../attention/named.js';
import { whoIsTold, whoIsToldOfStrays, type Staff } from '../attention/whose.rules.js';

/** Whom a message is from, as far as is known or suggested, the likeliest first; and the ids of those whose it is to see to it. */
export type Whose = { recipients: Named[]; readers: string[] };

/** Whose each of these messages is, in the same order. What nobody is suggested for is told to owners of campaigns and administrators. */
export async function readWhose(mails: readonly Placing[], staff: readonly Staff[]): Promise<Whose[]> {
  const [recipients, campaigns] = await Promise.all([
    Recipient.find({ _id: { $in: mails.flatMap(mayBeFrom) } }, named).lean<Named[]>(),
    Campaign.find({}, { owner: 1 }).lean(),
  ]);
  const recipientOf = byId(recipients);
  const campaignOf = byId(campaigns);
  return mails.map((mail) => {
    const theirs = mayBeFrom(mail).flatMap((id) => recipientOf.get(String(id)) ?? []);
    const readers = theirs.flatMap((one) =>
      whoIsTold(one, campaignOf.get(String(one.campaign)) ?? null, staff),
    );
    return {
      recipients: theirs,
      readers: theirs.length > 0 ? [...new Set(readers)] : whoIsToldOfStrays(campaigns, staff),
    };
  });
}
