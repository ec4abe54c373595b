import { DateTime } from 'luxon';
import type { QueryFilter } from 'mongoose';
import { sendingOf } from '../campaigns/campaigns.js';
import { dayAfter, dayOf, startOfDay } from '../dates.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import {
  endsBeforeItLeaves,
  expiredBy,
  howApproved,
  later,
  type HowApproved,
} from '../follow-ups/void-approvals.js';
import { byId, groupBy } from '../group-by.js';
import { namesOf } from '../replies/inbox.js';
import { addWorkingDays } from '../working-days.js';
import type { Item, Source, Which } from './sources.js';
import { nameOf } from './named.js';
import type { Seen } from './seen.js';
import { idsOf } from './which.js';
import { belongingTo } from './whose.js';

type Filter = QueryFilter<FollowUpRecord>;

/** A follow-up is in one of these at most. */
const filters = {
  uncertain: () => ({ state: 'uncertain' }),
  failed: () => ({ state: 'failed' }),
  held: () => ({ state: 'held' }),
  /** whatever an approval given now would still hold for; before that it is too early to read it */
  planned: (seen) =>
    inEach(seen, ['planned', 'scheduled'], ({ holds, wrong }) => ({
      nextAttemptAt: { $lte: later(seen.now, holds) },
      $or: [{ state: 'planned' }, wrong],
    })),
  expired: (seen) =>
    inEach(seen, ['scheduled'], ({ holds, wrong }) => ({ ...expiredBy(seen.now, holds), $nor: [wrong] })),
  expiring: (seen) =>
    inEach(seen, ['scheduled'], ({ holds, wrong }) => ({
      $nor: [wrong, expiredBy(seen.now, holds)],
      $or: [
        endsBeforeItLeaves(holds),
        { ...expiredBy(soon(seen), holds), nextAttemptAt: { $gt: endOfDay(seen) } },
      ],
    })),
  /** also those that should have left already */
  leaving: (seen) =>
    inEach(seen, ['scheduled'], ({ holds, wrong }) => ({
      nextAttemptAt: { $lte: endOfDay(seen) },
      $nor: [wrong, expiredBy(seen.now, holds), endsBeforeItLeaves(holds)],
    })),
} satisfies Record<string, (seen: Seen) => Filter>;

/** Who approves, and how long that holds, is the campaign's to say, so the filter is one of each way there is. */
function inEach(
  { campaigns, from }: Seen,
  states: FollowUpRecord['state'][],
  filterOf: (how: HowApproved) => Filter,
): Filter {
  const alike = groupBy(campaigns, ({ approval, approvalDays }) => `${approval} ${approvalDays}`);
  const branches = [...alike.values()].flatMap((those) =>
    howApproved(those[0]!, from).map((how) => ({
      campaign: { $in: those.map(({ _id }) => _id) },
      ...how.of,
      ...filterOf(how),
    })),
  );
  const [only = { campaign: { $in: [] } }, ...others] = branches;
  // times inside of an `$or` are not looked up in the index
  return { state: { $in: states }, ...(others.length > 0 ? { $or: branches } : only) };
}

const DAY_MS = 86_400_000;
const WORKING_DAYS_BEFORE = 2;

const endOfDay = ({ user, now }: Seen): Date =>
  DateTime.fromJSDate(now, { zone: user.timeZone }).endOf('day').toJSDate();

/** The end of the second working day from today where the reader is. */
function soon({ user: { timeZone }, now }: Seen): Date {
  const last = addWorkingDays(dayOf(now, timeZone), WORKING_DAYS_BEFORE, { timeZone });
  return startOfDay(dayAfter(last), timeZone);
}

const shown = {
  campaign: 1,
  recipient: 1,
  subject: 1,
  state: 1,
  stateReasons: 1,
  dueAt: 1,
  nextAttemptAt: 1,
  settledAt: 1,
  'approval.at': 1,
} as const;
type Shown = Pick<
  FollowUpRecord,
  '_id' | 'campaign' | 'recipient' | 'subject' | 'stateReasons' | 'dueAt' | 'nextAttemptAt' | 'settledAt'
> & { approval?: { at: Date } | null };

export type FollowUpKind = keyof typeof filters;

/** Follow-ups that need a person, the earliest due first. */
export const followUpsToSee =
  (kind: FollowUpKind) =>
  (seen: Seen, which: Which): Source =>
    followUps({ ...filters[kind](seen), ...idsOf(which) }, seen, (row) => {
      if (kind === 'expired' || kind === 'expiring') return later(row.approval!.at, holdsIn(seen, row));
      // a temporary refusal puts the next attempt later than the time that was planned
      return kind === 'leaving' ? row.nextAttemptAt : row.dueAt;
    });

/** What leaves next, whosever it is. */
export const nextToLeave = (seen: Seen): Source =>
  followUps({ state: 'scheduled' }, { ...seen, yours: null }, ({ nextAttemptAt }) => nextAttemptAt);

/** Only of one whose approval ends. */
const holdsIn = ({ campaigns }: Seen, { campaign }: Shown): number =>
  sendingOf(campaigns.find(({ _id }) => _id.equals(campaign))).approvalDays * DAY_MS;

function followUps(asked: Filter, { yours }: Seen, at: (row: Shown) => Date): Source {
  const filter: Filter = yours ? { $and: [asked, belongingTo(yours)] } : asked;
  return {
    rows: async (skip, limit) => {
      const rows = await FollowUp.find(filter, shown)
        .sort({ nextAttemptAt: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return toItems(rows, at);
    },
    count: () => FollowUp.countDocuments(filter).exec(),
  };
}

/** Planned anew, settled anew or approved anew, it is another thing to look at. */
export const factsOfFollowUp = ({
  dueAt,
  settledAt,
  approval,
}: Pick<Shown, 'dueAt' | 'settledAt' | 'approval'>): string =>
  [dueAt, settledAt, approval?.at].map((one) => one?.toISOString() ?? 'never').join(' ');

async function toItems(rows: readonly Shown[], at: (row: Shown) => Date): Promise<Item[]> {
  if (rows.length === 0) return [];
  const recipientOf = byId(await namesOf(rows.map(({ recipient }) => recipient)));
  return rows.map((row) => {
    const recipient = recipientOf.get(String(row.recipient));
    return {
      id: row._id,
      facts: factsOfFollowUp(row),
      href: `/follow-ups/${String(row._id)}`,
      title: recipient?.organisationName ?? 'Somebody who is no recipient any more',
      about: row.subject || 'No subject yet',
      named: recipient ? nameOf(recipient) : 'A recipient',
      reasons: row.stateReasons,
      at: at(row),
    };
  });
}
