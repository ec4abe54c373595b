import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/**
 * What is counted in working days of a country, a region or one organisation, being counted anew after a holiday or a closure there
 * was added or removed, and how far that is. There is one only while that is under way, or was broken off.
 */
const schema = new Schema(
  {
    /** one of these two */
    country: { type: String },
    organisation: { type: Schema.Types.ObjectId },
    /** of a closure the first */
    day: { type: String, required: true },
    name: { type: String, required: true },
    /** recipients counted so far, of how many; none until each office there knows its days */
    done: { type: Number, default: 0 },
    of: { type: Number, default: 0 },
    /** since when nothing was heard of the process that does it */
    heardAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);

export type RecountRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Recount = model('Recount', schema, 'recounts');
