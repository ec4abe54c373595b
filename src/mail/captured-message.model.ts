import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** What a captured message was: a follow-up, a reminder, news of follow-ups, or mail about an account. */
export const captureKinds = ['follow-up', 'reminder', 'news', 'account'] as const;
export type CaptureKind = (typeof captureKinds)[number];

/** A message that went to the outbox and to nobody else. */
const schema = new Schema(
  {
    messageId: { type: String, required: true },
    kind: { type: String, enum: captureKinds, required: true },
    followUp: { type: Schema.Types.ObjectId },
    to: { type: String, required: true },
    subject: { type: String, required: true },
    raw: { type: Buffer, required: true },
    why: { type: String, required: true },
    capturedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ messageId: 1 }, { unique: true });
schema.index({ capturedAt: -1 });

export type CapturedMessageRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const CapturedMessage = model('CapturedMessage', schema, 'capturedmessages');

export const NO_SERVER = 'No mail server is configured (SMTP_URL), so the message went no further than here.';
