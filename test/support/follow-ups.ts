import { Campaign } from '../../src/campaigns/campaign.model.js';
import { approveFollowUp } from '../../src/follow-ups/approve.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { TestApp } from './app.js';
import { aRecipient, aUser } from './factories.js';

type Wanted = { recipient?: RecipientRecord; dueAt?: Date; subject?: string; body?: string; live?: boolean };

/** A follow-up that went through planning and approval as staff would do it, due in an hour, of a live campaign. */
export async function anApprovedFollowUp(
  { deps, clock }: TestApp,
  wanted: Wanted = {},
): Promise<FollowUpRecord> {
  const recipient = wanted.recipient ?? (await aRecipient());
  const {
    dueAt = new Date(clock.now().getTime() + 3_600_000),
    subject = 'Our letter',
    body = 'We look forward to an answer.',
  } = wanted;
  if (wanted.live !== false)
    await Campaign.updateOne({ _id: recipient.campaign }, { $set: { liveSince: clock.now() } });
  const author = (await aUser())._id;
  const id = await planFollowUp(recipient, { subject, body, dueAt }, author, deps);
  const { from } = deps.post;
  await approveFollowUp(id, {
    seenHash: seenHashOf(await findFollowUp(id), from),
    by: author,
    from,
    now: clock.now(),
  });
  return findFollowUp(id);
}
