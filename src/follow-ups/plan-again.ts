import type { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import type { Deps } from '../deps.js';
import { newMessageId } from '../mail/message.js';
import { findRecipient } from '../recipients/recipients.js';
import { removedInWords } from '../recipients/removal.rules.js';
import { nextInWindow } from '../sending-window.js';
import { cancelOpen } from './cancel.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { readGates } from './gate-context.js';
import { contentFor } from './plan.js';
import { answeredSince } from './send-gate.rules.js';

/**
 * Plans a follow-up that did not go once more: the same step, the same words, for the next moment in the campaign's hours.
 * It waits for approval, whatever the campaign asks for otherwise. There is one, however often it is asked for. Its author is
 * who wrote the words.
 * @returns its id, or null when they answered meanwhile and nothing was planned
 */
export async function planAgain(
  followUp: FollowUpRecord,
  by: Types.ObjectId,
  deps: Deps,
): Promise<Types.ObjectId | null> {
  const now = deps.now();
  const { answered, place, window } = await gateOf(followUp, deps);
  if (answered) return null;
  const id = await nextRevision(followUp, by, nextInWindow(now, place, window), deps);
  // whoever logged an answer, or removed them, while this was written found nothing to cancel, and the new one counts answers from now on
  const gate = await gateOf(followUp, deps);
  if (gate.removed !== null) await cancelOpen(followUp.recipient, removedInWords(gate.removed));
  if (!gate.answered) return id;
  await cancelOpen(followUp.recipient, 'They answered while it was being planned again.');
  return null;
}

/** An answer counts from when the words were first planned. */
async function gateOf(followUp: FollowUpRecord, { post, now }: Deps) {
  const [gate] = await readGates([followUp], post.from, now(), null);
  return { ...gate!, answered: answeredSince(followUp, gate!) };
}

async function nextRevision(
  followUp: FollowUpRecord,
  by: Types.ObjectId,
  dueAt: Date,
  deps: Deps,
): Promise<Types.ObjectId> {
  const { campaign, recipient, cadence, step, gap, template, templateVersion, inReplyTo, references } =
    followUp;
  const author = followUp.plannedBy ?? by;
  const words = { subject: followUp.subjectTemplate, body: followUp.bodyTemplate, dueAt };
  const { content } = await contentFor(await findRecipient(recipient), words, author, followUp);
  const slot = { recipient, cadence, step, revision: followUp.revision + 1 };
  try {
    const { _id } = await FollowUp.create({
      ...content,
      ...slot,
      ...(template && { template, templateVersion }),
      ...(cadence && { gap }),
      ...(followUp.trigger && { trigger: followUp.trigger, given: followUp.given }),
      ...(inReplyTo && { inReplyTo, references }),
      campaign,
      state: 'planned',
      messageId: newMessageId(deps.post.from),
      plannedBy: author,
      plannedAt: deps.now(),
    });
    return _id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return (await FollowUp.findOne(slot, { _id: 1 }).lean())!._id;
  }
}
