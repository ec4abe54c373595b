import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { captureKinds } from './captured-message.model.js';

export const noticeStates = [
  'sending',
  'sent',
  'captured',
  'deferred',
  'failed',
  'uncertain',
  'suppressed',
] as const;

/** The ledger row of a mail to one of our own: an invitation, a new password, a reminder, news. */
const schema = new Schema(
  {
    /** what this mail is; the same key is never sent twice */
    key: { type: String, required: true },
    kind: { type: String, enum: captureKinds, required: true },
    messageId: { type: String, required: true },
    to: { type: String, required: true },
    subject: { type: String, required: true },
    state: { type: String, enum: noticeStates, required: true },
    response: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ createdAt: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export type NoticeRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Notice = model('Notice', schema, 'notices');
