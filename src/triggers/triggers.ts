import { Types } from 'mongoose';
import { Cadence } from '../cadences/cadence.model.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { findCampaign, sendingOf } from '../campaigns/campaigns.js';
import { presentStaff } from '../attention/seen.js';
import { RuleBroken } from '../errors.js';
import { Track } from '../legislation/track.model.js';
import { notRemoved } from '../removal.model.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { User } from '../users/user.model.js';
import { cancelAhead } from './cancel-ahead.js';
import { findTrigger, readTrigger } from './read-trigger.js';
import type { TriggerForm } from './trigger.form.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';
import type { Effect } from './trigger.rules.js';

/** A choice that is not this campaign’s, or is gone: the field, and a sentence. */
export type WrongChoice = { field: string; message: string };

/** Nothing that is chosen in a form is taken on trust: it must be of this campaign. Null where all of it is. */
export async function wrongChoice(
  campaign: CampaignRecord,
  { milestone, cadence, ask, staff }: Partial<TriggerForm>,
): Promise<WrongChoice | null> {
  if (milestone && !(await Track.exists({ 'milestones._id': milestone, ...notRemoved })))
    return { field: 'milestone', message: 'This milestone is not there any more. Choose from the list.' };
  if (cadence && !(await Cadence.exists({ _id: cadence, campaign: campaign._id })))
    return { field: 'cadence', message: 'This cadence is not in the campaign. Choose from the list.' };
  if (ask && !campaign.asks.some(({ _id }) => String(_id) === ask))
    return { field: 'ask', message: 'This ask is not in the campaign. Choose from the list.' };
  const people = new Set(staff);
  if (staff && (await User.countDocuments({ _id: { $in: [...people] }, ...presentStaff })) < people.size)
    return { field: 'staff', message: 'One of them has no account in use any more. Choose from the list.' };
  return null;
}

type Saving = { by: Types.ObjectId; now: Date };

export async function createTrigger(
  campaign: CampaignRecord,
  effect: Effect,
  form: TriggerForm & FromForm,
  saving: Saving,
): Promise<Types.ObjectId> {
  const track = await Track.findOne({ 'milestones._id': form.milestone, ...notRemoved }, { _id: 1 }).lean();
  if (!track) throw new RuleBroken('This milestone is not there any more. Nothing was saved.');
  const trigger = {
    ...form,
    campaign: campaign._id,
    track: track._id,
    effect,
    author: saving.by,
    changedAt: saving.now,
    createdAt: saving.now,
  };
  const { _id, isFirst } = await createOnce(Trigger, form, () => Trigger.create(trigger as never));
  if (isFirst) await approveBySaving(_id, saving);
  return _id;
}

/** Its milestone and its effect stay; with anything else that changes its approval is void. */
export async function editTrigger(
  { _id }: Pick<TriggerRecord, '_id'>,
  { milestone: _stays, ...form }: TriggerForm,
  saving: Saving,
): Promise<void> {
  const before = await readTrigger(await findTrigger(_id));
  const changes = { ...form, author: saving.by, changedAt: saving.now };
  const { matchedCount } = await Trigger.updateOne({ _id, removedAt: null }, { $set: changes });
  if (matchedCount === 0)
    throw new RuleBroken('Somebody removed the trigger. Nothing was saved: write a new one.');
  const { hash } = await readTrigger(await findTrigger(_id));
  // who saves what it said already has changed nothing, and is not its author
  if (hash === before.hash) await Trigger.updateOne({ _id }, { $set: { author: before.trigger.author } });
  await approveBySaving(_id, saving);
}

/** Where the campaign asks for no approval, who saves it approves it. */
async function approveBySaving(id: Types.ObjectId, { by, now }: Saving): Promise<void> {
  const trigger = await findTrigger(id);
  if (sendingOf(await findCampaign(trigger.campaign)).approval !== 'none') return;
  const { hash } = await readTrigger(trigger);
  await Trigger.updateOne(
    { _id: id, changedAt: trigger.changedAt },
    { $set: { approval: { by, at: now, hash } } },
  );
}

/** What it planned and has not gone is cancelled, and does not come back when it is resumed. @returns for how many */
export async function pauseTrigger({ _id }: Pick<TriggerRecord, '_id'>, now: Date): Promise<number> {
  await Trigger.updateOne({ _id, pausedAt: null }, { $set: { pausedAt: now } });
  return cancelAhead(_id, null, 'Somebody paused the trigger that had set it in motion.');
}

export async function resumeTrigger({ _id }: Pick<TriggerRecord, '_id'>): Promise<void> {
  await Trigger.updateOne({ _id }, { $set: { pausedAt: null } });
}

/** It is kept for what it did. @returns for how many recipients something was cancelled */
export async function removeTrigger({ _id }: Pick<TriggerRecord, '_id'>, now: Date): Promise<number> {
  await Trigger.updateOne({ _id, removedAt: null }, { $set: { removedAt: now } });
  return cancelAhead(_id, null, 'Somebody removed the trigger that had set it in motion.');
}
