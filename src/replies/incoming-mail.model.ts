import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { bounceCauses, incomingKinds } from './incoming.rules.js';

/**
 * - waiting: in the inbox, for a person to say where it belongs
 * - placed: it belongs to a recipient, by our address, by the message it answers, or by a person's word
 * - set aside: it belongs to nobody, such as our own mail coming back
 */
export const incomingStates = ['waiting', 'placed', 'set aside'] as const;
export type IncomingState = (typeof incomingStates)[number];

const id = Schema.Types.ObjectId;
const text = { type: String, default: '' };

const problem = new Schema(
  {
    hard: { type: Boolean, required: true },
    status: { type: String, default: null },
    address: { type: String, default: null },
    cause: { type: String, enum: bounceCauses, required: true },
  },
  { _id: false },
);

/** A part that can be downloaded, by its number in the source. Its bytes are nowhere else. */
const file = new Schema(
  { number: { type: String, required: true }, name: text, type: text, size: Number, sha256: text },
  { _id: false },
);

const suggestion = new Schema(
  { recipient: { type: id, required: true }, score: Number, reasons: { type: [String], default: [] } },
  { _id: false },
);

/** One message that came in. What it is and what it says never changes; where it belongs may be corrected. */
const schema = new Schema(
  {
    /** of what the message is, whatever way it took: fetched twice it is stored once */
    fingerprint: { type: String, required: true },
    /** where it was fetched from, or who uploaded it */
    origin: text,
    receivedAt: { type: Date, required: true },
    /** when it was written, as far as its date can be believed */
    happenedAt: { type: Date, required: true },
    /** the date it gives itself, where that is not relied on */
    dated: { type: Date, default: null },
    size: { type: Number, required: true },

    kind: { type: String, enum: incomingKinds, required: true },
    why: text,
    problem: { type: problem, default: null },
    /** of a complaint or a receipt: whose it is */
    reporter: { type: String, default: null },
    from: { name: text, address: text },
    to: { type: [String], default: [] },
    subject: text,
    messageId: text,
    /** whose answer it says it is: Message-IDs, the nearest first */
    answers: { type: [String], default: [] },
    authentication: {
      spf: { type: String, default: null },
      dkim: { type: String, default: null },
      dmarc: { type: String, default: null },
      by: { type: String, default: null },
    },
    /** the new words, and the message they quote */
    words: text,
    quoted: text,
    /** the number of the part with formatted text */
    htmlPart: { type: String, default: null },
    files: { type: [file], default: [] },
    /** was a text too long to be kept whole? */
    isCut: { type: Boolean, default: false },
    /** who is said to have left, and who took over */
    leaver: {
      type: new Schema({ successorName: text, successorAddress: text }, { _id: false }),
      default: null,
    },

    /** what about it kept it from being placed by itself, a sentence each */
    refused: { type: [String], default: [] },

    state: { type: String, enum: incomingStates, required: true },
    /** why somebody put it where it is, a sentence each */
    stateReasons: { type: [String], default: [] },
    recipient: { type: id, default: null },
    campaign: { type: id, default: null },
    /** the message of ours that it answers */
    followUp: { type: id, default: null },
    /** how it came to its recipient, a sentence */
    placedBecause: text,
    placedBy: { type: id, default: null },
    /** how often it has been placed: a correction begins anew */
    placements: { type: Number, default: 0 },
    suggestions: { type: [suggestion], default: [] },
    /** when a person said what it amounts to */
    readAt: { type: Date, default: null },
    readBy: { type: id, default: null },

    /** what has to follow from it has followed */
    handledAt: { type: Date, default: null },
    /** when it last changed its state by itself, and who of those whose it is was told */
    settledAt: { type: Date, default: null },
    toldAt: { type: Date, default: null },
    toldTo: { type: [id], default: [] },
  },
  { strict: 'throw' },
);
schema.index({ fingerprint: 1 }, { unique: true });
schema.index({ state: 1, receivedAt: -1 });
schema.index({ state: 1, kind: 1, readAt: 1, receivedAt: -1 });
schema.index({ recipient: 1, receivedAt: -1 });
schema.index({ handledAt: 1 }, { partialFilterExpression: { handledAt: null } });
schema.index({ settledAt: 1, toldAt: 1 });
schema.index({ 'problem.address': 1, receivedAt: -1 }, { partialFilterExpression: { kind: 'bounce' } });

export type IncomingMailRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const IncomingMail = model('IncomingMail', schema, 'incomingmails');
