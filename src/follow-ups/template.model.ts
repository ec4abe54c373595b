import { model, Schema, type InferSchemaType, type Types } from 'mongoose';

/** A text with merge fields, to plan follow-ups from. What was planned from it keeps its own copy. */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    subject: { type: String, required: true },
    /** markdown */
    body: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ campaign: 1, name: 1 });

export type TemplateRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Template = model('Template', schema, 'templates');
