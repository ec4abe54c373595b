import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { stances } from '../commitments/commitment.rules.js';
import { fromForm, storedOnce } from '../stored-once.js';
import { bases, effects, sides } from './trigger.rules.js';

const id = Schema.Types.ObjectId;

/**
 * What a milestone sets in motion in one campaign. Its milestone and its effect never change: what it did stays what it says
 * here. It does nothing until it is approved as it stands, see `approval.rules.ts`.
 */
const schema = new Schema(
  {
    campaign: { type: id, required: true },
    track: { type: id, required: true },
    milestone: { type: id, required: true },
    effect: { type: String, enum: effects, required: true },
    /** in working days */
    days: { type: Number, required: true },
    side: { type: String, enum: sides, required: true },
    basis: { type: String, enum: bases, required: true },
    /** of `plan cadence`: for recipients whose confirmed stance on the ask is below this one */
    cadence: { type: id },
    ask: { type: id },
    below: { type: String, enum: stances },
    /** of `remind staff`: whom */
    staff: { type: [id], default: undefined },
    /** of `remind staff` and `show notice`: the words */
    text: { type: String, default: '' },
    /** of `show notice`: the last calendar day it is shown, where the campaign is; empty for no end */
    until: { type: String, default: '' },
    /** who said all this, and when */
    author: { type: id, required: true },
    changedAt: { type: Date, required: true },
    /** `hash`: of everything it said then */
    approval: { type: new Schema({ by: id, at: Date, hash: String }, { _id: false }), default: null },
    pausedAt: { type: Date, default: null },
    /** it is kept for what it did */
    removedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ campaign: 1, removedAt: 1 });
schema.index({ milestone: 1 });
schema.index({ removedAt: 1, _id: 1 });

export type TriggerRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Trigger = model('Trigger', schema, 'triggers');
