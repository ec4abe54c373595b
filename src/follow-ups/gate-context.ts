import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import type { EntryRecord } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import type { Address } from '../mail/message.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { Recipient } from '../recipients/recipient.model.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { contentHashOf, type GateContext } from './follow-up.rules.js';

export type Gate = GateContext & { live: boolean };

type Asked = {
  _id: Types.ObjectId;
  offices: Pick<OfficeRecord, 'email' | 'holders' | 'timeZone'>[];
  campaigns: { liveSince?: Date | null }[];
  entries: EntryRecord[];
};

/** What the send gate needs to know about each of these follow-ups, read at this moment, in the same order. */
export async function readGates(
  followUps: readonly FollowUpRecord[],
  from: Address,
  now: Date,
): Promise<Gate[]> {
  const asked = await ask(followUps);
  const askedOf = new Map(asked.map((one) => [String(one._id), one]));
  return followUps.map((followUp) => {
    const { offices, campaigns, entries } = askedOf.get(String(followUp.recipient)) ?? {};
    const office = offices?.[0];
    return {
      contentHash: contentHashOf(followUp, from),
      officeEmail: office?.email ?? '',
      holderName: office ? (holderOn(office.holders, dayOf(now, office.timeZone))?.name ?? null) : null,
      entries: standing(entries ?? []),
      live: Boolean(campaigns?.[0]?.liveSince),
    };
  });
}

/** All of it in one command, so that it is true of one instant: recipient, office, campaign, and what happened since. */
function ask(followUps: readonly FollowUpRecord[]): Promise<Asked[]> {
  // an entry, and what superseded it later, counts from the planning on: what was known before was taken into account
  const earliest = new Date(Math.min(...followUps.map(({ plannedAt }) => plannedAt.getTime())));
  return Recipient.aggregate<Asked>([
    { $match: { _id: { $in: followUps.map(({ recipient }) => recipient) } } },
    { $project: { office: 1, campaign: 1 } },
    lookUp('offices', 'office', '_id', { email: 1, holders: 1, timeZone: 1 }),
    lookUp('campaigns', 'campaign', '_id', { liveSince: 1 }),
    lookUp('entries', '_id', 'recipient', facts, { recordedAt: { $gte: earliest } }),
  ]).exec();
}

const facts = {
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  recordedAt: 1,
  supersedes: 1,
} as const;

const lookUp = (
  from: 'offices' | 'campaigns' | 'entries',
  localField: string,
  foreignField: string,
  fields: Record<string, 1>,
  filter: Record<string, unknown> = {},
) => ({
  $lookup: { from, localField, foreignField, as: from, pipeline: [{ $match: filter }, { $project: fields }] },
});
