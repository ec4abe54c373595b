import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

const left = new Schema(
  { recipient: { type: Schema.Types.ObjectId, required: true }, name: String, reasons: [String] },
  { _id: false },
);

/** The day that the first step has for one recipient, and how it was found. */
const day = new Schema(
  {
    recipient: { type: Schema.Types.ObjectId, required: true },
    day: { type: String, required: true },
    how: { type: String, required: true },
  },
  { _id: false },
);

/**
 * A cadence being started for one or many recipients, and how far that is. The record is the queue: should the process
 * end, the next one goes on from `after`, and what it did already is not done twice.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    cadence: { type: Schema.Types.ObjectId, required: true },
    by: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    /** a hash of the steps that they were shown; absent where a trigger starts it */
    seen: { type: String },
    /** these recipients, or every one of the campaign where there is no list */
    only: { type: [Schema.Types.ObjectId], default: undefined },
    /** steps that a person had called off, and that whoever starts it was shown: they are planned all the same */
    despite: { type: [Schema.Types.ObjectId], default: undefined },
    /** the trigger that set it in motion, and the day it gives each of these recipients */
    trigger: { type: Schema.Types.ObjectId },
    firstDueOn: { type: [day], default: undefined },
    of: { type: Number, required: true },
    /** the last recipient that was looked at */
    after: { type: Schema.Types.ObjectId },
    looked: { type: Number, default: 0 },
    started: { type: Number, default: 0 },
    /** the first of those it was not started for, and why */
    left: { type: [left], default: [] },
    leftCount: { type: Number, default: 0 },
    /** whose work it is, and since when nothing was heard of them */
    claim: { type: new Schema({ id: String, at: Date }, { _id: false }), default: null },
    finishedAt: { type: Date, default: null },
    /** its campaign, until it is finished: only one is under way there at a time */
    underWayIn: { type: Schema.Types.ObjectId },
  },
  { strict: 'throw' },
);
schema.index({ finishedAt: 1, 'claim.at': 1 });
schema.index({ underWayIn: 1 }, { unique: true, partialFilterExpression: { underWayIn: { $exists: true } } });

export type CadenceStartRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const CadenceStart = model('CadenceStart', schema, 'cadencestarts');
