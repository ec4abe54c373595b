import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import { groupBy } from '../group-by.js';
import { Organisation, type OrganisationRecord } from '../organisations/organisation.model.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { User } from '../users/user.model.js';
import { readPage, type Page } from '../web/paging.js';
import type { SuppressionForm } from './suppression.form.js';
import { readPeople } from './people-records.js';
import { addressesOf, isNamed } from './person-addresses.rules.js';
import { Suppression, type SuppressionRecord } from './suppression.model.js';
import {
  isInForce,
  keyOf,
  keysOf,
  lastDayAnywhere,
  stateOf,
  suppressedBy,
  type Target,
} from './suppression.rules.js';

/**
 * Asks for many targets in one command who of them is not to be written to now, or at a moment of their own.
 * @returns for each target, in the same order, the reasons as sentences; an empty list lets it be written to
 */
export async function readSuppressions(targets: readonly Target[], now: Date): Promise<string[][]> {
  const keys = [...new Set(targets.flatMap(keysOf))];
  if (keys.length === 0) return targets.map(() => []);
  // people are few, and each has addresses that only the records of their organisation know
  const found = await Suppression.find({ $or: [{ key: { $in: keys } }, { key: PEOPLE }], lifted: null })
    .sort({ recordedAt: 1 })
    .lean<SuppressionRecord[]>();
  const peopleOf = await readPeople(found.flatMap((one) => (one.kind === 'person' ? one.organisation! : [])));
  return targets.map((target) => suppressedBy(found, target, now, peopleOf));
}

/** Every key that begins with `person `: the sign after the blank is the exclamation mark. */
const PEOPLE = { $gte: 'person ', $lt: 'person!' };

/** The two lists: what holds now or begins later, and what is over. */
export const lists = ['open', 'over'] as const;
export type List = (typeof lists)[number];

export function listSuppressions(list: List, number: number, now: Date): Promise<Page<SuppressionRecord>> {
  const today = lastDayAnywhere(now);
  const filter =
    list === 'open'
      ? { lifted: null, $or: [{ until: null }, { until: { $gte: today } }] }
      : { $or: [{ lifted: { $ne: null } }, { until: { $lt: today, $ne: null } }] };
  return readPage(
    Suppression.find(filter).sort({ recordedAt: -1, _id: -1 }).lean<SuppressionRecord[]>(),
    number,
  );
}

/** @throws NotFound */
export async function findSuppression(id: Types.ObjectId): Promise<SuppressionRecord> {
  const suppression = await Suppression.findById(id).lean<SuppressionRecord>();
  if (!suppression) throw new NotFound('There is no such entry under Do not contact.');
  return suppression;
}

/** @throws RuleBroken when the organisation is not in the list any more */
export async function addSuppression(
  form: SuppressionForm & FromForm,
  by: Types.ObjectId,
  now: Date,
): Promise<Types.ObjectId> {
  const { kind, reason, source, from } = form;
  const ofOrganisation = kind === 'person' || kind === 'organisation';
  const organisation = ofOrganisation ? await organisationOf(form) : null;
  const value = kind === 'organisation' ? organisation!.name : form.value;
  const author = await User.findById(by, { timeZone: 1 }).lean();
  const suppression = {
    kind,
    value,
    key: keyOf(kind, { value, organisation: organisation?._id })!,
    organisation: organisation?._id ?? null,
    reason,
    source,
    from,
    until: form.until || null,
    atOnce: from <= dayOf(now, author?.timeZone ?? 'UTC'),
    recordedBy: by,
    recordedAt: now,
  };
  const { _id } = await createOnce(
    Suppression,
    form,
    (mark) => Suppression.create({ ...suppression, ...mark }),
    async (first) => (await Suppression.exists({ _id: first, lifted: { $ne: null } })) !== null,
  );
  return _id;
}

type Told = { address: string; reason: string; source: string };

/** Writes down, without a person, that these addresses (folded) are not to be written to: see `readStandings` before. */
export async function suppressAddresses(told: readonly Told[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const from = dayOf(now, 'UTC');
  await Suppression.insertMany(
    told.map(({ address, ...why }) => ({
      kind: 'address' as const,
      value: address,
      key: keyOf('address', { value: address })!,
      ...why,
      from,
      atOnce: true,
      recordedAt: now,
    })),
  );
}

/** What keeps this very address from being written to now, or null. */
export async function findSuppressed(address: string, now: Date): Promise<SuppressionRecord | null> {
  const key = keyOf('address', { value: address });
  if (!key) return null;
  const found = await Suppression.find({ key, lifted: null })
    .sort({ recordedAt: -1 })
    .lean<SuppressionRecord[]>();
  return found.find((one) => isInForce(one, now)) ?? null;
}

/** Is an address written down, lifted ones apart; and when did a person last say that it may be written to again? */
export type Standing = { isSuppressed: boolean; liftedAt: Date | null };

/** Asks for many addresses (folded) in one command how they stand, whatever day a suppression begins or ends. */
export async function readStandings(addresses: readonly string[]): Promise<Map<string, Standing>> {
  const found = await Suppression.find(
    { key: { $in: addresses.map((value) => keyOf('address', { value })!) } },
    { key: 1, lifted: 1 },
  ).lean<Pick<SuppressionRecord, 'key' | 'lifted'>[]>();
  const recordsOf = groupBy(found, ({ key }) => key);
  return new Map(
    addresses.map((address): [string, Standing] => {
      const own = recordsOf.get(keyOf('address', { value: address })!) ?? [];
      const lifted = own.flatMap((one) => (one.lifted ? [one.lifted.at] : []));
      const [liftedAt = null] = lifted.toSorted((one, other) => other.getTime() - one.getTime());
      return [address, { isSuppressed: own.some((one) => !one.lifted), liftedAt }];
    }),
  );
}

/** Is a suppression of this person at an organisation in force or to come? */
export async function isNotToBeContacted(
  organisation: Types.ObjectId,
  name: string,
  now: Date,
): Promise<boolean> {
  const key = keyOf('person', { value: name, organisation });
  const found = await Suppression.find({ key, lifted: null }).lean<SuppressionRecord[]>();
  return found.some((one) => stateOf(one, now) !== 'expired');
}

async function organisationOf({ organisation }: SuppressionForm): Promise<OrganisationRecord> {
  const found = await Organisation.findById(organisation, { name: 1 }).lean<OrganisationRecord>();
  if (!found) throw new RuleBroken('Choose an organisation from the list.');
  return found;
}

/** From now on they may be written to again; that it held, and who lifted it, stays. @throws RuleBroken when it was lifted before */
export async function liftSuppression(
  id: Types.ObjectId,
  reason: string,
  by: Types.ObjectId,
  now: Date,
): Promise<void> {
  const { modifiedCount } = await Suppression.updateOne(
    { _id: id, lifted: null },
    { $set: { lifted: { by, at: now, reason } } },
  );
  if (modifiedCount === 0)
    throw new RuleBroken('It has been lifted already. Reload the page to see by whom.');
}

/** What the records of the organisation hold now for a person who is not to be written to. */
export async function readPerson(
  { value, organisation }: SuppressionRecord,
  now: Date,
): Promise<{ isKnown: boolean; addresses: string[] }> {
  const records = (await readPeople([organisation!])).get(String(organisation))!;
  return { isKnown: isNamed(value, records), addresses: [...addressesOf(value, records, now)] };
}
