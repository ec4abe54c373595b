import type { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import type { TrackRecord } from '../../src/legislation/track.model.js';
import { Trigger, type TriggerRecord } from '../../src/triggers/trigger.model.js';
import type { TestApp } from './app.js';
import { aCadence } from './cadences.js';
import { aCampaign, NOW } from './factories.js';
import { valueOf } from './forms.js';
import { aTrack } from './triggers.js';
import { signInAs, type Fields, type Page, type SignedIn } from './visitor.js';

export type TriggerPages = Awaited<ReturnType<typeof openTriggers>>;

/** A campaign with a cadence, a law with a milestone, and somebody of the staff who writes triggers as a person would. */
export async function openTriggers(world: TestApp) {
  const staff = await signInAs(world, 'staff');
  const campaign: CampaignRecord = await aCampaign();
  const cadence: Types.ObjectId = await aCadence(campaign._id, [1, 3], staff.user._id, NOW);
  const track: TrackRecord = await aTrack();
  const home = `/campaigns/${String(campaign._id)}/triggers`;
  const timing = {
    milestone: String(track.milestones[0]!._id),
    days: '10',
    side: 'before',
    basis: 'expected',
  };
  const plan: Fields = {
    effect: 'plan cadence',
    ...timing,
    cadence: String(cadence),
    ask: String(campaign.asks[0]!._id),
    below: 'committed',
  };
  const newPage = (effect: string) => `${home}/new?effect=${encodeURIComponent(effect)}`;
  const send = (fields: Fields): Promise<Page> =>
    staff.postForm(home, fields, newPage(String(fields['effect'])));
  return {
    staff,
    campaign,
    cadence,
    track,
    home,
    timing,
    plan,
    send,
    /** its address */
    saved: async (fields: Fields = plan): Promise<string> => (await send(fields)).location!,
    approve: async (at: string, by: SignedIn = staff) =>
      by.postForm(`${at}/approval`, { seen: valueOf(await by.get(at), 'seen')! }, at),
    sweep: () => schedule['set-in-motion']!.run(world.deps),
  };
}

export const onlyTrigger = async (): Promise<TriggerRecord> =>
  (await Trigger.findOne().lean<TriggerRecord>())!;
