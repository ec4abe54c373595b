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
 * Creates what a form asks for. One that was sent twice, by a double click, has created it already. Whoever goes back to a form and
 * sends it once more after what it had created was undone means it, and has it created again.
 * @param create stores the record with its `fromForm`, as it is given
 * @param isUndone whether what the form had created holds no longer
 * @returns the id, and whether it was created now
 * @throws whatever `create` throws otherwise
 */
export async function createOnce(
  model: Stored,
  { fromForm: form }: FromForm,
  create: (mark: FromForm) => Promise<Id>,
  isUndone: (first: Types.ObjectId) => Promise<boolean> = () => Promise.resolve(false),
): Promise<Id & { isFirst: boolean }> {
  try {
    const { _id } = await create(form ? { fromForm: form } : {});
    return { _id, isFirst: true };
  } catch (error) {
    const first = isDuplicate(error) && (await findCreated(model, { fromForm: form }));
    if (!first) throw error;
    if (!(await isUndone(first._id))) return { _id: first._id, isFirst: false };
    return createOnce(model, { fromForm: `${form} again` }, create, isUndone);
  }
}
