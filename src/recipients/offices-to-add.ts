import type { Types } from 'mongoose';
import { groupBy } from '../group-by.js';
import { inBatches } from '../in-batches.js';
import { foundBesides, isFoundBy } from '../organisations/found-by.rules.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../organisations/organisation.model.js';
import { evenRemoved } from '../removal.model.js';
import { Recipient } from './recipient.model.js';

/** `recipient`: as what it is in the campaign already, or null; `isRemoved`: as what it was. */
export type FoundOffice = {
  _id: Types.ObjectId;
  name: string;
  recipient: Types.ObjectId | null;
  isRemoved: boolean;
};

export const OFFICES_LISTED = 50;

/**
 * Offices by name, `Organisation: office`, at most fifty.
 * @param asked how words begin that are in the name of the organisation, and beside them in that of the office; nothing asks for all
 * @returns the offices, and whether there are more
 */
export async function findOffices(
  campaign: Types.ObjectId,
  asked: string,
): Promise<{ offices: FoundOffice[]; more: boolean }> {
  const found = await officesFrom(asked);
  const offices = found.slice(0, OFFICES_LISTED);
  const recipients = await Recipient.find(
    { campaign, office: { $in: offices.map(({ _id }) => _id) } },
    { office: 1, removed: 1 },
    evenRemoved,
  ).lean();
  const recipientOf = new Map(recipients.map((one) => [String(one.office), one]));
  return {
    offices: offices.map((office) => {
      const recipient = recipientOf.get(String(office._id));
      return { ...office, recipient: recipient?._id ?? null, isRemoved: Boolean(recipient?.removed) };
    }),
    more: found.length > OFFICES_LISTED,
  };
}

type Named = Pick<FoundOffice, '_id' | 'name'>;

/** A round of organisations after the other, until there are enough: few have no office. */
async function officesFrom(asked: string): Promise<Named[]> {
  const titles = asked.trim() ? await Office.distinct('title') : [];
  const organisations = Organisation.find(foundBesides(asked, titles), { name: 1 }).sort({ nameFolded: 1 });
  // left to itself the engine walks through all of them by name, in search of a few
  if (asked.trim()) organisations.hint({ foundBy: 1 });
  const found: Named[] = [];
  const rounds = inBatches(
    organisations.lean<OrganisationRecord[]>().cursor({ batchSize: OFFICES_LISTED }),
    OFFICES_LISTED,
  );
  for await (const round of rounds) {
    found.push(...(await officesOf(round, asked)));
    if (found.length > OFFICES_LISTED) break;
  }
  return found;
}

async function officesOf(organisations: readonly OrganisationRecord[], asked: string): Promise<Named[]> {
  const offices = await Office.find(
    { organisation: { $in: organisations.map(({ _id }) => _id) } },
    { organisation: 1, title: 1 },
  )
    .sort({ title: 1 })
    .lean<OfficeRecord[]>();
  const of = groupBy(offices, ({ organisation }) => String(organisation));
  return organisations.flatMap(({ _id: organisation, name }) =>
    (of.get(String(organisation)) ?? [])
      .filter(({ title }) => isFoundBy(`${name} ${title}`, asked))
      .map(({ _id, title }) => ({ _id, name: `${name}: ${title}` })),
  );
}
