import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { replan } from '../cadences/replan.js';
import type { Deps } from '../deps.js';
import { cancelOpen, type Ended } from '../follow-ups/cancel.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import { correctAs, noLongerAnswer, takeBackEntry } from '../history/log-entry.js';
import { noLongerUnread, waitingFor, type Whom } from '../recipients/unread.js';
import { findRecipient } from '../recipients/recipients.js';
import type { SignedInUser } from '../users/user.model.js';
import { finishHandling } from './act-on.js';
import type { ReadAs } from './incoming.rules.js';
import { IncomingMail, type IncomingMailRecord, type IncomingState } from './incoming-mail.model.js';

type By = { by: SignedInUser };

/** @throws NotFound */
export async function findIncoming(id: Types.ObjectId): Promise<IncomingMailRecord> {
  const mail = await IncomingMail.findById(id).lean<IncomingMailRecord>();
  if (!mail) throw new NotFound('There is no such incoming message.');
  return mail;
}

/** Has nobody, and no rule, said yet whose it is? */
export const isPlaceable = ({ state }: Pick<IncomingMailRecord, 'state'>): boolean =>
  placeable.some((one) => one === state);

const placeable = ['waiting', 'set aside'] as const satisfies readonly IncomingState[];

const MEANWHILE = 'Somebody has dealt with this message meanwhile. Look at what it says now.';

/** A person says whose message it is; what follows from it follows. @throws RuleBroken when it is placed already */
export async function placeMail(
  id: Types.ObjectId,
  recipientId: Types.ObjectId,
  deps: Deps,
  { by }: By,
): Promise<void> {
  const recipient = await findRecipient(recipientId);
  const placed = await IncomingMail.findOneAndUpdate(
    { _id: id, state: { $in: placeable } },
    {
      $set: {
        state: 'placed',
        recipient: recipient._id,
        campaign: recipient.campaign,
        placedBy: by._id,
        placedBecause: `${by.name} placed it here.`,
        handledAt: null,
      },
      $inc: { placements: 1 },
    },
    { returnDocument: 'after' },
  ).lean<IncomingMailRecord>();
  if (!placed) throw new RuleBroken(MEANWHILE);
  await finishHandling([placed], deps);
  await letGoOn(id, deps, { $nin: [recipient._id] });
}

/**
 * It was placed wrongly: its entry is corrected away, and it is in the inbox again, where the others it may be from wait for it.
 * @returns the follow-ups that it had cancelled as an answer @throws RuleBroken when it is not placed
 */
export async function takeBackPlacement(
  mail: IncomingMailRecord,
  reason: string,
  deps: Deps,
  { by }: By,
): Promise<Ended[]> {
  if (mail.state !== 'placed') throw new RuleBroken(MEANWHILE);
  const entry = await entryOf(mail);
  const ended = entry ? await takeBackEntry(entry, reason, { by, now: deps.now() }) : [];
  const others = mail.suggestions.filter((one) => !mail.recipient?.equals(one.recipient));
  const waiting = await IncomingMail.findOneAndUpdate(
    { _id: mail._id, state: 'placed', placements: mail.placements },
    {
      $set: {
        state: 'waiting',
        recipient: null,
        campaign: null,
        followUp: null,
        placedBecause: '',
        placedBy: null,
        readAt: null,
        readBy: null,
        suggestions: others,
        handledAt: null,
        stateReasons: [`${by.name} took it back: ${reason}`],
      },
    },
    { returnDocument: 'after' },
  ).lean<IncomingMailRecord>();
  if (!waiting) throw new RuleBroken(MEANWHILE);
  await finishHandling([waiting], deps);
  await letGoOn(mail._id, deps, { $nin: others.map((one) => one.recipient) });
  return ended;
}

/** It belongs to nobody. @throws RuleBroken when it is not in the inbox */
export async function setAside(id: Types.ObjectId, reason: string, deps: Deps, { by }: By): Promise<void> {
  const aside = await IncomingMail.findOneAndUpdate(
    { _id: id, state: 'waiting' },
    {
      $set: {
        state: 'set aside',
        stateReasons: [`${by.name} set it aside: ${reason}`],
        handledAt: null,
      },
    },
    { returnDocument: 'after' },
  ).lean<IncomingMailRecord>();
  if (!aside) throw new RuleBroken(MEANWHILE);
  await letGoOn(id, deps);
  await finishHandling([aside], deps);
}

/**
 * A person has read it and says what it amounts to. An answer cancels what is planned; anything less lets it go on, a cadence
 * from today where its day has passed, with its approvals as long as its words stay the same. @throws RuleBroken when it is not placed
 */
export async function readAs(
  mail: IncomingMailRecord,
  as: ReadAs,
  deps: Deps,
  { by }: By,
): Promise<{ cancelled: number; goesOn: boolean; ended: Ended[] }> {
  if (mail.state !== 'placed' || !mail.recipient) throw new RuleBroken(MEANWHILE);
  const asRead = { _id: mail._id, state: mail.state, placements: mail.placements };
  if (!(await IncomingMail.exists(asRead))) throw new RuleBroken(MEANWHILE);
  const entry = await entryOf(mail);
  if (entry && entry.receivedAs !== as)
    await correctAs(entry, as, `${by.name} read it.`, { by, now: deps.now() });
  const isAnswer = as === 'reply' || as === 'declined';
  const cancelled = isAnswer
    ? await cancelOpen(mail.recipient, 'They answered: the email is in the history.', entry?._id)
    : 0;
  const ended = entry && !isAnswer ? await noLongerAnswer(entry) : [];
  // nobody but them: should somebody take it back at this moment, whoever else it may be from waits
  const goesOn = await letGoOn(mail._id, deps, mail.recipient);
  // the last of all: had this process ended before, somebody reads it once more
  const read = { $set: { readAt: deps.now(), readBy: by._id } };
  const { matchedCount } = await IncomingMail.updateOne(asRead, read);
  // or almost: whom a process that died over its placing has left waiting
  if (matchedCount > 0) await letGoOn(mail._id, deps);
  return { cancelled, goesOn: goesOn && !isAnswer, ended };
}

/**
 * None of these waits for it any more: a cadence is planned anew from today before it goes on, so that its words are right.
 * @returns whether one goes on
 */
async function letGoOn(mail: Types.ObjectId, deps: Deps, whom?: Whom): Promise<boolean> {
  let goesOn = false;
  for (const recipient of await waitingFor(mail, whom)) goesOn = (await replan(recipient, deps)) || goesOn;
  await noLongerUnread(mail, whom);
  return goesOn;
}

/** The entry that records it and still stands, as it was or as it was corrected. */
export async function entryOf({ _id }: Pick<IncomingMailRecord, '_id'>): Promise<EntryRecord | null> {
  const entries = await Entry.find({ incoming: _id }).sort({ _id: 1 }).lean<EntryRecord[]>();
  const corrections = await Entry.find({ supersedes: { $in: entries.map((one) => one._id) } }).lean<
    EntryRecord[]
  >();
  return standing([...entries, ...corrections]).findLast(({ incoming }) => incoming?.equals(_id)) ?? null;
}
