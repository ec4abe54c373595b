import { Types } from 'mongoose';
import { namedAs, searchWords } from '../src/organisations/found-by.rules.js';
import { foldName } from '../src/organisations/organisation.rules.js';
import { companyName, personName, sentence } from './names.js';

type Setting = { campaign: Types.ObjectId; staff: Types.ObjectId; now: Date; random: () => number };
export type MadeUpRecipient = ReturnType<typeof madeUpRecipient>;

const DAY = 86_400_000;
const zones = ['Europe/London', 'America/New_York', 'America/Los_Angeles', 'UTC'];

/** An organisation, its office, and the recipient; every tenth has a follow-up ahead, some of which need a person. */
export function madeUpRecipient({ n, campaign, staff, now, random }: Setting & { n: number }) {
  const [organisation, office, recipient] = [
    new Types.ObjectId(),
    new Types.ObjectId(),
    new Types.ObjectId(),
  ];
  const [name, holderName, title] = [companyName(n), personName(n), 'Chief executive'];
  const timeZone = zones[n % zones.length]!;
  return {
    organisation: {
      _id: organisation,
      name,
      ...namedAs(name),
      kind: 'company',
      website: '',
      notes: '',
      people: [],
      createdAt: now,
    },
    office: {
      _id: office,
      organisation,
      title,
      email: `office${n}@example.org`,
      timeZone,
      notes: sentence(random),
      holders: [{ _id: new Types.ObjectId(), name: holderName, salutation: `Dear ${holderName}` }],
      createdAt: now,
    },
    recipient: {
      _id: recipient,
      campaign,
      office,
      organisation,
      notes: '',
      createdAt: now,
      organisationName: name,
      officeTitle: title,
      holderName,
      timeZone,
      listedAs: foldName(`${name} ${title}`),
      foundBy: searchWords(`${name} ${title} ${holderName}`),
      delivery: 'not sent',
      engagement: 'silent',
      status: 'not sent, silent',
      contactsOut: 0,
      contactsIn: 0,
      entriesCounted: 0,
    },
    followUp: n % 10 === 0 ? madeUpFollowUp({ n, campaign, recipient, staff, now }) : null,
  };
}

type Ahead = {
  n: number;
  campaign: Types.ObjectId;
  recipient: Types.ObjectId;
  staff: Types.ObjectId;
  now: Date;
};

function madeUpFollowUp({ n, campaign, recipient, staff, now }: Ahead) {
  const dueAt = new Date(now.getTime() + (5 + (n % 60)) * DAY);
  const state = ['planned', 'scheduled', 'scheduled', 'held', 'failed'][(n / 10) % 5]!;
  return {
    _id: new Types.ObjectId(),
    campaign,
    recipient,
    cadence: null,
    step: 1,
    revision: 1,
    state,
    stateReasons: [],
    dueAt,
    nextAttemptAt: dueAt,
    attempts: 0,
    messageId: `<ahead-${n}@example.org>`,
    to: { name: personName(n), address: `office${n}@example.org` },
    holderName: personName(n),
    subject: 'Our letter',
    subjectTemplate: 'Our letter',
    bodyTemplate: 'We look forward to an answer.',
    text: 'We look forward to an answer.',
    html: '<p>We look forward to an answer.</p>',
    problems: [],
    plannedBy: staff,
    plannedAt: now,
  };
}

const happenings = [
  ['email', 'out'],
  ['letter', 'out'],
  ['call', 'out'],
  ['email', 'in', 'acknowledgement'],
  ['email', 'in', 'reply'],
  ['note', 'none'],
  ['statement', 'in', 'not an answer'],
] as const;

/** Something that happened in the last three years; most often that we wrote. */
export function madeUpEntry({ of, campaign, staff, now, random }: Setting & { of: MadeUpRecipient }) {
  const [kind, direction, receivedAs] = happenings[Math.floor(random() ** 2 * happenings.length)]!;
  const occurredAt = new Date(now.getTime() - DAY - Math.floor(random() * 1000 * DAY));
  return {
    _id: new Types.ObjectId(),
    campaign,
    recipient: of.recipient._id,
    kind,
    direction,
    receivedAs: receivedAs ?? null,
    occurredAt,
    precision: 'time' as const,
    who: of.recipient.holderName,
    channel: '',
    text: `${sentence(random)}\n\n${sentence(random)}`,
    attachments: [],
    recordedAt: occurredAt,
    recordedBy: staff,
  };
}
