import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** A paper or an item of news that a source lists about a law. */
const schema = new Schema(
  {
    track: { type: Schema.Types.ObjectId, required: true },
    source: { type: Schema.Types.ObjectId, required: true },
    /** the source's own name for it */
    key: { type: String, required: true },
    kind: { type: String, enum: ['publication', 'news'], required: true },
    title: { type: String, required: true },
    /** a calendar day, `2026-11-24` */
    publishedOn: { type: String, required: true },
    link: { type: String, default: '' },
    /** when it was first seen there as it is */
    seenAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ source: 1, key: 1 }, { unique: true });
schema.index({ track: 1, publishedOn: -1, _id: -1 });

export type PublicationRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Publication = model('Publication', schema, 'publications');
