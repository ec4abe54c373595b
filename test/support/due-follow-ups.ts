import { Types } from 'mongoose';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { contentHashOf } from '../../src/follow-ups/follow-up.rules.js';
import type { Address } from '../../src/mail/message.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { aCampaign, anOrganisation, NOW } from './factories.js';

/** Many approved follow-ups of a live campaign, one to a recipient, all due at `NOW`; written in bulk. */
export async function manyDueFollowUps(count: number, from: Address): Promise<void> {
  const campaign = (await aCampaign({ liveSince: NOW }))._id;
  const organisation = await anOrganisation();
  const rows = Array.from({ length: count }, (_, n) =>
    madeUp(n, campaign, organisation._id, organisation.name, from),
  );
  await Office.insertMany(rows.map(({ office }) => office));
  await Recipient.insertMany(rows.map(({ recipient }) => recipient));
  await FollowUp.insertMany(rows.map(({ followUp }) => followUp));
}

function madeUp(
  n: number,
  campaign: Types.ObjectId,
  organisation: Types.ObjectId,
  organisationName: string,
  from: Address,
) {
  const [office, recipient] = [new Types.ObjectId(), new Types.ObjectId()];
  const holder = { name: `Kim Invented ${n}`, salutation: `Dear Kim ${n}` };
  const title = `Office ${n}`;
  const content = {
    messageId: `<due-${n}-${String(recipient)}@example.org>`,
    to: { name: holder.name, address: `office${n}@example.org` },
    subject: `Our letter, ${n}`,
    text: `${holder.salutation}, we look forward to an answer.`,
    html: `<p>${holder.salutation}, we look forward to an answer.</p>`,
  };
  return {
    office: {
      _id: office,
      organisation,
      title,
      email: content.to.address,
      timeZone: 'UTC',
      holders: [holder],
      createdAt: NOW,
    },
    recipient: {
      _id: recipient,
      campaign,
      office,
      organisation,
      organisationName,
      officeTitle: title,
      holderName: holder.name,
      timeZone: 'UTC',
      listedAs: title,
      createdAt: NOW,
    },
    followUp: {
      ...content,
      campaign,
      recipient,
      step: 1,
      revision: 1,
      state: 'scheduled' as const,
      dueAt: NOW,
      nextAttemptAt: NOW,
      subjectTemplate: content.subject,
      bodyTemplate: content.text,
      holderName: holder.name,
      plannedAt: new Date(NOW.getTime() - 3_600_000),
      approval: { at: NOW, contentHash: contentHashOf(content, from) },
    },
  };
}
