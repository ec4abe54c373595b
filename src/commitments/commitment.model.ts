import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { fromForm, storedOnce } from '../stored-once.js';
import { stances } from './commitment.rules.js';

const id = Schema.Types.ObjectId;
const fact = { immutable: true } as const;

/**
 * What a recipient said to one ask, as somebody wrote it down. Nothing of that is ever edited: a newer one stands beside it. It is
 * checked by a second person, and taken back with a reason.
 */
const schema = new Schema(
  {
    campaign: { type: id, required: true, ...fact },
    recipient: { type: id, required: true, ...fact },
    ask: { type: id, required: true, ...fact },
    /** how the ask was called when this was set: its words may be edited later */
    askTitle: { type: String, required: true, ...fact },
    stance: { type: String, enum: stances, required: true, ...fact },
    /** their own words */
    quote: { type: String, default: '', ...fact },
    /** a web address where it can be read */
    source: { type: String, default: '', ...fact },
    /** the entry of the recipient's history in which they said it */
    entry: { type: id, ...fact },
    /** the calendar day on which they said it, `2026-11-24` */
    on: { type: String, required: true, ...fact },
    /** for staff only */
    note: { type: String, default: '', ...fact },
    setBy: { type: id, required: true, ...fact },
    setAt: { type: Date, required: true, ...fact },
    ...fromForm,

    confirmedBy: { type: id },
    confirmedAt: { type: Date },
    takenBackBy: { type: id },
    takenBackAt: { type: Date },
    takenBackReason: { type: String },

    // copies, for lists: written by `refreshCell` and checked by `bin/job check-copies`
    /** is it the one that holds in its cell? */
    isCurrent: { type: Boolean, default: false },
    /** how far the stance is, to sort by */
    farness: { type: Number, required: true, ...fact },
  },
  { strict: 'throw' },
);
const current = { partialFilterExpression: { isCurrent: true } };
schema.index(...storedOnce);
schema.index({ recipient: 1, ask: 1 });
schema.index({ ask: 1 });
schema.index({ campaign: 1, ask: 1, farness: -1, on: -1 }, current);
schema.index({ campaign: 1, stance: 1, recipient: 1 }, current);
schema.index({ confirmedAt: 1, setAt: 1 }, current);

export type CommitmentRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Commitment = model('Commitment', schema, 'commitments');
