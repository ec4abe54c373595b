import mongoose, { Types } from 'mongoose';
import { Campaign } from '../src/campaigns/campaign.model.js';
import { createIndexes } from '../src/database.js';
import { countActivity } from '../src/history/activity.model.js';
import { Track } from '../src/legislation/track.model.js';
import { refreshRecipients } from '../src/recipients/refresh.js';
import { hashPassword } from '../src/users/passwords.js';
import { User } from '../src/users/user.model.js';
import { madeUpEntry, madeUpRecipient, type MadeUpRecipient } from './made-up.js';
import { ASKS, madeUpCommitments } from './made-up-commitments.js';
import { numbersFrom } from './names.js';

export type Size = { name: 'small' | 'large'; recipients: number; entries: number };
export const SIZES: readonly Size[] = [
  { name: 'small', recipients: 200, entries: 1000 },
  { name: 'large', recipients: 5000, entries: 100_000 },
];

export const PASSWORD = 'three fictional words';
export const STAFF_EMAIL = 'staff@example.org';
export const PARTNER_EMAIL = 'partner@example.org';

/** The recipient whose timeline is read has a full first page of entries, at either size. */
const ENTRIES_OF_THE_FIRST = 60;
const BATCH = 5000;

export type Generated = { campaign: Types.ObjectId; recipient: Types.ObjectId };

/** Fills the connected, empty database. Facts in bulk, the copies with the product's own functions. */
export async function generate({ recipients, entries }: Size, now: Date): Promise<Generated> {
  await createIndexes();
  const random = numbersFrom(recipients);
  const campaign = new Types.ObjectId();
  const staff = await addPeople(campaign, now);
  const rows = Array.from({ length: recipients }, (_, n) =>
    madeUpRecipient({ n, campaign, staff, now, random }),
  );
  await insert(
    'organisations',
    rows.map(({ organisation }) => organisation),
  );
  await insert(
    'offices',
    rows.map(({ office }) => office),
  );
  await insert(
    'recipients',
    rows.map(({ recipient }) => recipient),
  );
  await insert(
    'followups',
    rows.flatMap(({ followUp }) => followUp ?? []),
  );
  const history = Array.from({ length: entries }, (_, n) =>
    madeUpEntry({ of: belongsTo(n, rows), campaign, staff, now, random }),
  );
  await insert('entries', history);
  await countActivity(campaign, history);
  const asks = ASKS.map((title) => ({ _id: new Types.ObjectId(), title, text: 'In writing.' }));
  // what is expected of recipients follows from it
  await Campaign.create({
    _id: campaign,
    title: 'A fictional open letter',
    letter: 'Dear example company,\n\nplease answer.',
    asks,
    owner: staff,
    timeZone: 'Europe/London',
    lateAfter: 20,
    veryLateAfter: 40,
    window: { fromHour: 0, untilHour: 24, everyDay: true },
    mostPerDay: 0,
    liveSince: now,
    createdAt: now,
  });
  const ids = rows.map(({ recipient }) => recipient._id);
  await insert(
    'commitments',
    ids.flatMap((id) => madeUpCommitments(id, { campaign, asks, staff, now, random })),
  );
  for (let i = 0; i < ids.length; i += 500) await refreshRecipients(ids.slice(i, i + 500));
  await addTracks(now);
  return { campaign, recipient: rows[0]!.recipient._id };
}

const belongsTo = (n: number, rows: readonly MadeUpRecipient[]): MadeUpRecipient =>
  n < ENTRIES_OF_THE_FIRST ? rows[0]! : rows[1 + (n % (rows.length - 1))]!;

async function insert(collection: string, records: { _id: Types.ObjectId }[]): Promise<void> {
  for (let i = 0; i < records.length; i += BATCH) {
    await mongoose.connection
      .collection(collection)
      .insertMany(records.slice(i, i + BATCH), { ordered: false });
  }
}

/** @returns the staff member, who looks after the campaign */
async function addPeople(campaign: Types.ObjectId, createdAt: Date): Promise<Types.ObjectId> {
  const _id = new Types.ObjectId();
  const passwordHash = await hashPassword(PASSWORD);
  const common = { timeZone: 'Europe/London', passwordHash, createdAt };
  const staff = {
    name: 'Robin Example',
    role: 'staff' as const,
    mayApprove: true,
    email: STAFF_EMAIL,
    emailNormalized: STAFF_EMAIL,
  };
  const partner = {
    name: 'Sasha Example',
    role: 'partner' as const,
    email: PARTNER_EMAIL,
    emailNormalized: PARTNER_EMAIL,
  };
  await User.create([
    { ...common, ...staff, _id },
    { ...common, ...partner, campaigns: [campaign] },
  ]);
  return _id;
}

async function addTracks(createdAt: Date): Promise<void> {
  const milestones = Array.from({ length: 6 }, (_, n) => ({
    title: `Fictional step ${n + 1}`,
    stage: 'proposed' as const,
    ...(n < 4 ? { happenedOn: `202${3 + Math.floor(n / 2)}-0${n + 2}-11` } : { expectedOn: `2027-0${n}-11` }),
  }));
  await Track.create(
    ['Here', 'There'].map((jurisdiction) => ({
      title: `A fictional act of ${jurisdiction}`,
      jurisdiction,
      milestones,
      createdAt,
    })),
  );
}
