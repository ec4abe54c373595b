import type { Types } from 'mongoose';
import { replanAfter } from '../cadences/replan.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { appendEntry } from '../history/append-entry.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import type { UserRecord } from '../users/user.model.js';
import type { CalledOff } from './cancel.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import type { Resolution } from './follow-up.rules.js';
import { findFollowUp } from './plan.js';
import { planAgain } from './plan-again.js';
import { recordSent, updateCopies } from './record-sent.js';

type By = Pick<UserRecord, '_id' | 'name'>;

/**
 * A person has looked into the mail server's log and says whether an uncertain message went. The note that says so comes
 * first and there is only one: should this process end in between, whoever presses next finishes what the note says.
 * @returns the follow-up in its place, or null when none was asked for, or they answered meanwhile
 * @throws RuleBroken when it is not uncertain (any more)
 */
export async function resolveUncertain(
  id: Types.ObjectId,
  resolution: Resolution,
  by: By,
  deps: Deps,
): Promise<Types.ObjectId | null> {
  const followUp = await findFollowUp(id);
  if (followUp.state !== 'uncertain') throw notUncertain();
  if (resolution !== 'went' && (await Entry.exists({ followUp: id })))
    throw new RuleBroken('It stands in the recipient’s history as sent: the mail server took it.');
  const decided = await writeNote(followUp, resolution, by, deps.now());
  const next = decided === 'plan again' ? await planAgain(followUp, by._id, deps) : null;
  await (decided === 'went' ? close(followUp, by, deps.now()) : cancel(followUp, decided, by, deps.now()));
  // the next step of a cadence counts from this one, and answers it in its thread
  await replanAfter([followUp], deps);
  if (decided !== resolution) throw notUncertain();
  return next;
}

/** @returns what was decided: of two people who say so at the same time, what the first one said */
async function writeNote(
  { _id: settles, campaign, recipient, subject, messageId }: FollowUpRecord,
  resolution: Resolution,
  { _id, name }: By,
  now: Date,
): Promise<Resolution> {
  const what = { kind: 'note', direction: 'none', occurredAt: now, precision: 'time' } as const;
  const noted = await appendEntry({
    ...what,
    campaign,
    recipient,
    text: `${found(name, `the mail “${subject}”`, resolution)} Message-ID: ${messageId}`,
    settles,
    resolution,
    recordedAt: now,
    recordedBy: _id,
  });
  if (noted) return resolution;
  const first = await Entry.findOne({ settles }, { resolution: 1 }).lean<EntryRecord>();
  return first!.resolution!;
}

const found = (name: string, what: string, resolution: Resolution): string =>
  ({
    went: `${name} found that ${what} went.`,
    'plan again': `${name} found that ${what} did not go.`,
    'not wanted': `${name} found that ${what} did not go, and that it is not wanted any more.`,
  })[resolution];

async function close(followUp: FollowUpRecord, by: By, now: Date): Promise<void> {
  const sentAt = followUp.claim?.at ?? now;
  // history first: should this process end in between, it is still uncertain, and not sent without a trace
  await recordSent([{ ...followUp, sentAt }], now);
  await move(followUp, { state: 'sent', sentAt, stateReasons: [found(by.name, 'it', 'went')] });
  await updateCopies([{ ...followUp, sentAt }]);
}

const cancel = (followUp: FollowUpRecord, resolution: Resolution, by: By, now: Date): Promise<void> =>
  move(followUp, {
    state: 'cancelled',
    stateReasons: [found(by.name, 'it', resolution)],
    ...(resolution === 'not wanted' && { calledOff: { by: by._id, at: now } }),
  });

async function move(
  { _id }: FollowUpRecord,
  change: Pick<FollowUpRecord, 'state' | 'stateReasons'> & { sentAt?: Date; calledOff?: CalledOff },
): Promise<void> {
  const { modifiedCount } = await FollowUp.updateOne({ _id, state: 'uncertain' }, { $set: change });
  if (modifiedCount === 0) throw notUncertain();
}

const notUncertain = () =>
  new RuleBroken('It is not uncertain any more: the mail server’s answer came, or somebody settled it.');
