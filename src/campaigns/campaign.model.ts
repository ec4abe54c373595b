import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { DEFAULT_WINDOW } from '../sending-window.js';
import { fromForm, storedOnce } from '../stored-once.js';
import { approvalRules, DEFAULT_SENDING } from './campaign.rules.js';

const ask = new Schema({ title: { type: String, required: true }, text: { type: String, default: '' } });

const window = new Schema(
  {
    fromHour: { type: Number, required: true },
    untilHour: { type: Number, required: true },
    everyDay: { type: Boolean, required: true },
  },
  { _id: false },
);

const liveSwitch = new Schema(
  {
    at: { type: Date, required: true },
    by: { type: Schema.Types.ObjectId, required: true },
    live: { type: Boolean, required: true },
  },
  { _id: false },
);

/** One open letter, its asks, its recipients. Days are calendar days, `2023-09-18`, in the campaign's time zone. */
const schema = new Schema(
  {
    title: { type: String, required: true },
    /** markdown */
    letter: { type: String, default: '' },
    asks: { type: [ask], default: [] },
    owner: { type: Schema.Types.ObjectId },
    timeZone: { type: String, required: true },
    /** after how many working days of the recipient's calendar an answer is late, and very late; unset means that nobody ever is */
    lateAfter: { type: Number },
    veryLateAfter: { type: Number },
    /** within how many working days of the first letter an acknowledgement is expected; unset means that it is not watched */
    acknowledgementDays: { type: Number },
    /** when follow-ups may leave, on the recipient's own clock */
    window: { type: window, default: () => DEFAULT_WINDOW },
    /** a follow-up that is later than this, in hours, is held for a person */
    latestHours: { type: Number, default: DEFAULT_SENDING.latestHours },
    /** how many of all campaigns may go to one organisation, and to one mail domain, in a day of the recipient's calendar; 0, which no form takes, is no limit */
    mostPerDay: { type: Number, default: DEFAULT_SENDING.mostPerDay },
    /** who has to approve a follow-up before it leaves */
    approval: { type: String, enum: approvalRules, default: DEFAULT_SENDING.approval },
    /** an approval older than this, in days, is void */
    approvalDays: { type: Number, default: DEFAULT_SENDING.approvalDays },
    /** until an administrator switches it live, every message of this campaign is captured */
    liveSince: { type: Date },
    liveBy: { type: Schema.Types.ObjectId },
    /** who switched it live, or back, and when; only added to */
    switches: { type: [liveSwitch], default: [] },
    /** one more with each saving of the form */
    version: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ createdAt: -1 });

export type CampaignRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Campaign = model('Campaign', schema, 'campaigns');
