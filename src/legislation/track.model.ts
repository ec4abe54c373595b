import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { stages } from './milestone.rules.js';

/** Days are calendar days, `2023-10-26`. The expected day stays when the milestone has happened. */
const milestone = new Schema({
  title: { type: String, required: true },
  stage: { type: String, enum: stages, required: true },
  expectedOn: { type: String },
  happenedOn: { type: String },
  sourceLink: { type: String, default: '' },
  note: { type: String, default: '' },
});

/** One bill or regulation. Tracks are shared by all campaigns. */
const schema = new Schema(
  {
    title: { type: String, required: true },
    jurisdiction: { type: String, required: true },
    /** the number of the procedure or the bill, `2022/0155(COD)` */
    reference: { type: String, default: '' },
    summary: { type: String, default: '' },
    sourceLink: { type: String, default: '' },
    milestones: { type: [milestone], default: [] },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ title: 1 });

export type MilestoneRecord = InferSchemaType<typeof milestone> & { _id: Types.ObjectId };
export type TrackRecord = Omit<InferSchemaType<typeof schema>, 'milestones'> & {
  _id: Types.ObjectId;
  milestones: MilestoneRecord[];
};
export const Track = model('Track', schema, 'tracks');
