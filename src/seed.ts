import mongoose, { Types } from 'mongoose';
import { Activity, countActivity } from './history/activity.model.js';
import { Campaign } from './campaigns/campaign.model.js';
import { instantOf } from './dates.js';
import { isDuplicate } from './database.js';
import { Entry } from './history/entry.model.js';
import { seedTracks } from './legislation/seed-tracks.js';
import { Office } from './organisations/office.model.js';
import { Organisation } from './organisations/organisation.model.js';
import { namedAs } from './organisations/found-by.rules.js';
import { listingOf } from './recipients/listing.js';
import { Recipient } from './recipients/recipient.model.js';
import { refreshRecipients } from './recipients/refresh.js';

/** The date of the report that this campaign's facts come from; the letter had been sent by then. */
const REPORTED_ON = '2023-09-18';

const recipients = [
  { organisation: 'Meta', holder: 'Mark Zuckerberg' },
  { organisation: 'Snap', holder: 'Evan Spiegel' },
  { organisation: 'Signal', holder: 'Meredith Whittaker' },
  { organisation: 'Apple', holder: 'Tim Cook' },
];

const letter = [
  '*The words of the letter itself are not held here yet; staff can paste them in. What is known about it:*',
  [
    'In September 2023 more than a hundred people and organisations signed a letter asking technology companies to make their products safe for children.',
    'It was led by a survivor who was abused at 13 through an encrypted messaging app.',
    'It was signed by 43 survivors of online child sexual abuse and 61 child-safety organisations and academics, with representatives from 24 countries.',
    'It was sent to executives at technology platforms.',
  ].join(' '),
].join('\n\n');

const asks = [
  {
    title: 'Seek out the people affected',
    text: 'Seek out the perspectives of users whose rights and safety the product has eroded.',
  },
  {
    title: 'Safeguards first',
    text: 'Do not pursue products or services that harm users unless stringent safeguards, informed by survivors, are in place first; the roll-out of end-to-end encryption included.',
  },
  {
    title: 'Publish impact assessments',
    text: 'Produce and publish impact assessments: who is adversely affected by a product decision, and what is done to uphold their rights and safety.',
  },
];

/** Fixed ids make a seed that was interrupted, or that two processes began at once, come out the same. */
const id = (kind: number, n: number): Types.ObjectId =>
  new Types.ObjectId(`65081f00${kind.toString(16).padStart(8, '0')}${n.toString(16).padStart(8, '0')}`);

/** Puts the real campaign into an empty database. @returns whether it was empty */
export async function seed(now: Date): Promise<boolean> {
  if (await Campaign.exists({})) return false;
  const campaign = id(1, 1);
  for (const [n, { organisation, holder }] of recipients.entries())
    await seedRecipient({ campaign, n, organisation, holder, now });
  await refreshRecipients(recipients.map((_, n) => id(4, n)));
  await Activity.deleteMany({ campaign });
  await countActivity(campaign, await Entry.find({ campaign }).lean());
  await seedTracks(now);
  // the campaign comes last: while it is missing, the next start seeds again
  await once(Campaign, {
    _id: campaign,
    title: 'Open letter to technology companies, September 2023',
    letter,
    asks: asks.map((ask, n) => ({ _id: id(6, n), ...ask })),
    timeZone: 'Europe/London',
    createdAt: now,
  });
  return true;
}

type Seeded = { campaign: Types.ObjectId; n: number; organisation: string; holder: string; now: Date };

async function seedRecipient({ campaign, n, organisation, holder, now }: Seeded): Promise<void> {
  const company = {
    _id: id(2, n),
    name: organisation,
    ...namedAs(organisation),
    kind: 'company' as const,
    createdAt: now,
  };
  await once(Organisation, company);
  const office = {
    _id: id(3, n),
    organisation: company._id,
    title: 'Executive addressed by the letter',
    timeZone: 'UTC',
    notes: `${holder} is the executive named in the report of 18 September 2023. Check who holds the office today, and its address and time zone, before anything is sent.`,
    holders: [{ _id: id(5, n), name: holder }],
    createdAt: now,
  };
  await once(Office, office);
  const stored = await Office.findById(office._id).lean();
  await once(Recipient, {
    _id: id(4, n),
    campaign,
    office: office._id,
    organisation: company._id,
    createdAt: now,
    ...listingOf(stored as never, company, now),
  });
  await once(Entry, {
    _id: id(7, n),
    campaign,
    recipient: id(4, n),
    kind: 'letter',
    direction: 'out',
    occurredAt: instantOf(REPORTED_ON, '12:00', 'UTC'),
    precision: 'by-day',
    text: 'The letter had been sent by this day, the date of the report that names this recipient. The exact day is not known.',
    recordedAt: now,
  });
}

/** Inserts unless it is there already. */
async function once<T>(
  model: mongoose.Model<T>,
  record: { _id: Types.ObjectId } & { [field in keyof T]?: unknown },
): Promise<void> {
  if (await model.exists({ _id: record._id })) return;
  try {
    await model.create(record as never);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
