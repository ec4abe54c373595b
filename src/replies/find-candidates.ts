import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { groupBy } from '../group-by.js';
import { Office } from '../organisations/office.model.js';
import { Organisation } from '../organisations/organisation.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { foldAddress } from '../suppressions/fold-address.js';
import { isOfOne, mailDomain, near } from './near-address.rules.js';
import { subjectOf } from './subject.js';
import type { Candidate } from './suggest.rules.js';

/** An organisation's website as a mail domain: `https://www.example.org/press` is `example.org`. */
function domainOfSite(website: string): string {
  try {
    return new URL(website.includes('://') ? website : `https://${website}`).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}

type Sender = { address: string; name: string };

/** Everybody who may have written, read once for many messages: whoever shares an address, a domain or a name with a sender. */
export async function findCandidates(
  senders: readonly Sender[],
  pointedTo: readonly string[],
): Promise<Candidate[]> {
  if (senders.length === 0 && pointedTo.length === 0) return [];
  const names = [...new Set(senders.map(({ name }) => name.trim()).filter(Boolean))];
  const recipients = await Recipient.find({
    $or: [
      {
        organisation: { $in: await organisationsNear(senders.map(({ address }) => address).filter(Boolean)) },
      },
      { _id: { $in: pointedTo } },
      { holderName: { $in: names } },
    ],
  }).lean<RecipientRecord[]>();
  if (recipients.length === 0) return [];
  const [contactsOf, sent] = await Promise.all([readContacts(recipients), sentTo(recipients)]);
  const sentOf = groupBy(sent, ({ recipient }) => String(recipient));
  return recipients.map((recipient) =>
    asCandidate(
      recipient,
      contactsOf.get(String(recipient.organisation)),
      sentOf.get(String(recipient._id)) ?? [],
    ),
  );
}

/** Those that may have one of these addresses, or one at the same domain; there may be others among them. */
async function organisationsNear(addresses: readonly string[]): Promise<Types.ObjectId[]> {
  if (addresses.length === 0) return [];
  const { email, website } = near(addresses);
  const [offices, organisations] = await Promise.all([
    Office.find({ email }, { organisation: 1 }).lean(),
    Organisation.find({ $or: [{ website }, { 'people.email': email }] }, { _id: 1 }).lean(),
  ]);
  return [...offices.map(({ organisation }) => organisation), ...organisations.map(({ _id }) => _id)];
}

type Contacts = { addresses: string[]; domains: string[]; officeAddresses: Map<string, string> };

/** What is known of the organisations of these recipients, by their id. */
async function readContacts(recipients: readonly RecipientRecord[]): Promise<Map<string, Contacts>> {
  const ids = { $in: recipients.map(({ organisation }) => organisation) };
  const [organisations, offices] = await Promise.all([
    Organisation.find({ _id: ids }, { website: 1, people: 1 }).lean(),
    Office.find({ organisation: ids }, { organisation: 1, email: 1 }).lean(),
  ]);
  const officesOf = groupBy(offices, ({ organisation }) => String(organisation));
  return new Map(
    organisations.map(({ _id, website, people }): [string, Contacts] => {
      const theirs = officesOf.get(String(_id)) ?? [];
      const addresses = [...(people ?? []), ...theirs]
        .map(({ email }) => foldAddress(email))
        .filter((one) => one !== null);
      const domains = [domainOfSite(website), ...addresses.map(mailDomain)].filter(isOfOne);
      const officeAddresses = new Map(theirs.map((one) => [String(one._id), foldAddress(one.email) ?? '']));
      return [String(_id), { addresses, domains: [...new Set(domains)], officeAddresses }];
    }),
  );
}

function asCandidate(
  recipient: RecipientRecord,
  contacts: Contacts | undefined,
  sent: readonly { subject: string; sentAt?: Date | null }[],
): Candidate {
  const times = sent.map(({ sentAt }) => sentAt?.getTime() ?? 0);
  return {
    recipient: String(recipient._id),
    organisationName: recipient.organisationName,
    holderName: recipient.holderName,
    officeAddress: contacts?.officeAddresses.get(String(recipient.office)) ?? '',
    peopleAddresses: contacts?.addresses ?? [],
    domains: contacts?.domains ?? [],
    subjects: [...new Set(sent.map(({ subject }) => subjectOf(subject)))],
    lastSentAt: times.length > 0 ? new Date(Math.max(...times)) : null,
  };
}

const sentTo = (recipients: readonly { _id: Types.ObjectId }[]) =>
  FollowUp.find(
    { recipient: { $in: recipients.map(({ _id }) => _id) }, state: 'sent' },
    { recipient: 1, subject: 1, sentAt: 1 },
  ).lean();
