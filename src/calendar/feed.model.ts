import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { dropIndex } from '../database.js';

/** What a program can follow: what is to come, as a calendar, and what happened, as an Atom feed. */
export const feedKinds = ['calendar', 'atom'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** Whom it was made for. Somebody whose role changes does not take the address along. */
export const audiences = ['staff', 'partners'] as const;
export type Audience = (typeof audiences)[number];

/** A feed of one person, at an address that nobody else knows. Only the hash of its secret is stored. */
const schema = new Schema(
  {
    user: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: feedKinds, required: true },
    audience: { type: String, enum: audiences, required: true },
    tokenHash: { type: String, required: true },
    madeAt: { type: Date, required: true },
    /** of what was in it when somebody last asked, and since when it has been that */
    contentHash: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ user: 1, kind: 1 }, { unique: true });
schema.index({ tokenHash: 1 }, { unique: true });

export type FeedRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
/** Stored under the name they had while there were calendars only. */
export const Feed = model('Feed', schema, 'calendarfeeds');

/** Of a version in which each of the staff had one calendar and nothing else: its index would let nobody have two feeds. */
export async function bringFeedsUpToDate(): Promise<void> {
  await dropIndex(Feed, 'user_1');
  await Feed.updateMany({ kind: null }, { $set: { kind: 'calendar' } });
  await Feed.updateMany({ audience: null }, { $set: { audience: 'staff' } });
}
