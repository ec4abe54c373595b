import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { kinds } from './kinds.rules.js';

/** One thing that one person put off until a day of their own calendar, as it was when they saw it. */
const schema = new Schema(
  {
    user: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: kinds, required: true },
    record: { type: Schema.Types.ObjectId, required: true },
    facts: { type: String, default: '' },
    /** it is back from the beginning of this day */
    until: { type: String, required: true },
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ user: 1, kind: 1, record: 1 }, { unique: true });
schema.index({ until: 1 });

export type SnoozeRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Snooze = model('Snooze', schema, 'snoozes');
