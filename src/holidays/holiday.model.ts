import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/**
 * A public holiday that the calendars we come with do not know, such as one that was announced at short notice. `country`: ISO
 * 3166-1 or 3166-2; one of `GB` holds in every `GB-…`.
 */
const schema = new Schema(
  {
    country: { type: String, required: true },
    /** a calendar day there, `2026-11-24` */
    day: { type: String, required: true },
    name: { type: String, required: true },
    addedBy: { type: Schema.Types.ObjectId, required: true },
    addedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ country: 1, day: 1 }, { unique: true });
schema.index({ day: -1 });

export type HolidayRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Holiday = model('Holiday', schema, 'holidays');
