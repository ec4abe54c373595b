import type { Types } from 'mongoose';
import type { EntryKind, ReceivedAs } from '../../src/history/entry.rules.js';
import { anEntry, anOffice, anOrganisation, aRecipient } from './factories.js';

/** `letter`, or what came in, or what was decided, each with its day: `['letter 2026-06-01', 'reply 2026-07-01']`. */
export type Story = readonly string[];

const incoming = ['reply', 'declined', 'acknowledgement', 'auto-reply', 'bounce'];

/** A recipient of a campaign to whom all this happened, in an organisation of this name. */
export async function aRecipientWith(
  campaign: Types.ObjectId,
  name: string,
  story: Story,
): Promise<Types.ObjectId> {
  const organisation = await anOrganisation({ name });
  const office = await anOffice({ organisation: organisation._id });
  const { _id } = await aRecipient({ campaign, office: office._id });
  for (const told of story) {
    const [what, day] = [told.slice(0, -11), told.slice(-10)];
    const occurredAt = new Date(`${day}T15:00:00Z`);
    const of = { recipient: _id, occurredAt };
    if (incoming.includes(what))
      await anEntry({ ...of, kind: 'email', direction: 'in', receivedAs: what as ReceivedAs });
    else if (what === 'letter' || what === 'email') await anEntry({ ...of, kind: what });
    else await anEntry({ ...of, kind: what as EntryKind, direction: 'none' });
  }
  return _id;
}
