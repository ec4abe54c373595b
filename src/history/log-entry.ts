import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { isDuplicate } from '../database.js';
import { deleteUnused } from '../follow-ups/attach.js';
import { cancelOpen, countEnded, tellEnded, type Ended } from '../follow-ups/cancel.js';
import type { FromForm } from '../stored-once.js';
import type { SignedInUser } from '../users/user.model.js';
import { appendEntry, type NewEntry } from './append-entry.js';
import { Entry, type EntryRecord } from './entry.model.js';
import { entryKindNames, isHumanAnswer, isLoggable, type ReceivedAs } from './entry.rules.js';
import type { Attachment } from './attachment.model.js';

type Logged = Pick<
  NewEntry,
  'kind' | 'direction' | 'receivedAs' | 'occurredAt' | 'precision' | 'who' | 'channel' | 'text' | 'delivers'
>;
type Where = { campaign: Types.ObjectId; recipient: Types.ObjectId };
type Logging = { by: SignedInUser; now: Date; attachments?: Attachment[] };

/**
 * Logs what happened. A human answer cancels what is planned. @returns how many follow-ups were cancelled, and the entry's id: a
 * form that was sent twice has the same said to it twice
 */
export async function logEntry(
  where: Where,
  logged: Logged & FromForm,
  { by, now, attachments = [] }: Logging,
): Promise<{ cancelled: number; entry: Types.ObjectId | null }> {
  const entry = await appendEntry({
    ...where,
    ...logged,
    attachments: attachments as never,
    recordedAt: now,
    recordedBy: by._id,
  });
  await deleteUnused(where.recipient, attachments);
  return { cancelled: await stopAfterAnswer(where.recipient, logged, entry), entry };
}

/**
 * Records that an entry was wrong, and what is right. The superseded one stays readable.
 * @returns how many follow-ups it cancels, and where it is no answer, those that the wrong one had cancelled
 */
export async function correctEntry(
  wrong: EntryRecord,
  right: Logged & { reason: string },
  { by, now, attachments = [] }: Logging,
): Promise<{ cancelled: number; ended: Ended[] }> {
  if (!isLoggable(wrong.kind))
    throw new RuleBroken(
      'This is not corrected. Take it back, and enter what is right on the page of the clock.',
    );
  await refuseForSentMail(wrong);
  const { campaign, recipient } = wrong;
  const kept = [...wrong.attachments, ...attachments];
  const entry = await supersede({
    ...right,
    campaign,
    recipient,
    attachments: kept as never,
    supersedes: wrong._id,
    ...(wrong.incoming && { incoming: wrong.incoming }),
    recordedAt: now,
    recordedBy: by._id,
  });
  const ended = isHumanAnswer(right) ? [] : await noLongerAnswer(wrong);
  return { cancelled: await stopAfterAnswer(recipient, right, entry), ended };
}

/** Records that what came in amounts to something else; whoever says so decides what follows from it. */
export async function correctAs(
  wrong: EntryRecord,
  receivedAs: ReceivedAs,
  reason: string,
  { by, now }: Logging,
): Promise<void> {
  const { _id: supersedes, placement: _placement, fromForm: _form, ...same } = wrong;
  await supersede({ ...same, receivedAs, reason, supersedes, recordedAt: now, recordedBy: by._id });
}

/** Records that an entry should not be there at all. @returns the follow-ups that it had cancelled */
export async function takeBackEntry(
  wrong: EntryRecord,
  reason: string,
  { by, now }: Logging,
): Promise<Ended[]> {
  await refuseForSentMail(wrong);
  const { campaign, recipient, _id: supersedes } = wrong;
  const what = { kind: 'correction', direction: 'none', occurredAt: now, precision: 'time' } as const;
  await supersede({ ...what, campaign, recipient, supersedes, reason, recordedAt: now, recordedBy: by._id });
  return noLongerAnswer(wrong);
}

/**
 * An entry was corrected and does not count as an answer any more.
 * @returns the follow-ups that it, or what it corrected in its turn, had cancelled
 */
export async function noLongerAnswer(entry: EntryRecord): Promise<Ended[]> {
  const line = [entry._id];
  for (let before = entry.supersedes; before;) {
    line.push(before);
    before = (await Entry.findById(before, { supersedes: 1 }).lean<EntryRecord>())?.supersedes;
  }
  return tellEnded(entry.recipient, line);
}

/** @throws NotFound */
export async function findEntry(id: Types.ObjectId): Promise<EntryRecord> {
  const entry = await Entry.findById(id).lean<EntryRecord>();
  if (!entry) throw new NotFound('There is no such entry.');
  return entry;
}

/** @throws NotFound; RuleBroken when it was corrected already or is itself a bare correction */
export async function findCorrectable(id: Types.ObjectId): Promise<EntryRecord> {
  const entry = await findEntry(id);
  if (entry.kind === 'correction')
    throw new RuleBroken('A correction is not corrected again. Log what is right as a new entry.');
  if (await Entry.exists({ supersedes: id })) throw new RuleBroken(ALREADY);
  return entry;
}

/**
 * Was it written because the mail server took a follow-up? That cannot be made not to have happened. What a person said of an
 * uncertain one may be wrong like anything else that people say.
 */
export const isSentMail = async ({ followUp: settles }: EntryRecord): Promise<boolean> =>
  Boolean(settles) && !(await Entry.exists({ settles }));

async function refuseForSentMail(entry: EntryRecord): Promise<void> {
  if (await isSentMail(entry))
    throw new RuleBroken(
      'The mail server took this mail, so it stands in the history as sent. Log a note about what there is to say.',
    );
}

const ALREADY = 'Somebody has corrected this entry already. Correct the newer one instead.';

async function supersede(entry: NewEntry): Promise<Types.ObjectId | null> {
  try {
    return await appendEntry(entry);
  } catch (error) {
    if (isDuplicate(error)) throw new RuleBroken(ALREADY);
    throw error;
  }
}

async function stopAfterAnswer(
  recipient: Types.ObjectId,
  entry: Logged,
  id: Types.ObjectId | null,
): Promise<number> {
  if (!isHumanAnswer(entry) || !id) return 0;
  const why = `They answered: ${entryKindNames[entry.kind].toLowerCase()} logged in the history.`;
  await cancelOpen(recipient, why, id);
  return countEnded(recipient, id);
}
