import { Types } from 'mongoose';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { approveTrigger } from '../../src/triggers/approve-trigger.js';
import { findTrigger, readTrigger } from '../../src/triggers/read-trigger.js';
import { Trigger, type TriggerRecord } from '../../src/triggers/trigger.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { TestApp } from './app.js';
import { aCadence } from './cadences.js';
import { aCampaign, anEntry, anOffice, aRecipient, aUser, NOW } from './factories.js';

export type OwnMilestone = {
  title?: string;
  stage?: string;
  expectedOn?: string | null;
  happenedOn?: string | null;
};

/** A law with one milestone, expected on 14 December 2026 unless it is told otherwise. */
export async function aTrack(own: OwnMilestone = {}, others: OwnMilestone[] = []): Promise<TrackRecord> {
  const milestone = { title: 'Report stage', stage: 'committee', expectedOn: '2026-12-14', ...own };
  const { _id } = await Track.create({
    title: 'A fictional safety bill',
    jurisdiction: 'Utopia',
    milestones: [milestone, ...others] as never,
    createdAt: NOW,
  });
  return (await Track.findById(_id).lean<TrackRecord>())!;
}

/** Changes the milestone of such a law, as an import or a person would. */
export const changeMilestone = (track: TrackRecord, change: Record<string, unknown>) =>
  Track.updateOne(
    { _id: track._id },
    {
      $set: Object.fromEntries(
        Object.entries(change).map(([field, value]) => [`milestones.0.${field}`, value]),
      ),
    },
  );

/** A trigger of ten working days before the milestone unless it is told otherwise, as it stands in the database. */
export async function aTrigger(
  own: Partial<TriggerRecord> & { track: Types.ObjectId },
): Promise<TriggerRecord> {
  const track = (await Track.findById(own.track).lean<TrackRecord>())!;
  const { _id } = await Trigger.create({
    milestone: track.milestones[0]!._id,
    effect: 'plan cadence',
    days: 10,
    side: 'before',
    basis: 'expected',
    author: new Types.ObjectId(),
    changedAt: NOW,
    createdAt: NOW,
    campaign: new Types.ObjectId(),
    ...own,
  } as never);
  return findTrigger(_id);
}

export const approve = async ({ _id }: Pick<TriggerRecord, '_id'>, by: Types.ObjectId, { clock }: TestApp) =>
  approveTrigger(_id, { seen: (await readTrigger(await findTrigger(_id))).hash, by, now: clock.now() });

/** Somebody who got the letter the day before and has said nothing. */
export async function aSilentRecipient(
  campaign: Types.ObjectId,
  office: Parameters<typeof anOffice>[0] = {},
): Promise<RecipientRecord> {
  const { _id } = await aRecipient({ campaign, office: (await anOffice(office))._id });
  await anEntry({ recipient: _id, kind: 'letter' });
  return (await Recipient.findById(_id).lean<RecipientRecord>())!;
}

/** A campaign with a cadence of two steps, recipients, and an approved trigger of it ten working days before a milestone. */
export async function anApprovedTrigger(
  world: TestApp,
  {
    recipients = 2,
    campaign: own,
    trigger,
  }: { recipients?: number; campaign?: Partial<CampaignRecord>; trigger?: Partial<TriggerRecord> } = {},
) {
  const campaign = await aCampaign(own);
  const by = (await aUser({ role: 'admin', name: 'Ana Example' }))._id;
  const cadence = await aCadence(campaign._id, [1, 3], by, NOW);
  const people = [];
  for (let n = 0; n < recipients; n += 1) people.push(await aSilentRecipient(campaign._id));
  const track = await aTrack();
  const planned = await aTrigger({
    campaign: campaign._id,
    track: track._id,
    cadence,
    ask: campaign.asks[0]!._id,
    below: 'committed',
    author: by,
    ...trigger,
  });
  if (campaign.approval !== 'four eyes') await approve(planned, by, world);
  return { campaign, by, cadence, recipients: people, track, trigger: await findTrigger(planned._id) };
}
