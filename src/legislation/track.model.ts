import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { attachment, type Attachment } from '../history/attachment.model.js';
import { fromForm, storedOnce } from '../stored-once.js';
import { procedures, type Procedure } from './procedures.js';
import { removals, type Removals } from '../removal.model.js';
import { relations, type Relation } from './relation.rules.js';

/** What a source last said of a milestone, as it said it; see `import/found.ts`. */
const said = new Schema(
  {
    stage: { type: String, required: true },
    title: { type: String, required: true },
    on: { type: String, required: true },
    /** null: it has happened once that day is over */
    happened: { type: Boolean, default: null },
    link: { type: String, default: '' },
  },
  { _id: false },
);

/** Where a fact was fetched from, and when it was last seen there. */
const imported = new Schema(
  {
    source: { type: Schema.Types.ObjectId, required: true },
    /** the source's own name for it */
    key: { type: String, required: true },
    said: { type: said, required: true },
    seenAt: { type: Date, required: true },
    /** since when the source no longer lists it */
    goneAt: { type: Date, default: null },
    /** what the source said in a field when a person decided to keep their own */
    declined: { type: Schema.Types.Mixed },
  },
  { _id: false },
);

/** A value that a field had until somebody, or a source, changed it. */
const former = new Schema(
  {
    field: {
      type: String,
      enum: ['expectedOn', 'happenedOn', 'title', 'stage', 'sourceLink'],
      required: true,
    },
    /** empty where it had none */
    value: { type: String, default: '' },
    until: { type: Date, required: true },
    by: { type: Schema.Types.ObjectId, default: null },
    source: { type: Schema.Types.ObjectId, default: null },
  },
  { _id: false },
);

/** `expectedOn` and `happenedOn` are as exact as they are known, see `when.ts`. What was expected stays when it has happened. */
const milestone = new Schema({
  title: { type: String, required: true },
  /** the id of a stage of the procedure */
  stage: { type: String, required: true },
  expectedOn: { type: String },
  happenedOn: { type: String },
  /** the oldest first */
  formerly: { type: [former], default: [] },
  sourceLink: { type: String, default: '' },
  /** the day somebody saw it there */
  sourceSeenOn: { type: String, default: '' },
  note: { type: String, default: '' },
  evidence: { type: [attachment], default: [] },
  enteredBy: { type: Schema.Types.ObjectId, default: null },
  enteredAt: { type: Date },
  ...fromForm,
  /** the fields a person set: no source overwrites them */
  byHand: { type: [String], default: [] },
  imported: { type: imported, default: null },
  ...removals,
});

const related = new Schema(
  {
    track: { type: Schema.Types.ObjectId, required: true },
    as: { type: String, enum: relations, required: true },
  },
  { _id: false },
);

/** One bill or regulation. Tracks are shared by all campaigns. */
const schema = new Schema(
  {
    title: { type: String, required: true },
    shortTitle: { type: String, default: '' },
    jurisdiction: { type: String, required: true },
    /** the number of the procedure or the bill, `2022/0155(COD)` */
    reference: { type: String, default: '' },
    summary: { type: String, default: '' },
    /** the official page of the law */
    sourceLink: { type: String, default: '' },
    procedure: { type: String, enum: procedures, default: 'free' as const },
    /** the stages of a free procedure in their order */
    ownStages: { type: [String], default: [] },
    /** the last calendar day it is in force, where it ends by itself */
    sunsetOn: { type: String, default: '' },
    related: { type: [related], default: [] },
    milestones: { type: [milestone], default: [] },
    /** kept apart, so that whoever reads the milestones of a law never meets one that was removed */
    removedMilestones: { type: [milestone], default: undefined },
    ...removals,
    /** goes up with every change of its milestones: two people, or a person and a source, never undo each other */
    revision: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ title: 1 });

/** Tracks that were removed, or lost a milestone so, after an instant. */
export const wasRemovedAfter = (since: Date) => ({
  $or: [{ 'removed.at': { $gt: since } }, { 'removedMilestones.removed.at': { $gt: since } }],
});

/** What has to be read of a track to say where its milestones stand; whoever shows more adds it. For us: partners have lists of their own. */
export const stepFields = {
  title: 1,
  procedure: 1,
  ownStages: 1,
  'milestones._id': 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
} as const;

export type FormerRecord = InferSchemaType<typeof former>;
export type ImportedRecord = Omit<InferSchemaType<typeof imported>, 'declined'> & {
  declined?: Partial<Record<string, string>> | null;
};
export type MilestoneRecord = Omit<
  InferSchemaType<typeof milestone>,
  'imported' | 'formerly' | 'evidence' | 'byHand' | keyof Removals
> &
  Removals & {
    _id: Types.ObjectId;
    formerly: FormerRecord[];
    evidence: Attachment[];
    byHand: string[];
    imported?: ImportedRecord | null;
  };
export type TrackRecord = Omit<
  InferSchemaType<typeof schema>,
  'milestones' | 'removedMilestones' | 'ownStages' | 'related' | 'procedure' | keyof Removals
> &
  Removals & {
    _id: Types.ObjectId;
    procedure: Procedure;
    ownStages: string[];
    related: { track: Types.ObjectId; as: Relation }[];
    milestones: MilestoneRecord[];
    removedMilestones?: MilestoneRecord[] | null;
  };
export const Track = model('Track', schema, 'tracks');
