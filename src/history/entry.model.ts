import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { resolutions } from '../follow-ups/follow-up.rules.js';
import { fromForm, storedOnce } from '../stored-once.js';
import { attachment } from './attachment.model.js';
import { directions, entryKinds, precisions, receivedAs } from './entry.rules.js';

/** One thing that happened with a recipient. Entries are added, never edited or deleted. */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    recipient: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: entryKinds, required: true },
    direction: { type: String, enum: directions, required: true },
    receivedAs: { type: String, enum: [...receivedAs, null] },
    occurredAt: { type: Date, required: true },
    precision: { type: String, enum: precisions, required: true },
    /** who spoke or wrote, on their side or ours */
    who: { type: String, default: '' },
    /** the channel beyond the kind: a telephone number, a platform, an address */
    channel: { type: String, default: '' },
    text: { type: String, default: '' },
    /** by this they got the letter, though it is neither an email nor a letter of ours */
    delivers: { type: Boolean },
    /** of a promise, the day by which they said they would answer; of a pause of the clock, its last day. Days where they are */
    until: { type: String },
    attachments: { type: [attachment], default: [] },
    /** the entry that this one replaces, or takes back */
    supersedes: { type: Schema.Types.ObjectId },
    /** why it was corrected */
    reason: { type: String },
    /** the follow-up that this entry records as sent */
    followUp: { type: Schema.Types.ObjectId },
    messageId: { type: String },
    /** the incoming mail that it records, and which of its placements this is */
    incoming: { type: Schema.Types.ObjectId },
    placement: { type: String },
    /** the uncertain follow-up of which this note says what became of it, and what that was */
    settles: { type: Schema.Types.ObjectId },
    resolution: { type: String, enum: resolutions },
    recordedAt: { type: Date, required: true },
    /** absent when the clock did it */
    recordedBy: { type: Schema.Types.ObjectId },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index({ recipient: 1, occurredAt: -1, _id: -1 });
schema.index({ campaign: 1, occurredAt: -1 });
schema.index({ supersedes: 1 }, { unique: true, partialFilterExpression: { supersedes: { $exists: true } } });
schema.index({ incoming: 1 }, { partialFilterExpression: { incoming: { $exists: true } } });
schema.index({ followUp: 1 }, { unique: true, partialFilterExpression: { followUp: { $exists: true } } });
schema.index({ placement: 1 }, { unique: true, partialFilterExpression: { placement: { $exists: true } } });
schema.index(...storedOnce);
schema.index({ messageId: 1 }, { partialFilterExpression: { messageId: { $exists: true } } });
schema.index({ settles: 1 }, { unique: true, partialFilterExpression: { settles: { $exists: true } } });

const APPEND_ONLY = 'History is append-only: correct an entry with another one.';
for (const operation of [
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'replaceOne',
  'findOneAndReplace',
  'deleteOne',
  'deleteMany',
  'findOneAndDelete',
] as const) {
  schema.pre(operation as 'updateOne', () => {
    throw new Error(APPEND_ONLY);
  });
}
schema.pre('save', function refuseChange() {
  if (!this.isNew) throw new Error(APPEND_ONLY);
});

schema.pre('bulkWrite', (operations) => {
  if (operations.some((operation) => !('insertOne' in operation))) throw new Error(APPEND_ONLY);
});

export type EntryRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Entry = model('Entry', schema, 'entries');
