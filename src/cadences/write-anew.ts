import { setImmediate } from 'node:timers/promises';
import type { QueryFilter, Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import type { MergeField } from '../follow-ups/merge-fields.js';
import { patientlyInBackground } from '../in-background.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { replanMany } from './replan.js';

type Filter = QueryFilter<FollowUpRecord>;

/** So many recipients are read together, and between two rounds other people's pages have their turn. */
const ROUND = 25;

/**
 * After words that mails are written with were put right: cadences are written anew, what is due first before the rest, and what no
 * longer reads as it was approved wants approval again. One planned by hand may say the old words in its own: the gate asks that
 * somebody saves it again. What a crash leaves in the old words the gate holds.
 * @param of which follow-ups may have these words
 * @returns a sentence for whoever changed them, where any of these is ahead
 */
export async function writeAnew(of: Filter, deps: Deps): Promise<string> {
  const ahead = { $and: [of], state: { $in: aheadStates } };
  const [recipients, byHand] = await Promise.all([
    byWhenTheyAreDue({ ...ahead, cadence: { $ne: null } }),
    FollowUp.exists({ ...ahead, cadence: null }),
  ]);
  const became =
    recipients.length === 0
      ? 'done'
      : await patientlyInBackground('writing cadences anew', () => roundByRound(recipients, deps), deps.log);
  return [recipients.length > 0 && `${WRITTEN}${andThen[became]}`, byHand && BY_HAND]
    .filter(Boolean)
    .map((sentence) => ` ${sentence as string}`)
    .join('');
}

const WRITTEN = 'Cadences are written anew with it, and want approval again where the campaign asks for it.';
const BY_HAND = 'What was planned by hand with the old words has to be saved again.';
const andThen = {
  done: '',
  'goes on': ' That goes on behind this page, those that are due first before the others.',
  failed:
    ' With some of them that went wrong: they are held when they are due, until somebody saves them again.',
};

async function byWhenTheyAreDue(ahead: Filter): Promise<Types.ObjectId[]> {
  const rows = await FollowUp.find(ahead, { recipient: 1 }).sort({ nextAttemptAt: 1 }).lean();
  return [...new Map(rows.map(({ recipient }) => [String(recipient), recipient])).values()];
}

async function roundByRound(recipients: readonly Types.ObjectId[], deps: Deps): Promise<void> {
  for (let i = 0; i < recipients.length && !deps.stopping?.aborted; i += ROUND) {
    await replanMany(recipients.slice(i, i + ROUND), deps);
    await setImmediate();
  }
}

/** The same for whatever is planned for these recipients. */
export async function writeAnewFor(
  of: QueryFilter<Pick<RecipientRecord, 'office' | 'organisation'>>,
  deps: Deps,
): Promise<string> {
  const found = await Recipient.find(of as QueryFilter<RecipientRecord>, { _id: 1 }).lean();
  return writeAnew({ recipient: { $in: found.map(({ _id }) => _id) } }, deps);
}

/** Follow-ups whose texts have one of these fields in their braces. */
export function saying(fields: readonly MergeField[]): Filter {
  const filledIn = new RegExp(String.raw`\{[{%][^{}]*\b(?:${fields.join('|')})\b`);
  return { $or: [{ subjectTemplate: filledIn }, { bodyTemplate: filledIn }] };
}
