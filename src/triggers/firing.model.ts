import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { effects } from './trigger.rules.js';

const id = Schema.Types.ObjectId;

/** `begun`: written down and not done yet. `planned`: follow-ups are planned. `done`: told, or shown. */
export const firingStates = ['begun', 'planned', 'done', 'cancelled'] as const;

/** A day that it had until it got another one. */
const move = new Schema(
  {
    from: { type: String, required: true },
    to: { type: String, required: true },
    why: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false },
);

/**
 * That a trigger was set in motion for one recipient, one person of the staff, or the partners of a campaign. It is written
 * before anything is done, and the unique index makes a second time impossible. One that was cancelled stays, so that it is
 * never done again.
 */
const schema = new Schema(
  {
    trigger: { type: id, required: true },
    milestone: { type: id, required: true },
    /** a recipient, a person, or the campaign */
    to: { type: id, required: true },
    campaign: { type: id, required: true },
    effect: { type: String, enum: effects, required: true },
    state: { type: String, enum: firingStates, required: true },
    /** the day that was counted, and the date of the milestone it was counted from */
    day: { type: String, required: true },
    on: { type: String, required: true },
    how: { type: String, required: true },
    moves: { type: [move], default: [] },
    /** why it was cancelled, or what became of a mail */
    said: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ trigger: 1, milestone: 1, to: 1 }, { unique: true });
schema.index({ campaign: 1, effect: 1, state: 1 });

export type FiringRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Firing = model('Firing', schema, 'firings');
