import type { Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import { isDuplicate } from '../database.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { NotFound, RuleBroken } from '../errors.js';
import { newMessageId } from '../mail/message.js';
import { findOffice } from '../organisations/organisations.js';
import { holderOn } from '../organisations/organisation.rules.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { findRecipient } from '../recipients/recipients.js';
import { User } from '../users/user.model.js';
import type { FollowUpForm } from './follow-up.form.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, type FollowUpState } from './follow-up.rules.js';
import { mergeValues } from './merge-values.js';
import { renderTemplate } from './render-template.js';

/** @throws NotFound */
export async function findFollowUp(id: Types.ObjectId): Promise<FollowUpRecord> {
  const followUp = await FollowUp.findById(id).lean<FollowUpRecord>();
  if (!followUp) throw new NotFound('There is no such follow-up.');
  return followUp;
}

/** Plans one mail by hand. @throws RuleBroken when somebody planned the same step a moment ago */
export async function planFollowUp(
  recipient: RecipientRecord,
  form: FollowUpForm,
  by: Types.ObjectId,
  { now, post }: Deps,
): Promise<Types.ObjectId> {
  const content = await contentFor(recipient, form, by);
  try {
    const { _id } = await FollowUp.create({
      ...content,
      ...(await nextSlot(recipient)),
      campaign: recipient.campaign,
      recipient: recipient._id,
      state: 'planned',
      messageId: newMessageId(post.from),
      plannedBy: by,
      plannedAt: now(),
    });
    return _id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new RuleBroken(
      'Somebody planned a follow-up for this recipient a moment ago. Look at that one before you plan another.',
    );
  }
}

/** Saves what was changed, from whatever state lets it be planned again; an approval is void with it. */
export async function editFollowUp(
  id: Types.ObjectId,
  form: FollowUpForm,
  by: Types.ObjectId,
  now: Date,
): Promise<void> {
  const followUp = await findFollowUp(id);
  const content = await contentFor(await findRecipient(followUp.recipient), form, by);
  const { matchedCount } = await FollowUp.updateOne(
    { _id: id, state: { $in: before('planned') } },
    {
      $set: {
        ...content,
        state: 'planned',
        stateReasons: [],
        approval: null,
        attempts: 0,
        plannedBy: by,
        plannedAt: now,
      },
    },
  );
  if (matchedCount === 0)
    throw new RuleBroken('It cannot be changed any more: it has been sent, is being sent, or was cancelled.');
}

/** Everything that will leave, rendered as it is when the mail is due. */
async function contentFor(
  recipient: RecipientRecord,
  { subject, body, dueAt }: FollowUpForm,
  by: Types.ObjectId,
) {
  const [campaign, office, sender] = await Promise.all([
    findCampaign(recipient.campaign),
    findOffice(recipient.office),
    User.findById(by, { name: 1 }).lean(),
  ]);
  const holder = holderOn(office.holders, dayOf(dueAt, office.timeZone));
  const values = mergeValues({ campaign, office, recipient, senderName: sender?.name ?? '', dueAt });
  const rendered = renderTemplate({ subject, body }, values);
  return {
    subjectTemplate: subject,
    bodyTemplate: body,
    dueAt,
    nextAttemptAt: dueAt,
    to: { name: holder?.name ?? '', address: office.email },
    holderName: holder?.name ?? '',
    ...rendered,
  };
}

/** States that leave their step open to be planned once more. */
const reopens: readonly FollowUpState[] = ['cancelled', 'captured'];

/** The next step of a recipient's chain, or the same step as a new revision where the last one did not go. */
async function nextSlot(
  recipient: Pick<RecipientRecord, '_id' | 'status'>,
): Promise<{ step: number; revision: number }> {
  const last = await FollowUp.findOne(
    { recipient: recipient._id, cadence: null },
    { step: 1, revision: 1, state: 1 },
  )
    .sort({ step: -1, revision: -1 })
    .lean<FollowUpRecord>();
  if (!last) return { step: recipient.status === 'not sent' ? 0 : 1, revision: 1 };
  return reopens.includes(last.state)
    ? { step: last.step, revision: last.revision + 1 }
    : { step: last.step + 1, revision: 1 };
}
