import type { Collection, IndexDefinition, IndexOptions, Types } from 'mongoose';
import { isDuplicate } from './database.js';

/** The form that a record was created with, and everything in it, as `web/form-id.ts` tells it. Without one it is like no other. */
export type FromForm = { fromForm?: string | null | undefined };

/** The same in a schema. It is for us: nobody is shown it. */
export const fromForm = { fromForm: { type: String } } as const;

/** The index that goes with it. */
export const storedOnce: [IndexDefinition, IndexOptions] = [
  { fromForm: 1 },
  { unique: true, partialFilterExpression: { fromForm: { $exists: true } } },
];

type Id = { _id: Types.ObjectId };
type Stored = { collection: Collection };

/** What this very form, when it was sent before, has created; null where it comes for the first time. */
export async function findCreated(model: Stored, { fromForm: form }: FromForm): Promise<Id | null> {
  return form ? model.collection.findOne<Id>({ fromForm: form }, { projection: { _id: 1 } }) : null;
}

/**
 * Creates what a form asks for. One that was sent twice, by a double click, has created it already.
 * @param create stores the record with its `fromForm`
 * @returns the id, and whether it was created now
 * @throws whatever `create` throws otherwise
 */
export async function createOnce(
  model: Stored,
  form: FromForm,
  create: () => Promise<Id>,
): Promise<Id & { isFirst: boolean }> {
  try {
    const { _id } = await create();
    return { _id, isFirst: true };
  } catch (error) {
    const first = isDuplicate(error) && (await findCreated(model, form));
    if (first) return { _id: first._id, isFirst: false };
    throw error;
  }
}
