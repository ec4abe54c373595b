import type { Day } from '../dates.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { unacknowledgedOnly } from '../recipients/late.js';
import { whoIsTold, type LateItems, type Staff } from './reminder.rules.js';

export type Named = Pick<RecipientRecord, '_id' | 'campaign' | 'owner' | 'organisationName' | 'officeTitle'>;
export const named = { campaign: 1, owner: 1, organisationName: 1, officeTitle: 1 } as const;

export const nameOf = ({ organisationName, officeTitle }: Named): string =>
  `${organisationName}, ${officeTitle}`;

export const owned = { owner: 1, lateAfter: 1, acknowledgementDays: 1, timeZone: 1 } as const;
export type OwnedCampaign = Pick<CampaignRecord, '_id' | keyof typeof owned>;
/** Puts something on the list of each of these people. */
export type Add = (people: string[], to: (items: LateItems) => void) => void;

/** Those whose answer is late on their own calendar. */
export async function addAnswers(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  for (const campaign of campaigns) {
    const { _id, lateAfter } = campaign;
    if (!lateAfter) continue;
    const late = Recipient.find(
      { campaign: _id, lateFrom: { $lte: now } },
      { ...named, answerDueOn: 1, veryLateFrom: 1 },
    ).sort({ lateFrom: 1, listedAs: 1 });
    for await (const recipient of late.lean<Late[]>().cursor()) {
      const answer = {
        id: String(recipient._id),
        recipient: nameOf(recipient),
        answerDueOn: recipient.answerDueOn,
        isVeryLate: recipient.veryLateFrom <= now,
      };
      add(whoIsTold(recipient, campaign, staff), ({ answers }) => answers.push(answer));
    }
  }
}

type Late = Named & { answerDueOn: Day; veryLateFrom: Date };

/** Those of whom not a word came in time. */
export async function addAcknowledgements(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  for (const campaign of campaigns) {
    const { _id, acknowledgementDays } = campaign;
    if (!acknowledgementDays) continue;
    const silent = Recipient.find(
      { campaign: _id, ...unacknowledgedOnly(now) },
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
