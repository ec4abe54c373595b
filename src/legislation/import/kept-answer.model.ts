import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** The last answer to one question a source was asked: what has not changed since is not sent again. */
const schema = new Schema(
  {
    source: { type: Schema.Types.ObjectId, required: true },
    /** the address that was asked */
    asked: { type: String, required: true },
    /** the address that answered in the end */
    address: { type: String, required: true },
    etag: { type: String, default: null },
    lastModified: { type: String, default: null },
    /** absent where it is only to be known whether anything changed */
    body: { type: Buffer },
  },
  { strict: 'throw' },
);
schema.index({ source: 1, asked: 1 }, { unique: true });

export type KeptAnswerRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const KeptAnswer = model('KeptAnswer', schema, 'keptanswers');
