import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { mayApprove, REMINDER_HOUR, roles, type Role } from './user.rules.js';

const schema = new Schema(
  {
    name: { type: String, required: true },
    email: { type: String, required: true },
    emailNormalized: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
    timeZone: { type: String, required: true },
    /** absent until the invitation is taken up */
    passwordHash: { type: String },
    /** the campaigns a partner may see */
    campaigns: { type: [Schema.Types.ObjectId], default: [] },
    /** may approve follow-ups, of a staff member; absent means no */
    mayApprove: { type: Boolean },
    /** raised when the password changes or the account is closed: older sessions end */
    sessionVersion: { type: Number, default: 1 },
    closedAt: { type: Date },
    /** set by the person, here or from the mail itself: no reminder and no news comes by mail */
    remindersOffSince: { type: Date, default: null },
    /** from which hour of their own clock the daily reminder may come; absent means from 8 */
    reminderHour: { type: Number, min: 0, max: 23 },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ emailNormalized: 1 }, { unique: true });
schema.index({ role: 1 });

export type UserRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const User = model('User', schema, 'users');

/** The signed-in person as a request carries them: named fields, no hash. */
export type SignedInUser = {
  id: string;
  _id: Types.ObjectId;
  name: string;
  email: string;
  role: Role;
  timeZone: string;
  campaigns: string[];
  mayApprove: boolean;
  sessionVersion: number;
  reminders: 'on' | 'off';
  reminderHour: number;
};

export function toSignedInUser(user: UserRecord): SignedInUser {
  return {
    id: String(user._id),
    _id: user._id,
    name: user.name,
    email: user.email,
    role: user.role,
    timeZone: user.timeZone,
    campaigns: user.campaigns.map(String),
    mayApprove: mayApprove(user),
    sessionVersion: user.sessionVersion,
    reminders: user.remindersOffSince ? 'off' : 'on',
    reminderHour: user.reminderHour ?? REMINDER_HOUR,
  };
}
