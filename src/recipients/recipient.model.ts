import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { precisions } from '../history/entry.rules.js';
import { leaveOutRemoved, removals } from '../removal.model.js';
import { atFirst, deliveries, engagements, inOneField } from './status.rules.js';

/** From a day until before another, days of their calendar; no `until` where they stand there still. */
const stood = new Schema(
  {
    engagement: { type: String, enum: engagements, required: true },
    from: { type: String, required: true },
    until: { type: String },
  },
  { _id: false, strict: 'throw' },
);

/**
 * An office that a campaign has written to. One that was removed is found only by whoever says so. What stands under "copies" is derived, kept only for lists,
 * written by `refreshRecipients` and `relistRecipients` and checked by `bin/job check-copies`.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    office: { type: Schema.Types.ObjectId, required: true },
    organisation: { type: Schema.Types.ObjectId, required: true },
    /** who looks after this recipient; otherwise the campaign's owner does */
    owner: { type: Schema.Types.ObjectId },
    notes: { type: String, default: '' },
    /** nothing is sent while this stands; the reason is a sentence */
    pausedAt: { type: Date },
    pausedBy: { type: Schema.Types.ObjectId },
    pauseReason: { type: String },
    /** messages that may be their answer and that nobody has read: nothing is sent before somebody has */
    unreadMail: { type: [Schema.Types.ObjectId], default: undefined },
    ...removals,
    createdAt: { type: Date, required: true },

    // copies
    organisationName: { type: String, required: true },
    officeTitle: { type: String, required: true },
    holderName: { type: String, default: '' },
    timeZone: { type: String, required: true },
    listedAs: { type: String, required: true },
    /** the words of its names, folded: by how any of them begins it is found. Without an index, which would double what every write costs */
    foundBy: { type: [String], default: undefined },
    delivery: { type: String, enum: deliveries, default: atFirst.delivery },
    engagement: { type: String, enum: engagements, default: atFirst.engagement },
    /** both in one field: to count by one costs half of what it costs to count by two */
    status: { type: String, default: inOneField(atFirst) },
    firstContactAt: { type: Date },
    firstContactPrecision: { type: String, enum: [...precisions, null] },
    lastContactAt: { type: Date },
    lastContactPrecision: { type: String, enum: [...precisions, null] },
    contactsOut: { type: Number, default: 0 },
    contactsIn: { type: Number, default: 0 },
    /** when a missing acknowledgement begins to show; null where none is expected, or somebody over there has spoken */
    acknowledgementMissingFrom: { type: Date },
    /** when the letter reached them; the clock runs from that day on the recipient's calendar */
    clockStartedAt: { type: Date },
    /** the last day in time, when it begins, and when an answer begins to be late and very late; null where none is awaited, or nobody is ever late */
    answerDueOn: { type: String },
    lastDayFrom: { type: Date },
    lateFrom: { type: Date },
    veryLateFrom: { type: Date },
    /** by when they said they would answer, while they have not; and when that day is over */
    promisedFor: { type: String },
    promisePassedFrom: { type: Date },
    /** the latest pause of the clock; its end is null while it is not known */
    clockPausedFrom: { type: Date },
    clockPausedUntil: { type: Date },
    /** how many working days of their calendar they took for their first answer */
    answeredAfter: { type: Number },
    /** where they stood on which days, since they were first written to: for the figures, which look back */
    stood: { type: [stood], default: [] },
    /** how many entries the copies were derived from: an older derivation never overwrites a newer one */
    entriesCounted: { type: Number, default: 0 },
  },
  { strict: 'throw' },
);
schema.index({ campaign: 1, office: 1 }, { unique: true });
schema.index({ campaign: 1, listedAs: 1 });
schema.index({ campaign: 1, engagement: 1, listedAs: 1 });
schema.index({ campaign: 1, delivery: 1, listedAs: 1 });
schema.index({ campaign: 1, lateFrom: 1 });
schema.index({ campaign: 1, promisePassedFrom: 1 });
schema.index({ owner: 1 }, { partialFilterExpression: { owner: { $exists: true } } });
schema.index({ organisation: 1 });
schema.index({ holderName: 1 });
schema.index({ unreadMail: 1 }, { partialFilterExpression: { unreadMail: { $exists: true } } });
schema.index({ campaign: 1, acknowledgementMissingFrom: 1 });
schema.index({ 'removed.at': 1 }, { partialFilterExpression: { 'removed.at': { $exists: true } } });
leaveOutRemoved(schema);

export type RecipientRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Recipient = model('Recipient', schema, 'recipients');
