import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** The calendar of one person, at an address that nobody else knows. Only the hash of its secret is stored. */
const schema = new Schema(
  {
    user: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true },
    madeAt: { type: Date, required: true },
    /** of what was in it when somebody last asked, and since when it has been that */
    contentHash: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ user: 1 }, { unique: true });
schema.index({ tokenHash: 1 }, { unique: true });

export type CalendarFeedRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const CalendarFeed = model('CalendarFeed', schema, 'calendarfeeds');
