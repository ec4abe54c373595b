import mongoose, { Types } from 'mongoose';
import { Campaign } from '../src/campaigns/campaign.model.js';
import { FollowUp } from '../src/follow-ups/follow-up.model.js';
import { contentHashOf } from '../src/follow-ups/follow-up.rules.js';
import { parseSender, type Address } from '../src/mail/message.js';
import { Office } from '../src/organisations/office.model.js';
import { Organisation } from '../src/organisations/organisation.model.js';
import { Recipient } from '../src/recipients/recipient.model.js';
import { HOUR } from './clock.js';
import { FROM } from './workers.js';

type Setting = { campaign: Types.ObjectId; organisation: Types.ObjectId; from: Address; now: Date };

/** Empties the database, and fills it with a live campaign whose approved follow-ups are all due, one to a recipient. */
export async function onlyDue(count: number, now: Date): Promise<void> {
  await empty();
  const [campaign, organisation] = [new Types.ObjectId(), new Types.ObjectId()];
  const setting = { campaign, organisation, from: parseSender(FROM), now };
  await Campaign.create({
    _id: campaign,
    title: 'A fictional open letter',
    timeZone: 'UTC',
    window: { fromHour: 0, untilHour: 24, everyDay: true },
    liveSince: now,
    createdAt: now,
  });
  const name = 'Example Platform';
  await Organisation.create({
    _id: organisation,
    name,
    nameFolded: name.toLowerCase(),
    kind: 'company',
    createdAt: now,
  });
  const rows = Array.from({ length: count }, (_, n) => madeUp(n, setting));
  await Office.insertMany(rows.map(({ office }) => office));
  await Recipient.insertMany(rows.map(({ recipient }) => recipient));
  await FollowUp.insertMany(rows.map(({ followUp }) => followUp));
}

/** Goes past the models: history refuses to be deleted through them. */
async function empty(): Promise<void> {
  for (const { collection } of Object.values(mongoose.models)) await collection.deleteMany({});
}

export const addressOf = (n: number): string => `office${n}@example.org`;

function madeUp(n: number, { campaign, organisation, from, now }: Setting) {
  const [office, recipient] = [new Types.ObjectId(), new Types.ObjectId()];
  const [name, title, timeZone] = [`Kim Invented ${n}`, `Office ${n}`, 'UTC'];
  const text = `Dear ${name}, we look forward to an answer.`;
  const content = {
    messageId: `<due-${n}-${String(recipient)}@example.org>`,
    to: { name, address: addressOf(n) },
    subject: `Our letter, ${n}`,
    text,
    html: `<p>${text}</p>`,
  };
  return {
    office: {
      _id: office,
      organisation,
      title,
      email: content.to.address,
      timeZone,
      holders: [{ name, salutation: `Dear ${name}` }],
      createdAt: now,
    },
    recipient: {
      _id: recipient,
      campaign,
      office,
      organisation,
      organisationName: 'Example Platform',
      officeTitle: title,
      holderName: name,
      timeZone,
      listedAs: title,
      createdAt: now,
    },
    followUp: {
      ...content,
      campaign,
      recipient,
      step: 1,
      revision: 1,
      state: 'scheduled' as const,
      dueAt: now,
      nextAttemptAt: now,
      subjectTemplate: content.subject,
      bodyTemplate: text,
      holderName: name,
      plannedAt: new Date(now.getTime() - HOUR),
      approval: { at: now, contentHash: contentHashOf(content, from) },
    },
  };
}
