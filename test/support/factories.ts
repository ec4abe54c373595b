import { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Commitment, type CommitmentRecord } from '../../src/commitments/commitment.model.js';
import { farness } from '../../src/commitments/commitment.rules.js';
import { refreshCell } from '../../src/commitments/refresh-cell.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { appendEntry, type NewEntry } from '../../src/history/append-entry.js';
import { Entry, type EntryRecord } from '../../src/history/entry.model.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../../src/organisations/organisation.model.js';
import { namedAs } from '../../src/organisations/found-by.rules.js';
import { addRecipient } from '../../src/recipients/recipients.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { hashPassword } from '../../src/users/passwords.js';
import { User, type UserRecord } from '../../src/users/user.model.js';
import { normalizeEmail } from '../../src/users/user.rules.js';

/** Everything a factory makes is fictional; what a test does not name, it gets. */
export const NOW = new Date('2026-11-24T12:00:00Z');
export const PASSWORD = 'three fictional words';

let made = 0;
const next = (): number => (made += 1);

// argon2 is slow on purpose: hash once and reuse
let hashed: Promise<string> | undefined;
const hashOf = (password: string): Promise<string> =>
  password === PASSWORD ? (hashed ??= hashPassword(PASSWORD)) : hashPassword(password);

export type TestUser = UserRecord & { password: string };

/** For tests that are not about the sending window: their mail may leave at any time. */
export const ALWAYS = { fromHour: 0, untilHour: 24, everyDay: true };

/** Somebody with an account and the password `PASSWORD`. `invited: true` has not chosen one yet. Staff may approve. */
export async function aUser({
  password = PASSWORD,
  invited = false,
  ...own
}: Partial<UserRecord> & { password?: string; invited?: boolean } = {}): Promise<TestUser> {
  const email = own.email ?? `person${next()}@example.org`;
  const { _id } = await User.create({
    name: `Robin Example ${made}`,
    role: 'staff',
    timeZone: 'Europe/London',
    mayApprove: (own.role ?? 'staff') === 'staff',
    createdAt: NOW,
    ...(invited ? {} : { passwordHash: await hashOf(password) }),
    ...own,
    email,
    emailNormalized: normalizeEmail(email),
  });
  return { ...(await User.findById(_id).lean<UserRecord>())!, password };
}

/** A campaign without limits of hours or numbers, unless they are given. */
export async function aCampaign(own: Partial<CampaignRecord> = {}): Promise<CampaignRecord> {
  const { _id } = await Campaign.create({
    title: `A fictional open letter ${next()}`,
    letter: 'Dear example company,\n\nplease answer.',
    asks: [{ title: 'Answer the letter', text: 'In writing.' }],
    timeZone: 'Europe/London',
    window: ALWAYS,
    mostPerDay: 0,
    createdAt: NOW,
    ...own,
  });
  return (await Campaign.findById(_id).lean<CampaignRecord>())!;
}

export async function anOrganisation(own: Partial<OrganisationRecord> = {}): Promise<OrganisationRecord> {
  const name = own.name ?? `Example Platform ${next()}`;
  const { _id } = await Organisation.create({
    kind: 'company',
    createdAt: NOW,
    ...own,
    name,
    ...namedAs(name),
  });
  return (await Organisation.findById(_id).lean<OrganisationRecord>())!;
}

type OwnOffice = Partial<Omit<OfficeRecord, 'holders'>> & {
  holders?: { name: string; salutation?: string; from?: string; until?: string; tookOver?: boolean }[];
};

/** An office with an address and a holder. */
export async function anOffice(own: OwnOffice = {}): Promise<OfficeRecord> {
  const { _id } = await Office.create({
    title: 'Chief executive',
    email: `office${next()}@example.org`,
    timeZone: 'America/New_York',
    holders: [{ name: 'Kim Invented', salutation: 'Dear Kim Invented' }],
    createdAt: NOW,
    ...own,
    organisation: own.organisation ?? (await anOrganisation())._id,
  } as never);
  return (await Office.findById(_id).lean<OfficeRecord>())!;
}

/** An office that a campaign has written to, with its organisation, office and campaign. */
export async function aRecipient(own: Partial<RecipientRecord> = {}): Promise<RecipientRecord> {
  const { campaign, office, ...rest } = own;
  const id = await addRecipient(campaign ?? (await aCampaign())._id, office ?? (await anOffice())._id, NOW);
  if (Object.keys(rest).length > 0) await Recipient.updateOne({ _id: id }, { $set: rest });
  return (await Recipient.findById(id).lean<RecipientRecord>())!;
}

/** With these numbers an answer to a letter of 2 November 2026 was due on the 20th in New York; from 15 December it is very late. */
export const LATE = { lateAfter: 14, veryLateAfter: 30 };

/** A recipient to whom a letter went on 2 November and who has said nothing; late where the campaign is `LATE`. */
export async function aLateRecipient(own: Partial<RecipientRecord> = {}): Promise<RecipientRecord> {
  const campaign = own.campaign ?? (await aCampaign(LATE))._id;
  const { _id } = await aRecipient({ ...own, campaign });
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date('2026-11-02T15:00:00Z') });
  return (await Recipient.findById(_id).lean<RecipientRecord>())!;
}

/** An entry in the history of a recipient, a call of ours yesterday; the recipient's status follows from it. */
export async function anEntry({ recipient, ...own }: Partial<NewEntry> = {}): Promise<EntryRecord> {
  const to = recipient ? (await Recipient.findById(recipient).lean<RecipientRecord>())! : await aRecipient();
  const id = await appendEntry({
    kind: 'call',
    direction: 'out',
    occurredAt: new Date(NOW.getTime() - 86_400_000),
    precision: 'time',
    text: 'We asked when an answer may be expected.',
    recordedAt: NOW,
    campaign: to.campaign,
    recipient: to._id,
    ...own,
  });
  return (await Entry.findById(id).lean<EntryRecord>())!;
}

/** What is logged when they reply at this instant. */
export const aReply = (occurredAt: Date) =>
  ({ kind: 'email', direction: 'in', receivedAs: 'reply', occurredAt, precision: 'time' }) as const;

/** A follow-up planned for tomorrow, as it stands in the database; it has not been through the use cases. */
export async function aFollowUp({
  recipient,
  ...own
}: Partial<FollowUpRecord> = {}): Promise<FollowUpRecord> {
  const to = recipient ? (await Recipient.findById(recipient).lean<RecipientRecord>())! : await aRecipient();
  const office = (await Office.findById(to.office).lean<OfficeRecord>())!;
  const dueAt = own.dueAt ?? new Date(NOW.getTime() + 86_400_000);
  const { _id } = await FollowUp.create({
    campaign: to.campaign,
    recipient: to._id,
    step: 1,
    revision: next(),
    state: 'planned',
    dueAt,
    nextAttemptAt: dueAt,
    subjectTemplate: 'Our letter',
    bodyTemplate: 'We look forward to an answer.',
    messageId: `<${String(new Types.ObjectId())}@example.org>`,
    to: { name: to.holderName, address: office.email },
    holderName: to.holderName,
    subject: 'Our letter',
    text: 'We look forward to an answer.',
    html: '<p>We look forward to an answer.</p>',
    plannedAt: NOW,
    ...(own.state === 'scheduled' && { approval: { by: new Types.ObjectId(), at: NOW, read: true } }),
    ...own,
  } as never);
  return (await FollowUp.findById(_id).lean<FollowUpRecord>())!;
}

/** What a recipient said to an ask, the first of its campaign unless another is given; written down today, not checked yet. */
export async function aCommitment({
  recipient,
  ...own
}: Partial<CommitmentRecord> = {}): Promise<CommitmentRecord> {
  const to = recipient ? (await Recipient.findById(recipient).lean<RecipientRecord>())! : await aRecipient();
  const campaign = (await Campaign.findById(to.campaign).lean<CampaignRecord>())!;
  const ask = campaign.asks.find(({ _id }) => !own.ask || _id.equals(own.ask))!;
  const stance = own.stance ?? 'committed';
  const { _id } = await Commitment.create({
    campaign: to.campaign,
    recipient: to._id,
    ask: ask._id,
    askTitle: ask.title,
    stance,
    farness: farness(stance),
    source: 'https://example.org/statement',
    on: '2026-11-20',
    setBy: new Types.ObjectId(),
    setAt: NOW,
    ...own,
  });
  await refreshCell({ recipient: to._id, ask: ask._id });
  return (await Commitment.findById(_id).lean<CommitmentRecord>())!;
}

/** What makes a commitment a checked one. */
export const checked = () => ({ confirmedBy: new Types.ObjectId(), confirmedAt: NOW });
