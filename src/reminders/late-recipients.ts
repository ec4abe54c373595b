import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayOf } from '../dates.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { isOverdue, recipientStatuses } from '../recipients/recipient.rules.js';
import { whoIsTold, type LateItems, type Staff } from './reminder.rules.js';

export type Named = Pick<RecipientRecord, '_id' | 'campaign' | 'owner' | 'organisationName' | 'officeTitle'>;
export const named = { campaign: 1, owner: 1, organisationName: 1, officeTitle: 1 } as const;

export const nameOf = ({ organisationName, officeTitle }: Named): string =>
  `${organisationName}, ${officeTitle}`;

export const owned = { owner: 1, answerDueOn: 1, acknowledgementDays: 1, timeZone: 1 } as const;
export type OwnedCampaign = Pick<CampaignRecord, '_id' | keyof typeof owned>;
/** Puts something on the list of each of these people. */
export type Add = (people: string[], to: (items: LateItems) => void) => void;

/** Those who owe an answer since a day that is over where the campaign is. */
export async function addAnswers(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  for (const campaign of campaigns) {
    const { _id, answerDueOn, timeZone } = campaign;
    const status = recipientStatuses.filter((one) => isOverdue(one, answerDueOn, dayOf(now, timeZone)));
    if (status.length === 0) continue;
    const silent = Recipient.find({ campaign: _id, status: { $in: status } }, named).sort({ listedAs: 1 });
    for await (const recipient of silent.lean<Named[]>().cursor()) {
      const answer = { id: String(recipient._id), recipient: nameOf(recipient), answerDueOn: answerDueOn! };
      add(whoIsTold(recipient, campaign, staff), ({ answers }) => answers.push(answer));
    }
  }
}

/** Those of whom not a word came in time. Once the answer itself is overdue, that is what is told, and once is enough. */
export async function addAcknowledgements(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  for (const campaign of campaigns) {
    const { _id, answerDueOn, acknowledgementDays, timeZone } = campaign;
    if (!acknowledgementDays || isOverdue('sent', answerDueOn, dayOf(now, timeZone))) continue;
    const silent = Recipient.find(
      { campaign: _id, acknowledgementMissingFrom: { $lte: now } },
      { ...named, timeZone: 1, acknowledgementMissingFrom: 1 },
    ).sort({ listedAs: 1 });
    for await (const recipient of silent.lean<Unacknowledged[]>().cursor()) {
      const expectedBy = lastDayBefore(recipient.acknowledgementMissingFrom, recipient.timeZone);
      const missing = { id: String(recipient._id), recipient: nameOf(recipient), expectedBy };
      add(whoIsTold(recipient, campaign, staff), ({ acknowledgements }) => acknowledgements.push(missing));
    }
  }
}

type Unacknowledged = Named & { timeZone: string; acknowledgementMissingFrom: Date };
