import type { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { byId, groupBy } from '../group-by.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import { newestOfEachStep } from './cadence.rules.js';
import type { Chain } from './chain.js';

/** A cadence that is ahead of a recipient, with everything that it is planned anew from. */
export type RunningChain = Pick<Chain, 'letter'> & {
  /** a step of it that is ahead */
  ahead: FollowUpRecord;
  /** its steps as they count, in order */
  rows: FollowUpRecord[];
  recipient: RecipientRecord;
  office: OfficeRecord;
  campaign: CampaignRecord;
  /** the name that the author of a step has now */
  senderOf: (row: FollowUpRecord) => string;
};

/** The cadences ahead of these recipients, in their order, in as many reads for many as for one. */
export async function readChains(ids: readonly Types.ObjectId[]): Promise<RunningChain[]> {
  const [steps, recipients, letters] = await Promise.all([
    FollowUp.find({ recipient: { $in: ids }, cadence: { $ne: null } }).lean<FollowUpRecord[]>(),
    Recipient.find({ _id: { $in: ids } }).lean<RecipientRecord[]>(),
    FollowUp.find(
      { recipient: { $in: ids }, cadence: null, step: 0, state: 'sent' },
      { recipient: 1, messageId: 1, subject: 1 },
    ).lean<Pick<FollowUpRecord, '_id' | 'recipient' | 'messageId' | 'subject'>[]>(),
  ]);
  const stepsOf = groupBy(steps, ({ recipient }) => String(recipient));
  const running = ids.flatMap((id) => {
    const theirs = stepsOf.get(String(id)) ?? [];
    const ahead = theirs.find(({ state }) => isAhead(state));
    const recipient = recipients.find(({ _id }) => _id.equals(id));
    if (!ahead || !recipient) return [];
    const rows = newestOfEachStep(theirs.filter(({ cadence }) => cadence!.equals(ahead.cadence)));
    const letter = letters.find((one) => one.recipient.equals(id)) ?? null;
    return [{ ahead, rows, recipient, letter }];
  });
  const around = await readAround(running);
  return running
    .map((one) => ({ ...one, ...around(one.recipient) }))
    .filter(({ office, campaign }) => office && campaign);
}

export const isAhead = (state: FollowUpRecord['state']): boolean => aheadStates.some((one) => one === state);

type Around = Pick<RunningChain, 'office' | 'campaign' | 'senderOf'>;

async function readAround(
  running: readonly Pick<RunningChain, 'rows' | 'recipient'>[],
): Promise<(recipient: RecipientRecord) => Around> {
  if (running.length === 0) return () => ({}) as Around;
  const authors = running.flatMap(({ rows }) => rows.flatMap(({ plannedBy }) => plannedBy ?? []));
  const [offices, campaigns, people] = await Promise.all([
    Office.find({ _id: { $in: running.map(({ recipient }) => recipient.office) } }).lean<OfficeRecord[]>(),
    Campaign.find({ _id: { $in: running.map(({ recipient }) => recipient.campaign) } }).lean<
      CampaignRecord[]
    >(),
    User.find({ _id: { $in: authors } }, { name: 1 }).lean(),
  ]);
  const [officeOf, campaignOf, personOf] = [byId(offices), byId(campaigns), byId(people)];
  return ({ office, campaign }) => ({
    office: officeOf.get(String(office))!,
    campaign: campaignOf.get(String(campaign))!,
    senderOf: ({ plannedBy }) => personOf.get(String(plannedBy))?.name ?? '',
  });
}
