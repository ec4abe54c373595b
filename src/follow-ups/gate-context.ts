import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { dayOf } from '../dates.js';
import { groupBy } from '../group-by.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import type { Address } from '../mail/message.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { contentHashOf, type GateContext } from './follow-up.rules.js';

export type Gate = GateContext & { live: boolean };

const facts = {
  recipient: 1,
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  recordedAt: 1,
  supersedes: 1,
} as const;

/** What the send gate needs to know about each of these follow-ups, read at this moment, in the same order. */
export async function readGates(
  followUps: readonly FollowUpRecord[],
  from: Address,
  now: Date,
): Promise<Gate[]> {
  const recipientIds = unique(followUps.map(({ recipient }) => recipient));
  // an entry, and what superseded it later, counts from the planning on: what was known before was taken into account
  const earliest = new Date(Math.min(...followUps.map(({ plannedAt }) => plannedAt.getTime())));
  const [recipients, campaigns, entries] = await Promise.all([
    Recipient.find({ _id: { $in: recipientIds } }, { office: 1 }).lean<RecipientRecord[]>(),
    Campaign.find(
      { _id: { $in: unique(followUps.map(({ campaign }) => campaign)) } },
      { liveSince: 1 },
    ).lean(),
    Entry.find({ recipient: { $in: recipientIds }, recordedAt: { $gte: earliest } }, facts).lean<
      EntryRecord[]
    >(),
  ]);
  const offices = await Office.find(
    { _id: { $in: recipients.map(({ office }) => office) } },
    { email: 1, holders: 1, timeZone: 1 },
  ).lean<OfficeRecord[]>();
  const officeById = new Map(offices.map((office) => [String(office._id), office]));
  const officeOf = new Map(
    recipients.map(({ _id, office }) => [String(_id), officeById.get(String(office))]),
  );
  const live = new Set(campaigns.filter(({ liveSince }) => liveSince).map(({ _id }) => String(_id)));
  const entriesOf = groupBy(entries, ({ recipient }) => String(recipient));
  return followUps.map((followUp) => {
    const office = officeOf.get(String(followUp.recipient));
    return {
      contentHash: contentHashOf(followUp, from),
      officeEmail: office?.email ?? '',
      holderName: office ? (holderOn(office.holders, dayOf(now, office.timeZone))?.name ?? null) : null,
      entries: standing(entriesOf.get(String(followUp.recipient)) ?? []),
      live: live.has(String(followUp.campaign)),
    };
  });
}

const unique = (ids: readonly Types.ObjectId[]): Types.ObjectId[] => [
  ...new Map(ids.map((id) => [String(id), id])).values(),
];
