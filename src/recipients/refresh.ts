import type { Types } from 'mongoose';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { isContact, standing } from '../history/entry.rules.js';
import { ofEach, updateEach } from '../update-each.js';
import { acknowledgementDue, unacknowledgedLetter } from './acknowledgement.rules.js';
import { clockCopies } from './clock-state.rules.js';
import { clockOf } from './clock.rules.js';
import { readExpected, type Expected } from './expected.js';
import { Recipient } from './recipient.model.js';
import { readStated } from './stated.js';
import { inOneField, statusOf, unanswered, type Stated } from './status.rules.js';
import { stoodOf } from './stood.rules.js';

export const facts = {
  recipient: 1,
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  precision: 1,
  supersedes: 1,
  delivers: 1,
  until: 1,
} as const;
export type Facts = Pick<EntryRecord, '_id' | keyof typeof facts>;

const NOTHING_EXPECTED: Expected = {
  acknowledgementDays: null,
  lateAfter: null,
  veryLateAfter: null,
  place: { timeZone: 'UTC' },
};

/**
 * What is known of one recipient amounts to this. `expected`: null where its campaign or its office is gone; `stated`: the confirmed
 * stances by which they answered.
 */
export function derive(
  entries: readonly Facts[],
  expected: Expected | null = null,
  stated: readonly Stated[] = [],
) {
  const counting = standing(entries);
  const contacts = counting
    .filter(isContact)
    .toSorted(
      (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.precision.localeCompare(b.precision),
    );
  const [first, last] = [contacts.at(0), contacts.at(-1)];
  const contactsOut = contacts.filter(({ direction }) => direction === 'out').length;
  const status = statusOf(counting, stated);
  const rules = expected ?? NOTHING_EXPECTED;
  return {
    delivery: status.delivery,
    engagement: status.engagement,
    status: inOneField(status),
    firstContactAt: first?.occurredAt ?? null,
    firstContactPrecision: first?.precision ?? null,
    lastContactAt: last?.occurredAt ?? null,
    lastContactPrecision: last?.precision ?? null,
    contactsOut,
    contactsIn: contacts.length - contactsOut,
    acknowledgementMissingFrom: expected && missingFrom(counting, expected),
    ...clockCopies(clockOf(counting, status, rules), status, rules.place),
    stood: stoodOf(status, rules.place.timeZone),
    entriesCounted: entries.length,
  };
}

function missingFrom(counting: readonly Facts[], { acknowledgementDays, place }: Expected): Date | null {
  if (!acknowledgementDays) return null;
  const letter = unacknowledgedLetter(counting);
  return (
    letter && acknowledgementDue(letter, { days: acknowledgementDays, place }, letter.occurredAt).missingFrom
  );
}

/** Writes the derived copies of these recipients anew. Entries only ever grow, so the larger count is the later truth. */
export async function refreshRecipients(ids: readonly Types.ObjectId[]): Promise<void> {
  if (ids.length === 0) return;
  const [histories, expectedOf, statedOf] = await Promise.all([
    readHistories(ids),
    readExpected(ids),
    readStated(ids),
  ]);
  const entriesOf = new Map(histories.map(({ _id, entries }) => [String(_id), entries]));
  const changes = ids.map((_id) => ({
    _id,
    set: derive(entriesOf.get(String(_id)) ?? [], expectedOf.get(String(_id)), statedOf.get(String(_id))),
  }));
  const counted = changes.map(({ set }) => set.entriesCounted);
  const notNewer = { $expr: { $lte: ['$entriesCounted', ofEach(changes, counted)] } };
  await updateEach(Recipient, changes, notNewer);
}

/** One record for each recipient: unpacking entries one by one costs several times as much. */
export const readHistories = (ids: readonly Types.ObjectId[]) =>
  Entry.collection
    .aggregate<{ _id: Types.ObjectId; entries: Facts[] }>([
      { $match: { recipient: { $in: ids } } },
      { $project: facts },
      { $group: { _id: '$recipient', entries: { $push: '$$ROOT' } } },
    ])
    .toArray();

const BATCH = 200;

/** After a campaign changed by when it expects something: to those who have answered it makes no difference. */
export async function refreshUnanswered(campaign: Types.ObjectId): Promise<void> {
  // read to the end first: on the local engine a cursor returns again what is changed behind it
  const concerned = await Recipient.find({ campaign, engagement: { $in: unanswered } }, { _id: 1 }).lean();
  const ids = concerned.map(({ _id }) => _id);
  for (let i = 0; i < ids.length; i += BATCH) await refreshRecipients(ids.slice(i, i + BATCH));
}
