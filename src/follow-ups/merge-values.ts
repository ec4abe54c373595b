import { createHash } from 'node:crypto';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayInWords, dayOf, daysBetween } from '../dates.js';
import { zoneOfDay } from '../history/entry.rules.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { MergeField, MergeValues } from './merge-fields.js';

export type MergeSource = {
  campaign: Pick<CampaignRecord, 'title' | 'asks'>;
  office: Pick<OfficeRecord, 'title' | 'holders' | 'timeZone'>;
  recipient: Pick<RecipientRecord, 'organisationName' | 'lastContactAt' | 'lastContactPrecision'>;
  senderName: string;
  dueAt: Date;
};

/**
 * What a mail says in words of the records, which somebody may put right while it is planned. What is the same for a whole campaign
 * only where it is filled in: a corrected title is not to hold every mail that never had it. `asks`: a hash of them.
 */
export type WrittenFrom = Record<'salutation' | 'organisation' | 'office', string> &
  Partial<Record<'campaign' | 'asks' | 'sender', string>>;

export const writtenFrom = (
  { salutation, organisation, office, campaign, asks, sender }: MergeValues,
  uses: (field: MergeField) => boolean,
): WrittenFrom => ({
  salutation,
  organisation,
  office,
  ...(uses('campaign') && { campaign }),
  ...(uses('asks') && { asks: hashOf(asks) }),
  ...(uses('sender') && { sender }),
});

/** Long enough to tell two versions of the asks of a campaign apart; a thousand follow-ups keep it. */
export const hashOf = (words: string): string => createHash('sha256').update(words).digest('base64url');

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
    asks: asksInWords(campaign.asks),
    last_contact:
      lastContact &&
      `${recipient.lastContactPrecision === 'by-day' ? 'by' : 'on'} ${dayInWords(lastContact)}`,
    days_waiting: lastContact && String(daysBetween(lastContact, due)),
    sender: senderName,
  };
}

/** As a numbered list, in markdown. */
export const asksInWords = (
  asks: readonly Pick<CampaignRecord['asks'][number], 'title' | 'text'>[],
): string =>
  asks
    .map(({ title, text }, i) => `${i + 1}. ${[`**${title}**`, text].filter(Boolean).join(': ')}`)
    .join('\n');
