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

/** Of whatever can be entered by mistake: who removed it, when and why, as long as that holds; and before. Neither is stored of most. */
export const removals = {
  removed: { type: removed },
  onceRemoved: { type: [onceRemoved], default: undefined },
};

export type RemovedRecord = InferSchemaType<typeof removed>;
export type OnceRemovedRecord = InferSchemaType<typeof onceRemoved>;
export type Removals = { removed?: RemovedRecord | null; onceRemoved?: OnceRemovedRecord[] | null };

/** What every read of records that can be removed is kept to, but for those that tell of the ones that were. */
export const notRemoved = { removed: null } as const;

/** The option of a read or a write that is meant for the removed ones as well: `find(filter, fields, evenRemoved)`. */
export const evenRemoved = { evenRemoved: true } as const;

/**
 * Keeps every read and write that goes by way of the model to what was not removed, unless it says `evenRemoved`: no list has to
 * think of it. What goes past the model, by its `collection`, meets the removed ones too.
 */
export function leaveOutRemoved(schema: Schema): void {
  for (const operation of [
    'find',
    'findOne',
    'countDocuments',
    'distinct',
    'updateOne',
    'updateMany',
    'findOneAndUpdate',
  ] as const) {
    schema.pre(operation as 'find', function leaveOut() {
      if (!this.getOptions()['evenRemoved']) this.where(notRemoved);
    });
  }
  schema.pre('aggregate', function leaveOut() {
    if ((this.options as { evenRemoved?: boolean }).evenRemoved) return;
    const [first] = this.pipeline();
    // into the first stage: what an index finds is looked through once
    const match = first && '$match' in first ? { ...first.$match, ...notRemoved } : notRemoved;
    this.pipeline().splice(0, match === notRemoved ? 0 : 1, { $match: match });
  });
}
