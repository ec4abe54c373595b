import { setTimeout as pause } from 'node:timers/promises';
import { approveFollowUp } from '../../src/follow-ups/approve.js';
import { createCadence } from '../../src/cadences/cadences.js';
import { CadenceStart } from '../../src/cadences/start.model.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { createTemplate } from '../../src/follow-ups/templates.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { Types } from 'mongoose';
import type { TestApp } from './app.js';
import { aCampaign, anEntry, aRecipient, aUser } from './factories.js';

type OwnCampaign = Parameters<typeof aCampaign>[0];
type Wanted = {
  gaps?: number[];
  bodies?: string[];
  live?: boolean;
  approved?: boolean;
  campaign?: OwnCampaign;
};

/** A recipient who got the letter on the day before, and has a cadence running. */
export async function aRunningCadence(world: TestApp, wanted: Wanted = {}) {
  const { gaps = [1, 1, 1], live = true, approved = true } = wanted;
  const now = world.clock.now();
  const campaign = await aCampaign({ ...(live && { liveSince: now }), ...wanted.campaign });
  const recipient = await aRecipient({ campaign: campaign._id });
  await anEntry({
    recipient: recipient._id,
    kind: 'letter',
    occurredAt: new Date(now.getTime() - 86_400_000),
    recordedAt: now,
  });
  const by = (await aUser({ role: 'admin' }))._id;
  const cadence = await aCadence(campaign._id, gaps, by, now, wanted.bodies);
  await workOn(await requestStart({ cadence, campaign: campaign._id }, by, now), world.deps);
  if (approved) for (const step of await stepsOf(recipient)) await approve(step, by, world);
  return { campaign, recipient, cadence, by };
}

/** A cadence whose steps say different things. */
export async function aCadence(
  campaign: Types.ObjectId,
  gaps: readonly number[],
  by: Types.ObjectId,
  now: Date,
  bodies: readonly string[] = [],
): Promise<Types.ObjectId> {
  const steps = [];
  for (const [i, gap] of gaps.entries()) {
    const form = {
      name: `Step ${i + 1}`,
      subject: `Our letter, ${i + 1}`,
      body: bodies[i] ?? `{{ salutation }},\n\nthis is reminder ${i + 1}.`,
      version: 0,
    };
    steps.push({ template: String(await createTemplate(campaign, form, { by, now })), gap });
  }
  return createCadence(campaign, { name: 'Reminders', steps }, now);
}

/** A page waits a second for a start; on a busy machine it may take longer. */
export async function untilStarted(): Promise<void> {
  while (await CadenceStart.exists({ finishedAt: null })) await pause(20);
}

/** The follow-ups of a recipient in the order of their steps. */
export const stepsOf = ({ _id }: Pick<RecipientRecord, '_id'>): Promise<FollowUpRecord[]> =>
  FollowUp.find({ recipient: _id }).sort({ step: 1, revision: 1 }).lean<FollowUpRecord[]>();

export async function approve(followUp: FollowUpRecord, by: Types.ObjectId, { deps, clock }: TestApp) {
  const { from } = deps.post;
  await approveFollowUp(followUp._id, { seenHash: seenHashOf(followUp, from), by, from, now: clock.now() });
}
