import type { Types } from 'mongoose';
import { byId, groupBy } from '../group-by.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../organisations/organisation.model.js';
import { evenRemoved } from '../removal.model.js';
import type { PeopleRecords } from './person-addresses.rules.js';

/**
 * What the records say now of the people at each of these organisations, by its id, in two reads for all of them; none where there
 * are none. Also those that were removed: they say still which address is whose.
 */
export async function readPeople(
  organisations: readonly Types.ObjectId[],
): Promise<Map<string, PeopleRecords>> {
  if (organisations.length === 0) return new Map();
  const [found, offices] = await Promise.all([
    Organisation.find({ _id: { $in: organisations } }, { people: 1 }, evenRemoved).lean<
      OrganisationRecord[]
    >(),
    Office.find(
      { organisation: { $in: organisations } },
      { organisation: 1, email: 1, timeZone: 1, holders: 1 },
      evenRemoved,
    ).lean<OfficeRecord[]>(),
  ]);
  const organisationOf = byId(found);
  const officesOf = groupBy(offices, ({ organisation }) => String(organisation));
  return new Map(
    organisations.map((id) => [
      String(id),
      { people: organisationOf.get(String(id))?.people ?? [], offices: officesOf.get(String(id)) ?? [] },
    ]),
  );
}
