import { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { groupBy } from '../group-by.js';
import { Entry } from '../history/entry.model.js';
import { removedAmong } from '../recipients/removed.js';
import type { Sent } from './match.rules.js';

/**
 * What incoming messages name, for many of them at once: messages of ours by their ids or Message-IDs, and those of others that have
 * found their place. Anybody can give a message any Message-ID: of those who have the same, ours is meant.
 */
export async function findSent(ids: readonly string[], messageIds: readonly string[]) {
  const [byIds, recorded, uncertain] = await Promise.all([
    some(ids, (some) =>
      FollowUp.find({ _id: { $in: some.map((one) => new Types.ObjectId(one)) } }, shown).lean(),
    ),
    some(messageIds, (some) => Entry.find({ messageId: { $in: some } }, recordedAs).lean()),
    // what may have gone is in no history yet, and its answer can be quicker than the person who settles it
    some(messageIds, (some) =>
      FollowUp.find({ state: { $in: ['sending', 'uncertain'] }, messageId: { $in: some } }, shown).lean(),
    ),
  ]);
  const sent = [...byIds, ...uncertain].map(({ _id, sentAt, ...one }) =>
    asSent({ ...one, followUp: _id, occurredAt: sentAt ?? null }),
  );
  const ours = recorded.filter(({ direction }) => direction === 'out').map(asSent);
  const theirs = await withoutTakenBack(recorded.filter(({ direction }) => direction !== 'out'));
  const removed = await removedAmong([...sent, ...recorded.map(asSent)].map(({ recipient }) => recipient));
  const withId = new Map(sent.map((one) => [one.followUp, one]));
  const withOurId = groupBy([...sent, ...ours], ({ messageId }) => messageId);
  const withTheirId = groupBy(theirs.map(asSent), ({ messageId }) => messageId);
  return {
    isRemoved: (recipient: string) => removed.has(recipient),
    byId: (id: string) => withId.get(id) ?? null,
    byMessageId: (id: string) => withOurId.get(id) ?? withTheirId.get(id) ?? [],
  };
}

/** What a person took back from a recipient says nothing of whose the next one is. */
async function withoutTakenBack<E extends { _id: Types.ObjectId }>(entries: readonly E[]): Promise<E[]> {
  const corrections = await some(
    entries.map(({ _id }) => _id),
    (some) => Entry.find({ supersedes: { $in: some }, kind: 'correction' }, { supersedes: 1 }).lean(),
  );
  const gone = new Set(corrections.map(({ supersedes }) => String(supersedes)));
  return entries.filter(({ _id }) => !gone.has(String(_id)));
}

const named = { recipient: 1, campaign: 1, messageId: 1 } as const;
const shown = { sentAt: 1, ...named } as const;
const recordedAs = { followUp: 1, direction: 1, occurredAt: 1, ...named } as const;

const some = async <T, R>(
  wanted: readonly T[],
  read: (wanted: readonly T[]) => PromiseLike<R[]>,
): Promise<R[]> => (wanted.length === 0 ? [] : read(wanted));

type Found = { recipient: Types.ObjectId; campaign: Types.ObjectId; occurredAt: Date | null } & {
  followUp?: Types.ObjectId | null;
  messageId?: string | null;
};

const asSent = ({ followUp, recipient, campaign, messageId, occurredAt }: Found): Sent => ({
  followUp: followUp ? String(followUp) : '',
  recipient: String(recipient),
  campaign: String(campaign),
  messageId: messageId ?? '',
  at: occurredAt,
});
