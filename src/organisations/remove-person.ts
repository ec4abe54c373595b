import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { wentOrMayHave } from '../follow-ups/ask-about.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { relistRecipients } from '../recipients/listing.js';
import { Recipient } from '../recipients/recipient.model.js';
import { evenRemoved } from '../removal.model.js';
import { notRemovedAnyMore, removedBy, type Removing, type Writing } from '../removal.rules.js';
import { isNotToBeContacted } from '../suppressions/suppressions.js';
import type { HolderRecord } from './change-holder.js';
import { clashOf } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';

export type PersonRecord = OrganisationRecord['people'][number];

/** Why a holder cannot be removed, in a sentence that says what to do instead; null where they can. */
export async function whyHolderStays(
  { _id, organisation }: Pick<OfficeRecord, '_id' | 'organisation'>,
  { name }: Pick<HolderRecord, 'name'>,
  now: Date,
): Promise<string | null> {
  const recipients = await Recipient.find({ office: _id }, { _id: 1 }, evenRemoved).lean();
  const wrote = await FollowUp.exists({
    recipient: { $in: recipients.map((one) => one._id) },
    state: { $in: wentOrMayHave },
    holderName: name,
  });
  if (wrote)
    return `${name} was written to as the holder of this office, and that stays on record. Correct their days instead, or write down that somebody takes over.`;
  return whyPersonStays(organisation, { name }, now);
}

/** The same of somebody at an organisation. */
export const whyPersonStays = async (
  organisation: Types.ObjectId,
  { name }: Pick<PersonRecord, 'name'>,
  now: Date,
): Promise<string | null> =>
  (await isNotToBeContacted(organisation, name, now))
    ? `${name} is not to be contacted, and what is written down here says which address is theirs. Correct it instead, or lift that first, under Do not contact.`
    : null;

/** Takes a holder out of an office, where they are kept. @throws RuleBroken where mail went to them, or none is to */
export async function removeHolder(
  office: OfficeRecord,
  holder: HolderRecord,
  removing: Removing,
): Promise<void> {
  const stays = await whyHolderStays(office, holder, removing.now);
  if (stays) throw new RuleBroken(stays);
  await Office.updateOne(
    { _id: office._id, 'holders._id': holder._id },
    {
      $pull: { holders: { _id: holder._id } },
      $push: { removedHolders: { ...holder, removed: removedBy(removing) } },
    },
  );
  await relistRecipients({ office: office._id }, removing.now);
}

/** @throws NotFound, or RuleBroken where they cannot have their days beside the others any more */
export async function putHolderBack(
  { _id, holders, removedHolders }: OfficeRecord,
  id: Types.ObjectId,
  { by, now }: Writing,
): Promise<void> {
  const holder = oneOf(removedHolders, id);
  if (clashOf(holders, holder))
    throw new RuleBroken(
      `${holder.name} cannot be put back with the days they had, because somebody else is written down for them. Nothing was changed: correct the days of the others first.`,
    );
  const { matchedCount } = await Office.updateOne(
    { _id, 'removedHolders._id': id, holders: { $size: holders.length } },
    {
      $pull: { removedHolders: { _id: id } },
      $push: { holders: { ...holder, ...notRemovedAnyMore(holder, { by, at: now }) } },
    },
  );
  if (matchedCount === 0)
    throw new RuleBroken('Somebody has changed who holds the office meanwhile. Look at who does now.');
  await relistRecipients({ office: _id }, now);
}

/** Takes somebody out of the people of an organisation, where they are kept. @throws RuleBroken where nobody is to write to them */
export async function removePerson(
  { _id }: OrganisationRecord,
  person: PersonRecord,
  removing: Removing,
): Promise<void> {
  const stays = await whyPersonStays(_id, person, removing.now);
  if (stays) throw new RuleBroken(stays);
  await Organisation.updateOne(
    { _id, 'people._id': person._id },
    {
      $pull: { people: { _id: person._id } },
      $push: { removedPeople: { ...person, removed: removedBy(removing) } },
    },
  );
}

/** @throws NotFound */
export async function putPersonBack(
  { _id, removedPeople }: OrganisationRecord,
  id: Types.ObjectId,
  { by, now }: Writing,
): Promise<void> {
  const person = oneOf(removedPeople, id);
  await Organisation.updateOne(
    { _id, 'removedPeople._id': id },
    {
      $pull: { removedPeople: { _id: id } },
      $push: { people: { ...person, ...notRemovedAnyMore(person, { by, at: now }) } },
    },
  );
}

function oneOf<P extends { _id: Types.ObjectId }>(removed: P[] | null | undefined, id: Types.ObjectId): P {
  const person = (removed ?? []).find(({ _id }) => _id.equals(id));
  if (!person) throw new NotFound('There is no such person. Somebody may have put them back meanwhile.');
  return person;
}
