import type { Types } from 'mongoose';
import { groupBy } from '../group-by.js';
import { evenRemoved } from '../removal.model.js';
import { ofEach } from '../update-each.js';
import { Recipient } from './recipient.model.js';

type Unread = { mail: Types.ObjectId; recipients: readonly Types.ObjectId[] };

/** Nothing is sent to these recipients until the message, which may be their answer, has been read. */
export async function untilRead(unread: readonly Unread[]): Promise<void> {
  const pairs = unread.flatMap(({ mail, recipients }) =>
    recipients.map((recipient) => ({ mail, recipient })),
  );
  if (pairs.length === 0) return;
  const of = [...groupBy(pairs, ({ recipient }) => String(recipient)).values()].map((theirs) => ({
    _id: theirs[0]!.recipient,
    mails: theirs.map(({ mail }) => mail),
  }));
  const added = ofEach(
    of,
    of.map(({ mails }) => mails),
  );
  await Recipient.collection.updateMany({ _id: { $in: of.map(({ _id }) => _id) } }, [
    { $set: { unreadMail: { $setUnion: [{ $ifNull: ['$unreadMail', []] }, added] } } },
  ]);
}

/** One recipient, or all but some. */
export type Whom = Types.ObjectId | { $nin: readonly Types.ObjectId[] };
const EVERYBODY: Whom = { $nin: [] };

/** Who of these waits for this message to be read. */
export async function waitingFor(mail: Types.ObjectId, whom = EVERYBODY): Promise<Types.ObjectId[]> {
  const found = await Recipient.find(waiting(mail, whom), { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}

/** It has been read, or is somebody else's; also of recipients that were removed, who are not to wait for it when they are put back. */
export async function noLongerUnread(mail: Types.ObjectId, whom = EVERYBODY): Promise<void> {
  await Recipient.updateMany(waiting(mail, whom), { $pull: { unreadMail: mail } }).setOptions(evenRemoved);
}

const waiting = (mail: Types.ObjectId, whom: Whom) => ({ unreadMail: mail, _id: whom });
