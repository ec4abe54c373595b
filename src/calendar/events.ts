import { Types } from 'mongoose';
import type { Kind } from '../attention/kinds.rules.js';
import { factsOfFollowUp } from '../attention/follow-ups-to-see.js';
import { nameOf } from '../attention/named.js';
import type { Seen } from '../attention/seen.js';
import { belongingTo, recipientsOf, type Yours } from '../attention/whose.js';
import { cleanLine } from '../clean-text.js';
import { dayOf, type Day } from '../dates.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates, followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { byId } from '../group-by.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { namesOf } from '../replies/inbox.js';
import { lastDayOfWhen } from '../when.js';
import { readFollowedMilestones } from './followed-milestones.js';
import { milestoneEvents } from './milestone-events.js';
import { removedEvents } from './removed-events.js';
import { readRemovedMilestones } from './removed-milestones.js';

/**
 * One thing in a calendar: on a day, which is the recipient's own, or at a moment. `id` stays as long as the thing does;
 * `href` is a path of ours or an address elsewhere; `times` rises each time that its date changes. One that is `cancelled` is
 * still there so that whoever has it learns that.
 */
export type CalendarEvent = { id: string; title: string; href: string; times?: number; cancelled?: true } & (
  { day: Day } | { at: Date }
);

const DAYS_BACK = 90;
const since = (now: Date): Date => new Date(now.getTime() - DAYS_BACK * 86_400_000);

/** The first day that a calendar read now still shows. */
export const firstDayBack = (now: Date): Day => dayOf(since(now), 'UTC');

/** What was removed is told to who follows since before, for as long as what happened is shown. @param follows since when they do */
export const removedAfter = (follows: Date, now: Date): Date => (follows > since(now) ? follows : since(now));

/**
 * What one person's calendar holds: what is due to them, the steps of laws, and nothing that anybody wrote. @param follows
 * since when they have followed it
 */
export async function readEvents(seen: Seen & { yours: Yours }, follows: Date): Promise<CalendarEvent[]> {
  const all = await Promise.all([
    recipientDays(seen),
    followUps(seen),
    milestones(seen),
    removedMilestones(seen, follows),
  ]);
  return all.flat();
}

/** Has this person put off this very thing, whatever it is called by now? */
function isAsleep({ snoozes }: Seen, kinds: readonly Kind[], record: Types.ObjectId, facts: string): boolean {
  return snoozes.some(
    (snooze) => kinds.includes(snooze.kind) && snooze.record.equals(record) && snooze.facts === facts,
  );
}

const dated = {
  organisationName: 1,
  officeTitle: 1,
  timeZone: 1,
  answerDueOn: 1,
  promisedFor: 1,
  acknowledgementMissingFrom: 1,
} as const;
type Dated = Pick<RecipientRecord, '_id' | keyof typeof dated>;

/** The days that a recipient has, and what they are called on the first page once they have come. */
const daysOfRecipients = [
  {
    id: 'answer',
    title: 'Answer due',
    from: 'lateFrom',
    kinds: ['due-today', 'late', 'very-late'],
    day: ({ answerDueOn }: Dated) => answerDueOn!,
  },
  {
    id: 'promise',
    title: 'Promised for today',
    from: 'promisePassedFrom',
    kinds: ['promises'],
    day: ({ promisedFor }: Dated) => promisedFor!,
  },
  {
    id: 'acknowledgement',
    title: 'Acknowledgement expected',
    from: 'acknowledgementMissingFrom',
    kinds: ['unacknowledged'],
    day: ({ acknowledgementMissingFrom, timeZone }: Dated) =>
      lastDayBefore(acknowledgementMissingFrom!, timeZone),
  },
] as const;

async function recipientDays(seen: Seen & { yours: Yours }): Promise<CalendarEvent[]> {
  const all = daysOfRecipients.map(async ({ id, title, from, kinds, day }) => {
    const filter = recipientsOf(seen.yours, { [from]: { $gte: since(seen.now) } });
    const found = await Recipient.find(filter, dated).lean<Dated[]>();
    return found
      .filter((recipient) => !isAsleep(seen, kinds, recipient._id, day(recipient)))
      .map((recipient) => ({
        id: `${id}-${String(recipient._id)}`,
        title: `${title}: ${cleanLine(nameOf(recipient))}`,
        href: `/recipients/${String(recipient._id)}`,
        day: day(recipient),
      }));
  });
  return inOrder((await Promise.all(all)).flat());
}

const planned = {
  recipient: 1,
  state: 1,
  dueAt: 1,
  nextAttemptAt: 1,
  settledAt: 1,
  'approval.at': 1,
} as const;
type Planned = Pick<
  FollowUpRecord,
  '_id' | 'recipient' | 'state' | 'dueAt' | 'nextAttemptAt' | 'settledAt'
> & { approval?: { at: Date } | null };

const putOff: readonly Kind[] = ['held', 'planned', 'expired', 'expiring'];

async function followUps(seen: Seen & { yours: Yours }): Promise<CalendarEvent[]> {
  const ahead = { state: { $in: [...aheadStates] }, nextAttemptAt: { $gte: since(seen.now) } };
  const rows = await FollowUp.find({ ...ahead, ...belongingTo(seen.yours) }, planned).lean<Planned[]>();
  const recipientOf = byId(await namesOf(rows.map(({ recipient }) => recipient)));
  return inOrder(
    rows
      .filter((row) => !isAsleep(seen, putOff, row._id, factsOfFollowUp(row)))
      .map(({ _id, recipient: id, state, nextAttemptAt }) => {
        const recipient = recipientOf.get(String(id));
        const name = recipient ? cleanLine(nameOf(recipient)) : 'a recipient';
        return {
          id: `follow-up-${String(_id)}`,
          title: `Follow-up (${followUpStateNames[state].toLowerCase()}): ${name}`,
          href: `/follow-ups/${String(_id)}`,
          at: nextAttemptAt,
        };
      }),
  );
}

/** Steps that are expected, those whose day has passed unless they are put off, and those that happened lately: everybody's. */
async function milestones(seen: Seen): Promise<CalendarEvent[]> {
  const followed = await readFollowedMilestones(dayOf(seen.now, seen.user.timeZone));
  const awake = followed.filter(
    ({ id, happenedOn, expectedOn }) =>
      happenedOn ||
      !expectedOn ||
      !isAsleep(seen, ['milestones'], new Types.ObjectId(id), lastDayOfWhen(expectedOn)),
  );
  return milestoneEvents(awake, firstDayBack(seen.now));
}

const removedMilestones = async ({ now }: Seen, follows: Date): Promise<CalendarEvent[]> =>
  removedEvents(await readRemovedMilestones(removedAfter(follows, now)), firstDayBack(now));

/** By their ids: the same things make the same calendar, in whatever order the database gives them. */
export const inOrder = (events: CalendarEvent[]): CalendarEvent[] =>
  events.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
