import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { isAnswer, isTakenBack, reasonNotToConfirm } from './commitment.rules.js';
import { findEvidence } from './evidence.js';
import { isLoggedAnswer } from './stated-since.js';
import { cancelSteps } from '../cadences/stop.js';
import { cancelOpen } from '../follow-ups/cancel.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { hasAnswered } from '../recipients/status.rules.js';
import { refreshCell } from './refresh-cell.js';

type By = { by: { _id: Types.ObjectId }; now: Date };

const MEANWHILE = 'Somebody has checked it or taken it back meanwhile. Look at what it says now.';

const ANSWERED = 'They answered: what they said to one of the asks was checked.';

/**
 * A second person has read the evidence and found it right. Where they answered by it, what is planned for them is cancelled. Where
 * the answer itself was logged before, that was done then: what was planned by hand since was planned by somebody who knew of it.
 * @returns how many follow-ups were cancelled
 * @throws RuleBroken for whoever set it, and where it is settled already
 */
export async function confirmStance(commitment: CommitmentRecord, { by, now }: By): Promise<number> {
  const { _id, entry, recipient } = commitment;
  const evidence = entry ? await findEvidence(entry, recipient) : null;
  const reason = reasonNotToConfirm(commitment, { person: by._id, entryStands: evidence !== null });
  if (reason) throw new RuleBroken(reason);
  const { matchedCount } = await Commitment.updateOne(
    { _id, confirmedAt: null, takenBackAt: null, setBy: { $ne: by._id } },
    { $set: { confirmedAt: now, confirmedBy: by._id } },
  );
  if (matchedCount === 0) throw new RuleBroken(MEANWHILE);
  await refreshRecipients([recipient]);
  const status = await Recipient.findById(recipient, { engagement: 1 }).lean<
    Pick<RecipientRecord, 'engagement'>
  >();
  if (!status || !hasAnswered(status.engagement)) return 0;
  const { cancelled } = await cancelSteps(recipient, ANSWERED);
  const isNews = isAnswer(commitment.stance) && !(evidence && isLoggedAnswer(evidence));
  return cancelled + (isNews ? await cancelOpen(recipient, ANSWERED) : 0);
}

/** It was wrong: it stays readable and counts for nothing, and what was said before holds again. @throws RuleBroken */
export async function takeBackStance(
  commitment: CommitmentRecord,
  reason: string,
  { by, now }: By,
): Promise<void> {
  const { _id } = commitment;
  if (isTakenBack(commitment)) throw new RuleBroken('Somebody has taken it back already.');
  const { matchedCount } = await Commitment.updateOne(
    { _id, takenBackAt: null },
    { $set: { takenBackAt: now, takenBackBy: by._id, takenBackReason: reason } },
  );
  if (matchedCount === 0) throw new RuleBroken(MEANWHILE);
  await refreshCell(commitment);
  await refreshRecipients([commitment.recipient]);
}
