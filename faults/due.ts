import mongoose, { Types } from 'mongoose';
import { dueFollowUp } from '../bench/due-follow-up.js';
import { madeUpRecipient } from '../bench/made-up.js';
import { Campaign } from '../src/campaigns/campaign.model.js';
import { FollowUp } from '../src/follow-ups/follow-up.model.js';
import type { Address } from '../src/mail/message.js';
import { Office } from '../src/organisations/office.model.js';
import { Organisation } from '../src/organisations/organisation.model.js';
import { Recipient } from '../src/recipients/recipient.model.js';

export const FROM: Address = { name: 'The campaign', address: 'campaign@example.org' };

/** Empties the database, and fills it with nothing but what is due. */
export async function onlyDue(count: number, now: Date): Promise<void> {
  // past the models: history refuses to be deleted through them
  for (const { collection } of Object.values(mongoose.models)) await collection.deleteMany({});
  await manyDue(count, now);
}

/** A live campaign whose approved follow-ups are all due, one to a recipient; written in bulk. */
export async function manyDue(count: number, now: Date): Promise<void> {
  const campaign = new Types.ObjectId();
  await Campaign.create({
    _id: campaign,
    title: 'A fictional open letter',
    timeZone: 'UTC',
    window: { fromHour: 0, untilHour: 24, everyDay: true },
    mostPerDay: 0,
    liveSince: now,
    createdAt: now,
  });
  const setting = { campaign, staff: new Types.ObjectId(), now, random: () => 0 };
  const rows = Array.from({ length: count }, (_, n) => madeUpRecipient({ ...setting, n }));
  await Organisation.insertMany(rows.map(({ organisation }) => organisation));
  await Office.insertMany(rows.map(({ office }) => office));
  await Recipient.insertMany(rows.map(({ recipient }) => recipient));
  await FollowUp.insertMany(
    rows.map(({ office, recipient }, n) => {
      const to = { name: recipient.holderName, address: office.email };
      const text = `Dear ${to.name}, we look forward to an answer.`;
      const subject = `Our letter, ${n}`;
      return dueFollowUp({ campaign, recipient: recipient._id, to, subject, text, step: 1, now, from: FROM });
    }),
  );
}

/** The address of the recipient with this number, from 0. */
export const addressOf = (n: number): string => `office${n}@example.org`;
