import { Types, type QueryFilter } from 'mongoose';
import { isDuplicate, sameAs } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { evenRemoved } from '../removal.model.js';
import { relistRecipients } from '../recipients/listing.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { namedAs } from './found-by.rules.js';
import { clashOf, type Refused } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import type { HolderForm, OfficeForm, OrganisationForm, PersonForm } from './organisation.form.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';
import { foldName } from './organisation.rules.js';
import { recloseOffices } from './reclose-offices.js';

/** @throws NotFound, also for one that was removed */
export async function findOrganisation(id: Types.ObjectId): Promise<OrganisationRecord> {
  const organisation = await findEvenRemoved(id);
  if (organisation.removed)
    throw new NotFound(
      `${organisation.name} was removed. Whoever looks for it at the end of the list of organisations can read why, and put it back.`,
    );
  return organisation;
}

/** @throws NotFound */
export async function findEvenRemoved(id: Types.ObjectId): Promise<OrganisationRecord> {
  const organisation = await Organisation.findById(id, null, evenRemoved).lean<OrganisationRecord>();
  if (!organisation) throw new NotFound('There is no such organisation.');
  return organisation;
}

/** @throws NotFound, also for one that was removed */
export async function findOffice(id: Types.ObjectId): Promise<OfficeRecord> {
  const office = await Office.findById(id, null, evenRemoved).lean<OfficeRecord>();
  if (!office) throw new NotFound('There is no such office.');
  if (office.removed)
    throw new NotFound(
      `The office “${office.title}” was removed. Whoever looks for it at the end of its organisation’s offices can read why, and put it back.`,
    );
  return office;
}

/** @throws RuleBroken when an organisation of this name is there already, or was removed */
export async function createOrganisation(form: OrganisationForm, now: Date): Promise<Types.ObjectId> {
  const created = await named(form.name, () =>
    Organisation.create({ ...form, ...namedAs(form.name), createdAt: now }),
  );
  return created._id;
}

export async function editOrganisation(id: Types.ObjectId, form: OrganisationForm, now: Date): Promise<void> {
  await named(form.name, () =>
    Organisation.updateOne({ _id: id }, { $set: { ...form, ...namedAs(form.name) } }),
  );
  await relistRecipients({ organisation: id }, now);
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const isThere = await Organisation.exists({ nameFolded: foldName(name) });
    throw new RuleBroken(
      isThere
        ? `${name} is in the list already. Open it instead of adding it again.`
        : `An organisation called ${name} was removed. Put it back instead: it stands at the end of the list of organisations.`,
    );
  }
}

/** @throws NotFound */
export function personOf({ people }: Pick<OrganisationRecord, 'people'>, id: Types.ObjectId) {
  const person = people.find(({ _id }) => _id.equals(id));
  if (!person) throw new NotFound('There is no such person.');
  return person;
}

export async function savePerson(
  organisation: Types.ObjectId,
  person: PersonForm & FromForm,
  id?: Types.ObjectId,
): Promise<void> {
  await saveEmbedded(Organisation, organisation, 'people', person, id);
}

export async function createOffice(
  organisation: Types.ObjectId,
  form: OfficeForm & FromForm,
  now: Date,
): Promise<Types.ObjectId> {
  const office = { ...form, organisation, createdAt: now };
  const { _id } = await createOnce(Office, form, () => Office.create(office));
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

/** Adds to a list inside a record, once where a form was sent twice, or replaces the item with this id. @throws NotFound */
async function saveEmbedded(
  model: {
    updateOne: (filter: QueryFilter<unknown>, change: object) => PromiseLike<{ matchedCount: number }>;
    exists: (filter: QueryFilter<unknown>) => PromiseLike<object | null>;
  },
  owner: Types.ObjectId,
  list: 'people' | 'holders',
  item: object & FromForm,
  id?: Types.ObjectId,
): Promise<void> {
  const change = id
    ? {
        $set: Object.fromEntries(Object.entries(item).map(([field, value]) => [`${list}.$.${field}`, value])),
      }
    : { $push: { [list]: { _id: new Types.ObjectId(), ...item } } };
  const fromForm = `${list}.fromForm`;
  const isThere = item.fromForm && { [fromForm]: item.fromForm };
  const { matchedCount } = await model.updateOne(
    { _id: owner, ...(id ? { [`${list}._id`]: id } : isThere && { [fromForm]: { $ne: item.fromForm } }) },
    change,
  );
  if (matchedCount > 0 || (isThere && (await model.exists({ _id: owner, ...isThere })))) return;
  throw new NotFound('There is no such person.');
}
