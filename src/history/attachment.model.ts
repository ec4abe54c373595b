import { Schema, type Types } from 'mongoose';

/** A file of an entry or of a follow-up. Its bytes are stored once, and several records may refer to them. */
export type Attachment = {
  file: Types.ObjectId;
  name: string;
  type: string;
  size: number;
  /** of its bytes, in hex; absent for what was stored before hashes were kept */
  sha256?: string | null;
};

export const attachment = new Schema({
  file: { type: Schema.Types.ObjectId, required: true },
  name: { type: String, required: true },
  type: { type: String, required: true },
  size: { type: Number, required: true },
  sha256: { type: String },
});
