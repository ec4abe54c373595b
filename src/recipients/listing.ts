import type { QueryFilter, Types } from 'mongoose';
import { dayOf } from '../dates.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../organisations/organisation.model.js';
import { searchWords } from '../organisations/found-by.rules.js';
import { foldName, holderOn } from '../organisations/organisation.rules.js';
import { Recipient } from './recipient.model.js';
import { refreshRecipients } from './refresh.js';

/** The copies that lists show and sort by, derived from the office as it is on the day of `now` there. */
export function listingOf(office: OfficeRecord, organisation: Pick<OrganisationRecord, 'name'>, now: Date) {
  const holderName = holderOn(office.holders, dayOf(now, office.timeZone))?.name ?? '';
  const name = `${organisation.name} ${office.title}`;
  return {
    organisationName: organisation.name,
    officeTitle: office.title,
    holderName,
    timeZone: office.timeZone,
    listedAs: foldName(name),
    foundBy: searchWords(`${name} ${holderName}`),
  };
}

/** Brings the copies up to date after an organisation, an office, its time zone or country, or a holder changed. */
export async function relistRecipients(
  of: { office: Types.ObjectId } | { organisation: Types.ObjectId },
  now: Date,
): Promise<void> {
  const filter: QueryFilter<OfficeRecord> = 'office' in of ? { _id: of.office } : of;
  for (const office of await Office.find(filter).lean<OfficeRecord[]>()) {
    const organisation = await Organisation.findById(office.organisation, {
      name: 1,
    }).lean<OrganisationRecord>();
    const found = await Recipient.find({ office: office._id }, { _id: 1 }).lean();
    const ids = found.map(({ _id }) => _id);
    await Recipient.updateMany({ _id: { $in: ids } }, { $set: listingOf(office, organisation!, now) });
    await refreshRecipients(ids);
  }
}
