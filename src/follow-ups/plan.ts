import type { Types } from 'mongoose';
import { replanAfter } from '../cadences/replan.js';
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
import { refreshBehind } from '../recipients/refresh-behind.js';
import { User } from '../users/user.model.js';
import type { Attachment } from '../history/attachment.model.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { deleteUnused, staying } from './attach.js';
import { cancelFollowUp } from './cancel.js';
import { approvalBySaving } from './approval-by-saving.js';
import type { FollowUpForm } from './follow-up.form.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, openedAs } from './follow-up.rules.js';
import { mergeValues, writtenFrom } from './merge-values.js';
import { nextSlot } from './next-slot.js';
import { prepareTemplate } from './render-template.js';
import { sourceFor } from './templates.js';
import { whyNotAnyMore } from './why-not-any-more.js';

/** @throws NotFound */
export async function findFollowUp(id: Types.ObjectId): Promise<FollowUpRecord> {
  const followUp = await FollowUp.findById(id).lean<FollowUpRecord>();
  if (!followUp) throw new NotFound('There is no such follow-up.');
  return followUp;
}

/** What was written, with the files that were added, stored already. */
type Written = FollowUpForm & { added?: readonly Attachment[] };

/**
 * Plans one mail by hand, once where its form was sent twice. Where they were in touch since whoever wrote it was told what they had
 * said, it is there, and cancelled.
 * @param recipient as it stood at `checkedAt`, before the slow work: an answer counts from then on
 * @throws RuleBroken when somebody planned the same step a moment ago, or the template is not theirs
 */
export async function planFollowUp(
  recipient: RecipientRecord,
  form: Written & FromForm,
  by: Types.ObjectId,
  deps: Deps,
  checkedAt = deps.now(),
): Promise<Types.ObjectId> {
  const { content, campaign } = await contentFor(recipient, form, by);
  const messageId = newMessageId(deps.post.from);
  const planned = {
    ...content,
    ...(await nextSlot(recipient)),
    ...(await sourceFor(recipient.campaign, form.source)),
    ...approvalBySaving({ ...content, messageId }, campaign, savingOf(by, deps)),
    ...(form.fromForm && { fromForm: form.fromForm }),
    campaign: recipient.campaign,
    recipient: recipient._id,
    messageId,
    plannedBy: by,
    plannedAt: checkedAt,
  };
  try {
    const { _id, isFirst } = await createOnce(FollowUp, form, () => FollowUp.create(planned));
    if (!isFirst) {
      await deleteUnused(recipient._id, form.added ?? []);
      return _id;
    }
    // whoever logged an answer, or removed them, while this was written found nothing to cancel
    const reason = await whyNotAnyMore(recipient);
    if (reason) await cancelFollowUp(_id, reason);
    return _id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new RuleBroken(
      'Somebody planned a follow-up for this recipient a moment ago. Look at that one before you plan another.',
    );
  }
}

/** Two people write at once: the words of the first are not to be lost without the second knowing. */
const CHANGED_MEANWHILE =
  'A colleague changed it while you were writing, or its time has moved. Yours is not saved yet: compare the two, then save again to put yours in its place.';

/**
 * Saves what was changed, from whatever state lets it be planned again; an approval is void with it.
 * @param form its `opened` is what the form was opened with
 * @throws RuleBroken when it is not what was shown any more, or can no longer be changed
 */
export async function editFollowUp(
  id: Types.ObjectId,
  form: Written & { opened?: string },
  by: Types.ObjectId,
  deps: Deps,
): Promise<void> {
  const followUp = await findFollowUp(id);
  const { messageId, inReplyTo, references, cadence, plannedAt, dueAt, trigger } = followUp;
  if (form.opened !== undefined && form.opened !== openedAs(followUp)) throw await whyNotSaved(id);
  const isMoved = minuteOf(form.dueAt) !== minuteOf(dueAt);
  const written = isMoved ? form : { ...form, dueAt };
  // of a step an answer from before now counts only by their status
  const [recipient] = await refreshBehind([await findRecipient(followUp.recipient)]);
  const { content, campaign } = await contentFor(recipient!, written, by, followUp);
  const kept = staying(followUp.attachments, form.remove);
  const saved = await FollowUp.findOneAndUpdate(
    {
      _id: id,
      state: { $in: before('planned') },
      plannedAt,
      dueAt,
      // what somebody took away meanwhile is deleted and cannot be kept
      ...(kept.length > 0 && { 'attachments.file': { $all: kept.map(({ file }) => file) } }),
    },
    {
      $set: {
        ...content,
        ...approvalBySaving(
          { ...content, messageId, inReplyTo, references, trigger },
          campaign,
          savingOf(by, deps),
        ),
        ...(cadence && isMoved && { timeSetByHand: true }),
        stateReasons: [],
        attempts: 0,
        plannedBy: by,
        plannedAt: deps.now(),
      },
      $unset: { senderNow: 1 },
    },
    { projection: { attachments: 1 } },
  ).lean<Pick<FollowUpRecord, 'attachments'>>();
  if (!saved) throw await whyNotSaved(id);
  const gone = (saved.attachments ?? []).filter(
    ({ file }) => !content.attachments.some((other) => other.file.equals(file)),
  );
  await deleteUnused(followUp.recipient, gone);
  await replanAfter([followUp], deps);
}

const whyNotSaved = async (id: Types.ObjectId): Promise<RuleBroken> =>
  before('planned').includes((await findFollowUp(id)).state)
    ? new RuleBroken(CHANGED_MEANWHILE)
    : new RuleBroken(CANNOT_BE_CHANGED);

export const CANNOT_BE_CHANGED =
  'It cannot be changed any more: it has been sent, is being sent, or was cancelled.';

/** A form knows no seconds: what it shows as the same time was not changed in it. */
const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / 60_000);

const savingOf = (by: Types.ObjectId, { now, post }: Deps) => ({ by, at: now(), from: post.from });

/** Everything that will leave, rendered as it is when the mail is due. In a thread the subject is the thread's. */
export async function contentFor(
  recipient: RecipientRecord,
  { subject, body, dueAt, remove, added = [] }: Written,
  by: Types.ObjectId,
  thread?: Pick<FollowUpRecord, 'inReplyTo' | 'subject' | 'attachments'>,
) {
  const [campaign, office, sender] = await Promise.all([
    findCampaign(recipient.campaign),
    findOffice(recipient.office),
    User.findById(by, { name: 1 }).lean(),
  ]);
  const holder = holderOn(office.holders, dayOf(dueAt, office.timeZone));
  const values = mergeValues({ campaign, office, recipient, senderName: sender?.name ?? '', dueAt });
  const template = prepareTemplate({ subject, body });
  const rendered = template.render(values, thread?.inReplyTo ? thread.subject : undefined);
  const content = {
    subjectTemplate: subject,
    bodyTemplate: body,
    dueAt,
    nextAttemptAt: dueAt,
    to: { name: holder?.name ?? '', address: office.email },
    holderName: holder?.name ?? '',
    writtenFrom: writtenFrom(values, template.uses),
    attachments: [...staying(thread?.attachments, remove), ...added],
    ...rendered,
  };
  return { content, campaign };
}
