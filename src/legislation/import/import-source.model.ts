import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

export const importKinds = ['uk bill', 'feed', 'file'] as const;
export type ImportKind = (typeof importKinds)[number];

/** Where the facts of a track are read from: a bill at the UK Parliament, a feed, or a file somebody uploaded. */
const schema = new Schema(
  {
    track: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: importKinds, required: true },
    /** the number of the bill, the address of the feed, the name of the file */
    name: { type: String, required: true },
    addedBy: { type: Schema.Types.ObjectId, default: null },
    addedAt: { type: Date, required: true },
    /** when it is to be read next; a file is only looked at again because days of its timetable go by */
    readFrom: { type: Date, required: true },
    /** when it was last read without a problem */
    readAt: { type: Date, default: null },
    /** readings in a row that failed, and why the last one did */
    failures: { type: Number, default: 0 },
    problem: { type: String, default: '' },
    /** what was left out or mended at the last reading */
    remarks: { type: [String], default: [] },
    /** not read any more, since then */
    removedAt: { type: Date, default: null },
    /** somebody is reading it, since then */
    claimedAt: { type: Date, default: null },
  },
  { strict: 'throw' },
);
schema.index({ track: 1, kind: 1, name: 1 }, { unique: true });
schema.index({ kind: 1, name: 1 });
schema.index({ readFrom: 1 });

export type ImportSourceRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const ImportSource = model('ImportSource', schema, 'importsources');
