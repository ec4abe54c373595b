import type { Collection, Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { NotFound, RuleBroken } from '../errors.js';
import { byId } from '../group-by.js';
import { Recipient } from '../recipients/recipient.model.js';
import { evenRemoved } from '../removal.model.js';
import { notRemovedAnyMore, removedBy, type Removing, type Writing } from '../removal.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import { Organisation } from './organisation.model.js';
import { findEvenRemoved } from './organisations.js';
import { recloseOffices } from './reclose-offices.js';

type Of = { organisation: Types.ObjectId } | { office: Types.ObjectId };

/** A recipient that keeps its office and organisation from being removed. */
export type Keeping = { href: string; name: string; campaign: string };

const LISTED = 20;

/** The recipients, of all campaigns, that an organisation or an office is there for; removed ones keep nothing. */
export async function readKeeping(of: Of): Promise<Keeping[]> {
  const found = await Recipient.find(of, { organisationName: 1, officeTitle: 1, campaign: 1 })
    .sort({ listedAs: 1 })
    .limit(LISTED)
    .lean();
  const ids = found.map(({ campaign }) => campaign);
  const titleOf = byId(await Campaign.find({ _id: { $in: ids } }, { title: 1 }).lean());
  return found.map(({ _id, organisationName, officeTitle, campaign }) => ({
    href: `/recipients/${String(_id)}`,
    name: `${organisationName}, ${officeTitle}`,
    campaign: titleOf.get(String(campaign))?.title ?? '',
  }));
}

/** An organisation is kept with all it has, and shown nowhere. @throws RuleBroken while one of its offices is a recipient */
export const removeOrganisation = (id: Types.ObjectId, removing: Removing): Promise<void> =>
  removeUnlessKept(Organisation, id, { organisation: id }, removing);

/** The same for one office. @throws RuleBroken while it is a recipient */
export const removeOffice = (id: Types.ObjectId, removing: Removing): Promise<void> =>
  removeUnlessKept(Office, id, { office: id }, removing);

async function removeUnlessKept(
  { collection }: { collection: Collection },
  _id: Types.ObjectId,
  of: Of,
  removing: Removing,
): Promise<void> {
  if (await Recipient.exists(of)) throw new RuleBroken(KEPT);
  await collection.updateOne({ _id, removed: null }, { $set: { removed: removedBy(removing) } });
  if (!(await Recipient.exists(of))) return;
  // somebody added a recipient at this very moment
  await collection.updateOne({ _id, removed: { $ne: null } }, { $set: { removed: null } });
  throw new RuleBroken(KEPT);
}

const KEPT = 'A campaign has it among its recipients. Nothing was removed: read below which, and what to do.';

/** @throws NotFound */
export async function putOrganisationBack(id: Types.ObjectId, { by, now }: Writing): Promise<void> {
  const organisation = await findEvenRemoved(id);
  if (!organisation.removed) return;
  await Organisation.updateOne(
    { _id: id, 'removed.at': organisation.removed.at },
    { $set: notRemovedAnyMore(organisation, { by, at: now }) },
  ).setOptions(evenRemoved);
  // nobody kept the copies of its offices meanwhile
  await recloseOffices({ organisation: id });
}

/** @returns the office @throws NotFound */
export async function putOfficeBack(id: Types.ObjectId, { by, now }: Writing): Promise<OfficeRecord> {
  const office = await Office.findById(id, null, evenRemoved).lean<OfficeRecord>();
  if (!office) throw new NotFound('There is no such office.');
  if (!office.removed) return office;
  await Office.updateOne(
    { _id: id, 'removed.at': office.removed.at },
    { $set: notRemovedAnyMore(office, { by, at: now }) },
  ).setOptions(evenRemoved);
  await recloseOffices({ _id: id });
  return office;
}
