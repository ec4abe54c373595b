import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { leaveOutRemoved, removals } from '../removal.model.js';
import { fromForm } from '../stored-once.js';
import { organisationKinds } from './organisation.rules.js';

const person = new Schema({
  name: { type: String, required: true },
  role: { type: String, default: '' },
  email: { type: String, default: '' },
  phone: { type: String, default: '' },
  notes: { type: String, default: '' },
  ...removals,
  ...fromForm,
});

/** When nobody works there although it is no public holiday: calendar days of its offices, both inclusive. `name`: why. */
const closure = new Schema({
  from: { type: String, required: true },
  until: { type: String, required: true },
  name: { type: String, required: true },
  addedBy: { type: Schema.Types.ObjectId, required: true },
  addedAt: { type: Date, required: true },
});

/**
 * Meta; also a regulator, a charity, a newspaper. `people` are those who hold no office. One that was removed is found only by whoever
 * says so.
 */
const schema = new Schema(
  {
    name: { type: String, required: true },
    nameFolded: { type: String, required: true },
    /** the words of its name, folded: by how any of them begins it is found */
    foundBy: { type: [String], default: undefined },
    kind: { type: String, enum: organisationKinds, required: true },
    website: { type: String, default: '' },
    notes: { type: String, default: '' },
    people: { type: [person], default: [] },
    removedPeople: { type: [person], default: undefined },
    closures: { type: [closure], default: [] },
    ...removals,
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ nameFolded: 1 }, { unique: true });
schema.index({ foundBy: 1 });
schema.index({ 'removed.at': 1 }, { partialFilterExpression: { 'removed.at': { $exists: true } } });
leaveOutRemoved(schema);

export type OrganisationRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Organisation = model('Organisation', schema, 'organisations');
