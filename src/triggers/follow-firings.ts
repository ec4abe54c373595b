import type { Types } from 'mongoose';
import { replan } from '../cadences/replan.js';
import { stanceNames, type Stance } from '../commitments/commitment.rules.js';
import type { Deps } from '../deps.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates, openStates } from '../follow-ups/follow-up.rules.js';
import { byId, groupBy } from '../group-by.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import { cancelAhead } from './cancel-ahead.js';
import { countDaysAt, whenOf, whyMoved } from './count-days.rules.js';
import { Firing, type FiringRecord } from './firing.model.js';
import type { ReadTrigger } from './read-trigger.js';
import { stancesOn } from './stances.js';
import { isBelow, type TriggerDay } from './trigger.rules.js';

type Row = Pick<FollowUpRecord, '_id' | 'recipient' | 'state'>;
type Followed = { moved: number; cancelled: number };

/** As long as all of a chain is in these, nobody has had a part of it. */
const notBegun = new Set<Row['state']>([...aheadStates, 'cancelled']);

const isOpen = ({ state }: Row): boolean => openStates.some((open) => open === state);

/**
 * Follows what was planned and has not gone: it is cancelled where the trigger rests, or the recipient's stance is no longer
 * below the one it is for; where its day is another one now, what nobody has had a part of yet moves there. Cancelling needs no
 * approval; moving does.
 */
export async function followFirings(read: ReadTrigger, day: TriggerDay, deps: Deps): Promise<Followed> {
  const { trigger } = read;
  if ('rests' in day) return { moved: 0, cancelled: await cancelAhead(trigger._id, null, day.rests) };
  const rows = await FollowUp.find({ trigger: trigger._id }, { recipient: 1, state: 1 }).lean<Row[]>();
  const chains = [...groupBy(rows, ({ recipient }) => String(recipient)).values()].filter((chain) =>
    chain.some(isOpen),
  );
  const recipients = chains.map(([row]) => row!.recipient);
  const stanceOf = await stancesOn(trigger.ask!, recipients);
  let cancelled = 0;
  for (const recipient of recipients) {
    const stance = stanceOf(recipient);
    if (!isBelow(stance, trigger.below!))
      cancelled += await cancelAhead(trigger._id, recipient, stanceReached(read, stance));
  }
  if (read.approval !== 'approved') return { moved: 0, cancelled };
  const untouched = chains
    .filter((chain) => chain.every(({ state }) => notBegun.has(state)))
    .map(([row]) => row!.recipient)
    .filter((recipient) => isBelow(stanceOf(recipient), trigger.below!));
  return { cancelled, moved: await moveAll(read, untouched, deps) };
}

export const stanceReached = ({ plan, trigger }: ReadTrigger, stance: Stance): string =>
  `Their confirmed stance on “${plan?.ask ?? 'the ask'}” is ${stanceNames[stance]}, and this is for those below ${stanceNames[trigger.below!]}.`;

async function moveAll(
  read: ReadTrigger,
  recipients: readonly Types.ObjectId[],
  deps: Deps,
): Promise<number> {
  if (recipients.length === 0) return 0;
  const { trigger } = read;
  const [firings, listed] = await Promise.all([
    Firing.find({ trigger: trigger._id, milestone: trigger.milestone, to: { $in: recipients } }).lean<
      FiringRecord[]
    >(),
    Recipient.find({ _id: { $in: recipients } }, { office: 1 }).lean(),
  ]);
  const offices = byId(
    await Office.find({ _id: { $in: listed.map(({ office }) => office) } }).lean<OfficeRecord[]>(),
  );
  const officeOf = new Map(listed.map(({ _id, office }) => [String(_id), offices.get(String(office))!]));
  let moved = 0;
  for (const firing of firings) {
    if (deps.stopping?.aborted) break;
    if (await move(firing, officeOf.get(String(firing.to))!, read, deps)) moved += 1;
  }
  return moved;
}

/** The follow-ups first: should this process end in between, the next sweep moves them there once more and writes it down. */
async function move(
  firing: FiringRecord,
  office: OfficeRecord,
  { trigger, milestone }: ReadTrigger,
  deps: Deps,
) {
  const counted = countDaysAt(trigger, milestone!, office);
  const on = whenOf(trigger.basis, milestone!);
  if (counted.day === firing.day && on === firing.on) return false;
  const why = whyMoved(milestone!.title, firing.on, on);
  await replan(firing.to, deps, { given: { day: counted.day, how: `${why} ${counted.how}` } });
  // one that somebody approved or changed at this moment was left as it is: the next sweep moves it
  const there = { trigger: trigger._id, recipient: firing.to, state: { $in: aheadStates } };
  if (await FollowUp.exists({ ...there, 'given.day': { $exists: true, $ne: counted.day } })) return false;
  const { modifiedCount } = await Firing.updateOne(
    { _id: firing._id, day: firing.day, on: firing.on },
    {
      $set: { ...counted, on },
      $push: { moves: { from: firing.day, to: counted.day, why, at: deps.now() } },
    },
  );
  return modifiedCount > 0;
}
