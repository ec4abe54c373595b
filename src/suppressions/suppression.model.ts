import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { fromForm, storedOnce } from '../stored-once.js';
import { suppressionKinds } from './suppression.rules.js';

/** That it was lifted is written down beside it; a suppression is never removed. */
const lifting = new Schema(
  {
    by: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    reason: { type: String, required: true },
  },
  { _id: false },
);

/** Somebody who is not to be written to. Days are calendar days where they are, both inclusive. */
const schema = new Schema(
  {
    kind: { type: String, enum: suppressionKinds, required: true },
    /** as people read it: the address, the domain, the name of the person or of the organisation */
    value: { type: String, required: true },
    /** what it is found by: its kind and the folded value */
    key: { type: String, required: true },
    /** of an organisation, or of a person in it */
    organisation: { type: Schema.Types.ObjectId, default: null },
    reason: { type: String, required: true },
    /** who asked for it, or where it is known from */
    source: { type: String, required: true },
    from: { type: String, required: true },
    until: { type: String, default: null },
    /** its first day had begun where whoever wrote it down is, so it does not wait for that day elsewhere */
    atOnce: { type: Boolean },
    /** absent where a machine wrote it down, after a complaint or too many bounces */
    recordedBy: { type: Schema.Types.ObjectId },
    recordedAt: { type: Date, required: true },
    ...fromForm,
    lifted: { type: lifting, default: null },
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ key: 1 });
schema.index({ recordedAt: -1 });

export type SuppressionRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Suppression = model('Suppression', schema, 'suppressions');
