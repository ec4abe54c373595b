import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import type { NoticeLink } from '../web/sessions.js';
import { FollowUp, standsIn, type FollowUpRecord } from './follow-up.model.js';
import { openStates } from './follow-up.rules.js';

/**
 * Cancels everything still ahead for a recipient.
 * @param endedBy the entry of the answer that ends it
 * @returns how many follow-ups that were
 */
export async function cancelOpen(
  recipient: Types.ObjectId,
  reason: string,
  endedBy?: Types.ObjectId | null,
): Promise<number> {
  const set = { state: 'cancelled' as const, stateReasons: [reason], ...(endedBy && { endedBy }) };
  const change = { $set: set };
  const { modifiedCount } = await FollowUp.updateMany({ recipient, ...standsIn(openStates) }, change);
  return modifiedCount;
}

/** How many follow-ups an entry has cancelled as an answer. */
export const countEnded = (recipient: Types.ObjectId, endedBy: Types.ObjectId): Promise<number> =>
  FollowUp.countDocuments({ recipient, state: 'cancelled', endedBy }).exec();

/** What an answer, or something else, put an end to, as a sentence after another one. */
export const cancelledInWords = (count: number, because = ', because they answered'): string =>
  count === 0
    ? ''
    : ` ${count === 1 ? 'One planned follow-up is' : `${count} planned follow-ups are`} cancelled${because}.`;

export type Ended = Pick<FollowUpRecord, '_id' | 'subject'>;

/**
 * Follow-ups that one of these entries had cancelled say from now on that it is no answer any more. They stay cancelled: whether
 * they are still right is for a person to say. @returns them
 */
export async function tellEnded(
  recipient: Types.ObjectId,
  entries: readonly Types.ObjectId[],
): Promise<Ended[]> {
  const ended = { recipient, state: 'cancelled', endedBy: { $in: entries } } as const;
  await FollowUp.updateMany(ended, { $addToSet: { stateReasons: NO_ANSWER } });
  return FollowUp.find(ended, { subject: 1 }).sort({ dueAt: 1 }).lean<Ended[]>();
}

const NO_ANSWER = 'That entry was corrected since, and is no answer any more.';

/** The same as a notice, which leads to each of them; nothing where nothing had been cancelled. */
export const endedInWords = (ended: readonly Ended[]): { words: string; links: NoticeLink[] } => ({
  words:
    ended.length === 0
      ? ''
      : ` As an answer it had cancelled ${ended.length === 1 ? 'a follow-up' : `${ended.length} follow-ups`}, which can be planned again:`,
  links: ended.map(({ _id, subject }) => ({
    href: `/follow-ups/${String(_id)}`,
    words: subject || 'No subject',
  })),
});

/** Whose decision it was, where it was a person’s. */
export type CalledOff = { by: Types.ObjectId; at: Date };

/**
 * Cancels it, or where it is with a worker sees to it that it goes now or never.
 * @returns whether it is just being sent
 * @throws NotFound, or RuleBroken when it has left already, or may have
 */
export async function cancelFollowUp(
  id: Types.ObjectId,
  reason: string,
  calledOff?: CalledOff,
): Promise<{ leaving: boolean }> {
  const cancel = async (): Promise<boolean> => {
    const { modifiedCount } = await FollowUp.updateOne(
      { _id: id, state: { $in: openStates } },
      { $set: { state: 'cancelled', stateReasons: [reason], ...(calledOff && { calledOff }) } },
    );
    return modifiedCount > 0;
  };
  if (await cancel()) return { leaving: false };
  if (await stopSending(id, reason, 'cancelled', calledOff)) return { leaving: true };
  // one that was given back in between
  if (await cancel()) return { leaving: false };
  const followUp = await FollowUp.findById(id, { state: 1 }).lean<FollowUpRecord>();
  if (!followUp) throw new NotFound('There is no such follow-up.');
  throw new RuleBroken(
    followUp.state === 'uncertain'
      ? 'It may have gone already. Open it and say first whether it went.'
      : 'It cannot be cancelled any more: it has been sent, or was cancelled already.',
  );
}

/**
 * What a worker has claimed and not handed over yet is not sent, nor tried again. What was cancelled stays so, whoever withdraws its
 * approval after that. @returns false where no worker has it, or somebody stopped it before
 */
export async function stopSending(
  id: Types.ObjectId,
  reason: string,
  as: 'cancelled' | 'held',
  calledOff?: CalledOff,
): Promise<boolean> {
  const { matchedCount } = await FollowUp.updateOne(
    { _id: id, state: 'sending', ...(as === 'held' && { 'claim.stopped': null }) },
    { $set: { 'claim.stopped': reason, 'claim.stoppedAs': as, ...(calledOff && { calledOff }) } },
  );
  return matchedCount > 0;
}
