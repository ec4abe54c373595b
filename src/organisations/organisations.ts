import { Types, type QueryFilter } from 'mongoose';
import { isDuplicate, sameAs } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { relistRecipients } from '../recipients/listing.js';
import { clashOf, type Refused } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import type { HolderForm, OfficeForm, OrganisationForm, PersonForm } from './organisation.form.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';
import { foldName } from './organisation.rules.js';
import { recloseOffices } from './reclose-offices.js';

/** @throws NotFound */
export async function findOrganisation(id: Types.ObjectId): Promise<OrganisationRecord> {
  const organisation = await Organisation.findById(id).lean<OrganisationRecord>();
  if (!organisation) throw new NotFound('There is no such organisation.');
  return organisation;
}

/** @throws NotFound */
export async function findOffice(id: Types.ObjectId): Promise<OfficeRecord> {
  const office = await Office.findById(id).lean<OfficeRecord>();
  if (!office) throw new NotFound('There is no such office.');
  return office;
}

/** @throws RuleBroken when an organisation of this name is there already */
export async function createOrganisation(form: OrganisationForm, now: Date): Promise<Types.ObjectId> {
  const created = await named(form.name, () =>
    Organisation.create({ ...form, nameFolded: foldName(form.name), createdAt: now }),
  );
  return created._id;
}

export async function editOrganisation(id: Types.ObjectId, form: OrganisationForm, now: Date): Promise<void> {
  await named(form.name, () =>
    Organisation.updateOne({ _id: id }, { $set: { ...form, nameFolded: foldName(form.name) } }),
  );
  await relistRecipients({ organisation: id }, now);
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error))
      throw new RuleBroken(`${name} is in the list already. Open it instead of adding it again.`);
    throw error;
  }
}

export async function savePerson(
  organisation: Types.ObjectId,
  person: PersonForm,
  id?: Types.ObjectId,
): Promise<void> {
  await saveEmbedded(Organisation, organisation, 'people', person, id);
}

export async function createOffice(
  organisation: Types.ObjectId,
  form: OfficeForm,
  now: Date,
): Promise<Types.ObjectId> {
  const { _id } = await Office.create({ ...form, organisation, createdAt: now });
  await recloseOffices({ _id });
  return _id;
}

/**
 * @param asRead the office as it was when it was decided to write over it; without it, whatever is there
 * @returns false, and nothing is written, when somebody has changed it since
 */
export async function editOffice(
  id: Types.ObjectId,
  form: OfficeForm,
  now: Date,
  asRead?: OfficeRecord,
): Promise<boolean> {
  const before = asRead && sameAs(asRead, Object.keys(form) as (keyof OfficeForm)[]);
  const { matchedCount } = await Office.updateOne({ _id: id, ...before }, { $set: form });
  if (matchedCount === 0) return false;
  await recloseOffices({ _id: id });
  await relistRecipients({ office: id }, now);
  return true;
}

/**
 * Corrects what is written down of a holder.
 * @returns why they cannot have these days beside the others; null when it is done
 * @throws NotFound
 */
export async function editHolder(
  { _id: office, holders }: Pick<OfficeRecord, '_id' | 'holders'>,
  id: Types.ObjectId,
  form: HolderForm,
  now: Date,
): Promise<Refused | null> {
  const clash = clashOf(
    holders.filter(({ _id }) => !_id.equals(id)),
    form,
  );
  if (clash) return clash;
  const days = { from: form.from || null, until: form.until || null };
  await saveEmbedded(Office, office, 'holders', { ...form, ...days }, id);
  await relistRecipients({ office }, now);
  return null;
}

/** Adds to a list inside a record, or replaces the item with this id. @throws NotFound */
async function saveEmbedded(
  model: {
    updateOne: (filter: QueryFilter<unknown>, change: object) => PromiseLike<{ matchedCount: number }>;
  },
  owner: Types.ObjectId,
  list: 'people' | 'holders',
  item: object,
  id?: Types.ObjectId,
): Promise<void> {
  const change = id
    ? {
        $set: Object.fromEntries(Object.entries(item).map(([field, value]) => [`${list}.$.${field}`, value])),
      }
    : { $push: { [list]: { _id: new Types.ObjectId(), ...item } } };
  const { matchedCount } = await model.updateOne(
    id ? { _id: owner, [`${list}._id`]: id } : { _id: owner },
    change,
  );
  if (matchedCount === 0) throw new NotFound('There is no such person.');
}
