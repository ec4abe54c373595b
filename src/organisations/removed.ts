import type { Types } from 'mongoose';
import { evenRemoved, type RemovedRecord } from '../removal.model.js';
import { User } from '../users/user.model.js';
import { Office, type OfficeRecord } from './office.model.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';

export type RemovedOrganisation = Pick<OrganisationRecord, '_id' | 'name'> & { removed: RemovedRecord };
export type RemovedOffice = Pick<OfficeRecord, '_id' | 'title'> & { removed: RemovedRecord };

/** The organisations that were removed, the latest first. */
export const listRemovedOrganisations = (): Promise<RemovedOrganisation[]> =>
  Organisation.find({ 'removed.at': { $exists: true } }, { name: 1, removed: 1 }, evenRemoved)
    .sort({ 'removed.at': -1 })
    .lean<RemovedOrganisation[]>()
    .exec();

/** The offices that were removed from an organisation, the latest first. */
export const listRemovedOffices = (organisation: Types.ObjectId): Promise<RemovedOffice[]> =>
  Office.find({ organisation, removed: { $ne: null } }, { title: 1, removed: 1 }, evenRemoved)
    .sort({ 'removed.at': -1 })
    .lean<RemovedOffice[]>()
    .exec();

/** An office became a recipient at the very moment in which it or its organisation was removed: they were no mistake. */
export async function takeBackRemovalsOf(office: Pick<OfficeRecord, '_id' | 'organisation'>): Promise<void> {
  const back = { $set: { removed: null } };
  await Office.updateOne({ _id: office._id, removed: { $ne: null } }, back).setOptions(evenRemoved);
  await Organisation.updateOne({ _id: office.organisation, removed: { $ne: null } }, back).setOptions(
    evenRemoved,
  );
}

/** The names of those who removed something there, by id. */
export async function removersOf(
  { removedPeople }: OrganisationRecord,
  offices: readonly OfficeRecord[],
  removedOffices: readonly RemovedOffice[],
): Promise<Record<string, string>> {
  const removed = [
    ...(removedPeople ?? []),
    ...offices.flatMap(({ removedHolders }) => removedHolders ?? []),
    ...removedOffices,
  ];
  if (removed.length === 0) return {};
  const ids = removed.map((one) => one.removed!.by);
  const found = await User.find({ _id: { $in: ids } }, { name: 1 }).lean();
  return Object.fromEntries(found.map(({ _id, name }) => [String(_id), name]));
}
