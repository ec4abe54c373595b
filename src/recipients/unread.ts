import type { Types } from 'mongoose';
import { Recipient } from './recipient.model.js';

/** Nothing is sent to them until this message, which may be their answer, has been read. */
export async function untilRead(mail: Types.ObjectId, recipients: readonly Types.ObjectId[]): Promise<void> {
  if (recipients.length > 0)
    await Recipient.updateMany({ _id: { $in: recipients } }, { $addToSet: { unreadMail: mail } });
}

/** It has been read, or is somebody else's. */
export async function noLongerUnread(
  mail: Types.ObjectId,
  except: readonly Types.ObjectId[] = [],
): Promise<void> {
  await Recipient.updateMany({ unreadMail: mail, _id: { $nin: except } }, { $pull: { unreadMail: mail } });
}
