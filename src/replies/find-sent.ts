import { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { Entry } from '../history/entry.model.js';
import type { Sent } from './match.rules.js';

/** Messages of ours by their ids or Message-IDs, for many incoming ones at once. */
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
  const sent = [...byIds, ...uncertain].map(({ _id, recipient, campaign, messageId }): Sent =>
    asSent(_id, recipient, campaign, messageId),
  );
  const ofHistory = recorded.map(({ followUp, recipient, campaign, messageId }): Sent =>
    asSent(followUp ?? null, recipient, campaign, messageId ?? ''),
  );
  const withId = new Map(sent.map((one) => [one.followUp, one]));
  const withMessageId = new Map([...sent, ...ofHistory].map((one) => [one.messageId, one]));
  return {
    byId: (id: string) => withId.get(id) ?? null,
    byMessageId: (id: string) => withMessageId.get(id) ?? null,
  };
}

const shown = { recipient: 1, campaign: 1, messageId: 1 } as const;
const recordedAs = { followUp: 1, ...shown } as const;

const some = async <T, R>(
  wanted: readonly T[],
  read: (wanted: readonly T[]) => PromiseLike<R[]>,
): Promise<R[]> => (wanted.length === 0 ? [] : read(wanted));

const asSent = (
  followUp: Types.ObjectId | null,
  recipient: Types.ObjectId,
  campaign: Types.ObjectId,
  messageId: string,
): Sent => ({
  followUp: followUp ? String(followUp) : '',
  recipient: String(recipient),
  campaign: String(campaign),
  messageId,
});
