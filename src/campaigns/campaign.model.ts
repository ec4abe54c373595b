import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

const ask = new Schema({ title: { type: String, required: true }, text: { type: String, default: '' } });

/** One open letter, its asks, its recipients. Days are calendar days, `2023-09-18`, in the campaign's time zone. */
const schema = new Schema(
  {
    title: { type: String, required: true },
    /** markdown */
    letter: { type: String, default: '' },
    asks: { type: [ask], default: [] },
    owner: { type: Schema.Types.ObjectId },
    timeZone: { type: String, required: true },
    /** the day by which an answer is expected; unset means nobody is overdue */
    answerDueOn: { type: String },
    /** until an administrator switches it live, every message of this campaign is captured */
    liveSince: { type: Date },
    liveBy: { type: Schema.Types.ObjectId },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ createdAt: -1 });

export type CampaignRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Campaign = model('Campaign', schema, 'campaigns');
