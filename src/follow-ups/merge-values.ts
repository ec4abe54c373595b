import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayInWords, dayOf, daysBetween } from '../dates.js';
import { zoneOfDay } from '../history/entry.rules.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { MergeValues } from './merge-fields.js';

export type MergeSource = {
  campaign: Pick<CampaignRecord, 'title' | 'asks'>;
  office: Pick<OfficeRecord, 'title' | 'holders' | 'timeZone'>;
  recipient: Pick<RecipientRecord, 'organisationName' | 'lastContactAt' | 'lastContactPrecision'>;
  senderName: string;
  dueAt: Date;
};

/** What a mail says in words of the records, which somebody may put right while it is planned. */
export type WrittenFrom = Record<'salutation' | 'organisation' | 'office', string>;

export const writtenFrom = ({ salutation, organisation, office }: WrittenFrom): WrittenFrom => ({
  salutation,
  organisation,
  office,
});

/** The merge fields of one recipient as they are when the mail is due; days are counted in the office's time zone. */
export function mergeValues({ campaign, office, recipient, senderName, dueAt }: MergeSource): MergeValues {
  const due = dayOf(dueAt, office.timeZone);
  const holder = holderOn(office.holders, due);
  const lastContact = recipient.lastContactAt
    ? dayOf(recipient.lastContactAt, zoneOfDay(recipient.lastContactPrecision, office.timeZone))
    : '';
  return {
    salutation: holder?.salutation ?? '',
    holder: holder?.name ?? '',
    office: office.title,
    organisation: recipient.organisationName,
    campaign: campaign.title,
    asks: campaign.asks
      .map(({ title, text }, i) => `${i + 1}. ${[`**${title}**`, text].filter(Boolean).join(': ')}`)
      .join('\n'),
    last_contact:
      lastContact &&
      `${recipient.lastContactPrecision === 'by-day' ? 'by' : 'on'} ${dayInWords(lastContact)}`,
    days_waiting: lastContact && String(daysBetween(lastContact, due)),
    sender: senderName,
  };
}
