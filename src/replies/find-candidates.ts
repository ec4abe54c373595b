import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { byId, groupBy } from '../group-by.js';
import { Office } from '../organisations/office.model.js';
import { Organisation } from '../organisations/organisation.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { foldAddress } from '../suppressions/suppression.rules.js';
import { subjectOf } from './subject.js';
import type { Candidate } from './suggest.rules.js';

/** Where anybody may have an address: that of one there says nothing about the domain. */
const FOR_EVERYBODY =
  /(^|\.)(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|t-online|freenet|mail|proton|protonmail|pm|zoho|yandex|qq|163|126|naver|daum|orange|free|laposte|wanadoo|libero|virgilio|wp|o2|seznam|btinternet|sky|comcast|verizon|att)\.[a-z.]+$/;

export const mailDomain = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
const isOfOne = (domain: string): boolean => domain !== '' && !FOR_EVERYBODY.test(domain);

/** An organisation's website as a mail domain: `https://www.example.org/press` is `example.org`. */
function domainOfSite(website: string): string {
  try {
    return new URL(website.includes('://') ? website : `https://${website}`).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}

type Contacts = { organisation: string; name: string; addresses: string[]; domains: string[] };

/** Everybody who may have written, read once for many messages: whoever shares an address, a domain or a name with a sender. */
export async function findCandidates(
  senders: readonly { address: string; name: string }[],
  pointedTo: readonly string[],
): Promise<Candidate[]> {
  if (senders.length === 0 && pointedTo.length === 0) return [];
  const [organisations, offices] = await Promise.all([
    Organisation.find({}, { name: 1, website: 1, people: 1 }).lean(),
    Office.find({}, { organisation: 1, email: 1 }).lean(),
  ]);
  const officesOf = groupBy(offices, ({ organisation }) => String(organisation));
  const contacts = organisations.map(({ _id, name, website, people }): Contacts => {
    const addresses = [...(people ?? []), ...(officesOf.get(String(_id)) ?? [])]
      .map(({ email }) => foldAddress(email))
      .filter((one) => one !== null);
    const domains = [domainOfSite(website), ...addresses.map(mailDomain)].filter(isOfOne);
    return { organisation: String(_id), name, addresses, domains: [...new Set(domains)] };
  });
  const near = contacts.filter((one) => senders.some(({ address }) => isNear(address, one)));
  const names = [...new Set(senders.map(({ name }) => name.trim()).filter(Boolean))];
  const recipients = await Recipient.find({
    $or: [
      { organisation: { $in: near.map(({ organisation }) => organisation) } },
      { _id: { $in: pointedTo } },
      { holderName: { $in: names } },
    ],
  }).lean<RecipientRecord[]>();
  const sent = groupBy(await sentTo(recipients), ({ recipient }) => String(recipient));
  const contactsOf = new Map(contacts.map((one) => [one.organisation, one]));
  const officeOf = byId(offices);
  return recipients.map((recipient) => {
    const known = contactsOf.get(String(recipient.organisation));
    const theirs = sent.get(String(recipient._id)) ?? [];
    const times = theirs.map(({ sentAt }) => sentAt?.getTime() ?? 0);
    return {
      recipient: String(recipient._id),
      organisationName: recipient.organisationName,
      holderName: recipient.holderName,
      officeAddress: foldAddress(officeOf.get(String(recipient.office))?.email ?? '') ?? '',
      peopleAddresses: known?.addresses ?? [],
      domains: known?.domains ?? [],
      subjects: [...new Set(theirs.map(({ subject }) => subjectOf(subject)))],
      lastSentAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    };
  });
}

const isNear = (address: string, { addresses, domains }: Contacts): boolean => {
  const domain = mailDomain(address);
  return addresses.includes(address) || domains.some((one) => domain === one || domain.endsWith(`.${one}`));
};

const sentTo = (recipients: readonly { _id: Types.ObjectId }[]) =>
  FollowUp.find(
    { recipient: { $in: recipients.map(({ _id }) => _id) }, state: 'sent' },
    { recipient: 1, subject: 1, sentAt: 1 },
  ).lean();
