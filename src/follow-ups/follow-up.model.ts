import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { attachment } from '../history/attachment.model.js';
import { fromForm, storedOnce } from '../stored-once.js';
import { followUpStates } from './follow-up.rules.js';

const words = {
  salutation: String,
  organisation: String,
  office: String,
  campaign: String,
  asks: String,
  sender: String,
};
const address = { name: { type: String, default: '' }, address: { type: String, default: '' } };

/**
 * One outgoing email planned for a recipient, and its own ledger row: the record is the queue. The unique index on
 * (recipient, cadence, step, revision) and the fixed Message-ID are what makes a second sending impossible to miss.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    recipient: { type: Schema.Types.ObjectId, required: true },
    /** null: planned by hand */
    cadence: { type: Schema.Types.ObjectId, default: null },
    /** 0 is the letter itself */
    step: { type: Number, required: true },
    /** of a step of a cadence: how many working days after the step before it, and how its day was found */
    gap: { type: Number },
    how: { type: String },
    /** somebody gave this step a time of its own: it stays there when the cadence is planned anew */
    timeSetByHand: { type: Boolean },
    /** of a chain that a trigger set in motion: which, and the day it gave the first step */
    trigger: { type: Schema.Types.ObjectId },
    given: { type: new Schema({ day: String, how: String }, { _id: false }) },
    /** raised when a step is planned once more after it was cancelled, failed or captured */
    revision: { type: Number, required: true },
    state: { type: String, enum: followUpStates, required: true },
    /** why it was cancelled, held, or failed; sentences */
    stateReasons: { type: [String], default: [] },
    /** of one that an answer cancelled: the entry of that answer */
    endedBy: { type: Schema.Types.ObjectId },
    /** when it is to leave */
    dueAt: { type: Date, required: true },
    /** when to try (again): dueAt, or later after a temporary refusal; what lists are sorted by */
    nextAttemptAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },

    /** what it was planned from; its own words may have changed since */
    template: { type: Schema.Types.ObjectId },
    templateVersion: { type: Number },
    subjectTemplate: { type: String, required: true },
    bodyTemplate: { type: String, required: true },
    /** what will leave, rendered when it was saved */
    messageId: { type: String, required: true },
    /** Message-IDs of the steps before it: the whole chain is one thread */
    inReplyTo: { type: String },
    references: { type: [String], default: undefined },
    to: { type: new Schema(address, { _id: false }), required: true },
    holderName: { type: String, default: '' },
    /** the words of the records it was written with; a row of an earlier version has none */
    writtenFrom: { type: new Schema(words, { _id: false }) },
    /** the name that its author has by now, where they changed it after this was planned */
    senderNow: { type: String },
    subject: { type: String, default: '' },
    text: { type: String, default: '' },
    html: { type: String, default: '' },
    attachments: { type: [attachment], default: undefined },
    /** unknown fields and missing values; none may be left when it is approved */
    problems: { type: [String], default: [] },

    plannedBy: { type: Schema.Types.ObjectId },
    plannedAt: { type: Date, required: true },
    ...fromForm,
    /**
     * `read`: by a person, who was shown it; not where the campaign asked for nobody and saving approved it. `from`: the sender, as
     * the hash has it, for lists; one of an earlier version has none
     */
    approval: {
      type: new Schema(
        { by: Schema.Types.ObjectId, at: Date, contentHash: String, from: String, read: Boolean },
        { _id: false },
      ),
      default: null,
    },
    /** `stopped`: why it is not sent should it not have gone yet; `stoppedAs`: what it becomes then, cancelled or held */
    claim: {
      type: new Schema({ id: String, at: Date, stopped: String, stoppedAs: String }, { _id: false }),
      default: null,
    },
    /** a person, not an answer or a machine, had it cancelled: who, and when. Their cadence is not started again for many */
    calledOff: { type: new Schema({ by: Schema.Types.ObjectId, at: Date }, { _id: false }) },
    sentAt: { type: Date },
    /** the mail server's words */
    response: { type: String, default: '' },
    /** when a machine settled it, and as what; a state that differs since is a person's doing */
    settledAt: { type: Date },
    settledAs: { type: String, enum: followUpStates },
    /** when everybody whose it is had been told of that; until then, who of them has */
    toldAt: { type: Date },
    toldTo: { type: [Schema.Types.ObjectId], default: undefined },
  },
  { strict: 'throw' },
);
schema.index({ recipient: 1, cadence: 1, step: 1, revision: 1 }, { unique: true });
schema.index(...storedOnce);
schema.index({ state: 1, nextAttemptAt: 1 });
schema.index({ cadence: 1, step: 1, state: 1 });
schema.index({ trigger: 1, state: 1 }, { partialFilterExpression: { trigger: { $exists: true } } });
schema.index({ settledAt: 1, toldAt: 1 }, { partialFilterExpression: { settledAt: { $exists: true } } });

export type FollowUpRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const FollowUp = model('FollowUp', schema, 'followups');

/**
 * One of these states, for whoever asks about certain recipients. Asked by `state` itself, the engine goes through every follow-up
 * there is in those states, whosever it is.
 */
export const standsIn = (states: readonly FollowUpRecord['state'][]) => ({
  $expr: { $in: ['$state', [...states]] },
});
