import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { fromForm, storedOnce } from '../stored-once.js';

/** One step: what is written, and how many working days after the step before it was sent. */
const step = new Schema(
  {
    template: { type: Schema.Types.ObjectId, required: true },
    gap: { type: Number, required: true },
  },
  { _id: false },
);

/**
 * A plan of follow-ups for whoever does not answer. The letter is step 0; these are step 1 and on. Whoever it was started
 * for keeps the steps as they were then.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    steps: { type: [step], required: true },
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ campaign: 1, name: 1 });

export type CadenceRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Cadence = model('Cadence', schema, 'cadences');
