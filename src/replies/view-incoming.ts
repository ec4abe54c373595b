import { User } from '../users/user.model.js';
import { findOffice, findOrganisation } from '../organisations/organisations.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { byId } from '../group-by.js';
import { namesOf } from './inbox.js';
import { entryOf } from './incoming-mail.js';
import { bounceCauseNames, incomingKindNames, readAsChoices, readAsNames } from './incoming.rules.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';
import { otherWays } from './other-ways.js';

/** Everything that the page of an incoming message shows beside the message itself. */
export async function viewOf(mail: IncomingMailRecord) {
  const [recipient, suggested, entry, reader] = await Promise.all([
    mail.recipient && Recipient.findById(mail.recipient).lean<RecipientRecord>(),
    namesOf(mail.suggestions.map((one) => one.recipient)),
    mail.state === 'placed' ? entryOf(mail) : null,
    mail.readBy && User.findById(mail.readBy, { name: 1 }).lean(),
  ]);
  const nameOf = byId(suggested);
  return {
    mail,
    recipient,
    entry,
    readerName: reader ? reader.name : null,
    suggestions: mail.suggestions.flatMap((one) => {
      const to = nameOf.get(String(one.recipient));
      return to ? [{ ...one, to }] : [];
    }),
    kindName: incomingKindNames[mail.kind],
    causeName: mail.problem ? bounceCauseNames[mail.problem.cause] : null,
    readings: readAsChoices.map((as) => [as, readAsNames[as]]),
    ways: recipient && mail.kind === 'bounce' ? await waysTo(recipient, mail.problem?.address ?? null) : [],
  };
}

/** How else a recipient may be reached when mail to an address comes back. */
async function waysTo(recipient: RecipientRecord, failed: string | null) {
  const [office, organisation] = await Promise.all([
    findOffice(recipient.office),
    findOrganisation(recipient.organisation),
  ]);
  return otherWays(office, organisation, failed);
}
