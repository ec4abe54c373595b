import { User } from './user.model.js';

/** Turned off once or many times, it is the same. */
export async function turnRemindersOff(id: string, now: Date): Promise<void> {
  await User.updateOne({ _id: id, remindersOffSince: null }, { $set: { remindersOffSince: now } });
}

export async function turnRemindersOn(id: string): Promise<void> {
  await User.updateOne({ _id: id }, { $set: { remindersOffSince: null } });
}

export async function remindersAreOff(id: string): Promise<boolean> {
  return Boolean((await User.findById(id, { remindersOffSince: 1 }).lean())?.remindersOffSince);
}
