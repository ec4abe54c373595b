import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** Files of mail that somebody uploaded, and how far they are taken in. */
const schema = new Schema(
  {
    by: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    /** the names of the files, and their sizes in bytes together */
    names: { type: [String], required: true },
    size: { type: Number, required: true },
    messages: { type: Number, default: 0 },
    stored: { type: Number, default: 0 },
    known: { type: Number, default: 0 },
    finishedAt: { type: Date, default: null },
  },
  { strict: 'throw' },
);
schema.index({ at: -1 });

export type UploadRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Upload = model('Upload', schema, 'uploads');
