import { Schema, type InferSchemaType } from 'mongoose';

const removal = {
  by: { type: Schema.Types.ObjectId, required: true },
  at: { type: Date, required: true },
  why: { type: String, required: true },
};
const removed = new Schema(removal, { _id: false });

/** A removal that somebody took back. */
const onceRemoved = new Schema(
  {
    ...removal,
    backBy: { type: Schema.Types.ObjectId, required: true },
    backAt: { type: Date, required: true },
  },
  { _id: false },
);

/** Of a law or a milestone: who removed it, when and why, as long as that holds; and before. Neither is stored of most. */
export const removals = {
  removed: { type: removed },
  onceRemoved: { type: [onceRemoved], default: undefined },
};

export type RemovedRecord = InferSchemaType<typeof removed>;
export type OnceRemovedRecord = InferSchemaType<typeof onceRemoved>;
export type Removals = { removed?: RemovedRecord | null; onceRemoved?: OnceRemovedRecord[] | null };
