import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { appendEntry } from '../history/append-entry.js';
import { pauseInWords } from './pause.rules.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';
import { findRecipient } from './recipients.js';

type Saying = { by: Types.ObjectId; now: Date };

/**
 * Nothing is sent to them while it stands: the gate holds what is due. A note in their history says so.
 * @throws RuleBroken when it stands already
 */
export async function pauseRecipient(
  id: Types.ObjectId,
  reason: string,
  by: Types.ObjectId,
  now: Date,
): Promise<void> {
  const recipient = await findRecipient(id);
  const { matchedCount } = await Recipient.updateOne(
    { _id: id, pausedAt: null },
    { $set: { pausedAt: now, pausedBy: by, pauseReason: reason } },
  );
  if (matchedCount === 0)
    throw new RuleBroken('Writing to them is paused already. Read the reason on the recipient’s page.');
  await note(recipient, pauseInWords(reason), { by, now });
}

/**
 * Ends the pause that was read of and no other: whoever pauses anew has a reason that was not read yet. What was held meanwhile
 * stays held, so that nothing leaves in a burst: a person gives it a new time.
 * @param opened when the pause began that somebody read of, as an ISO instant
 * @throws RuleBroken when that pause is over already, or another one stands
 */
export async function resumeRecipient(id: Types.ObjectId, opened: string, saying: Saying): Promise<void> {
  const recipient = await findRecipient(id);
  const { pausedAt, pauseReason } = recipient;
  if (!pausedAt) throw new RuleBroken('Writing to them is not paused any more: somebody resumed it already.');
  const isShown = pausedAt.toISOString() === opened;
  const { modifiedCount } = isShown
    ? await Recipient.updateOne(
        { _id: id, pausedAt },
        { $unset: { pausedAt: 1, pausedBy: 1, pauseReason: 1 } },
      )
    : { modifiedCount: 0 };
  if (modifiedCount === 0)
    throw new RuleBroken(
      `${pauseInWords(pauseReason ?? '')} You had another pause before you, or none, so this one stands. Open the recipient’s page again, and resume it there where it is over.`,
    );
  await note(recipient, `Writing to them goes on. ${wasInWords(pauseReason)}`, saying);
}

const wasInWords = (reason: RecipientRecord['pauseReason']): string =>
  `The pause that was lifted: ${reason || 'no reason was given.'}`;

/** Staff alone read the history: partners learn neither of the pause nor of its reason. */
const note = ({ _id: recipient, campaign }: RecipientRecord, text: string, { by, now }: Saying) =>
  appendEntry({
    campaign,
    recipient,
    kind: 'note',
    direction: 'none',
    occurredAt: now,
    precision: 'time',
    text,
    recordedAt: now,
    recordedBy: by,
  });
