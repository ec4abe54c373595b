import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { fromForm, storedOnce } from '../stored-once.js';

const text = {
  name: { type: String, required: true },
  subject: { type: String, required: true },
  /** markdown */
  body: { type: String, required: true },
} as const;

/** Who saved a version; unknown for what was saved before versions were kept. */
const saved = { savedAt: { type: Date }, savedBy: { type: Schema.Types.ObjectId } } as const;

/**
 * A text with merge fields, to plan follow-ups from. What was planned from it keeps its own copy and names the version.
 * The newest version is the record itself; the earlier ones stand below it and are never changed.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    ...text,
    ...saved,
    version: { type: Number, default: 1 },
    earlier: {
      type: [new Schema({ number: { type: Number, required: true }, ...text, ...saved }, { _id: false })],
      default: [],
    },
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ campaign: 1, name: 1 });

export type TemplateRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Template = model('Template', schema, 'templates');
