import type { QueryFilter, Types } from 'mongoose';
import { groupBy } from '../group-by.js';
import { inBatches } from '../in-batches.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../organisations/organisation.model.js';
import { foldName } from '../organisations/organisation.rules.js';
import { evenRemoved } from '../removal.model.js';
import { Recipient } from './recipient.model.js';

/** `recipient`: as what it is in the campaign already, or null; `isRemoved`: as what it was. */
export type FoundOffice = {
  _id: Types.ObjectId;
  name: string;
  recipient: Types.ObjectId | null;
  isRemoved: boolean;
};

const LISTED = 50;

/**
 * Offices by name, `Organisation: office`, at most fifty.
 * @param begins how the name of the organisation begins, and after it that of the office; everything begins with nothing
 * @returns the offices, and whether there are more
 */
export async function findOffices(
  campaign: Types.ObjectId,
  begins: string,
): Promise<{ offices: FoundOffice[]; more: boolean }> {
  const found = await officesFrom(foldName(begins.replaceAll(': ', ' ')));
  const offices = found.slice(0, LISTED);
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
    more: found.length > LISTED,
  };
}

type Named = Pick<FoundOffice, '_id' | 'name'>;

/** A round of organisations after the other, until there are enough: few have no office. */
async function officesFrom(begins: string): Promise<Named[]> {
  const organisations = Organisation.find(named(begins), { name: 1 }).sort({ nameFolded: 1 });
  const found: Named[] = [];
  const rounds = inBatches(organisations.lean<OrganisationRecord[]>().cursor({ batchSize: LISTED }), LISTED);
  for await (const round of rounds) {
    found.push(...(await officesOf(round, begins)));
    if (found.length > LISTED) break;
  }
  return found;
}

/** Organisations whose name begins so, or is itself how it begins: what follows is then the office's. */
function named(begins: string): QueryFilter<OrganisationRecord> {
  const words = begins.split(' ');
  const whole = words.map((_, i) => words.slice(0, i + 1).join(' '));
  return {
    $or: [{ nameFolded: { $gte: begins, $lt: `${begins}\u{10FFFF}` } }, { nameFolded: { $in: whole } }],
  };
}

async function officesOf(organisations: readonly OrganisationRecord[], begins: string): Promise<Named[]> {
  const offices = await Office.find(
    { organisation: { $in: organisations.map(({ _id }) => _id) } },
    { organisation: 1, title: 1 },
  )
    .sort({ title: 1 })
    .lean<OfficeRecord[]>();
  const of = groupBy(offices, ({ organisation }) => String(organisation));
  return organisations.flatMap(({ _id: organisation, name }) =>
    (of.get(String(organisation)) ?? [])
      .filter(({ title }) => foldName(`${name} ${title}`).startsWith(begins))
      .map(({ _id, title }) => ({ _id, name: `${name}: ${title}` })),
  );
}
