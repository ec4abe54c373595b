import type { Types } from 'mongoose';
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
import { lastDayOfWhen } from '../when.js';
import { stateOfMilestone } from '../legislation/milestone.rules.js';
import { lastDayBefore } from '../recipients/acknowledgement.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { namesOf } from '../replies/inbox.js';

/** One thing in a calendar: on a day, which is the recipient's own, or at a moment. `id` stays as long as the thing does. */
export type CalendarEvent = { id: string; title: string; path: string } & ({ day: Day } | { at: Date });

const DAYS_BACK = 90;

/** What one person's calendar holds: what is due to them, the steps of laws, and nothing that anybody wrote. */
export async function readEvents(seen: Seen & { yours: Yours }): Promise<CalendarEvent[]> {
  const since = new Date(seen.now.getTime() - DAYS_BACK * 86_400_000);
  const [ofRecipients, ofFollowUps] = await Promise.all([recipientDays(seen, since), followUps(seen, since)]);
  return [...ofRecipients, ...ofFollowUps, ...milestones(seen, since)];
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

async function recipientDays(seen: Seen & { yours: Yours }, since: Date): Promise<CalendarEvent[]> {
  const all = daysOfRecipients.map(async ({ id, title, from, kinds, day }) => {
    const filter = recipientsOf(seen.yours, { [from]: { $gte: since } });
    const found = await Recipient.find(filter, dated).lean<Dated[]>();
    return found
      .filter((recipient) => !isAsleep(seen, kinds, recipient._id, day(recipient)))
      .map((recipient) => ({
        id: `${id}-${String(recipient._id)}`,
        title: `${title}: ${cleanLine(nameOf(recipient))}`,
        path: `/recipients/${String(recipient._id)}`,
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

async function followUps(seen: Seen & { yours: Yours }, since: Date): Promise<CalendarEvent[]> {
  const ahead = { state: { $in: [...aheadStates] }, nextAttemptAt: { $gte: since } };
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
          path: `/follow-ups/${String(_id)}`,
          at: nextAttemptAt,
        };
      }),
  );
}

/** Steps that are expected, and those whose day has passed: laws are everybody's. */
function milestones(seen: Seen, since: Date): CalendarEvent[] {
  const [today, first] = [dayOf(seen.now, seen.user.timeZone), dayOf(since, 'UTC')];
  return seen.tracks.flatMap((track) =>
    track.milestones.flatMap((milestone) => {
      const { _id, title, expectedOn } = milestone;
      const day = expectedOn && lastDayOfWhen(expectedOn);
      const state = stateOfMilestone(milestone, track, today);
      if (!day || day < first || (state !== 'expected' && state !== 'passed')) return [];
      if (isAsleep(seen, ['milestones'], _id, day)) return [];
      return {
        id: `milestone-${String(_id)}`,
        title: `Expected: ${cleanLine(title)} (${cleanLine(track.title)})`,
        path: `/tracks/${String(track._id)}#milestone-${String(_id)}`,
        day,
      };
    }),
  );
}

/** By their ids: the same things make the same calendar, in whatever order the database gives them. */
const inOrder = (events: CalendarEvent[]): CalendarEvent[] =>
  events.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
