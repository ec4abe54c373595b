import { model, Schema, type InferSchemaType, type Types } from 'mongoose';
import { leaveOutRemoved, removals } from '../removal.model.js';
import { fromForm, storedOnce } from '../stored-once.js';

/** The person in an office, from a calendar day until a calendar day, both inclusive. */
const holder = new Schema({
  name: { type: String, required: true },
  /** how a mail begins, without the comma: `Dear Ms Example` */
  salutation: { type: String, default: '' },
  from: { type: String },
  until: { type: String },
  /** they came after somebody else: nothing is sent to the office before a person has confirmed its address and their salutation */
  tookOver: { type: Boolean },
  confirmedAt: { type: Date },
  confirmedBy: { type: Schema.Types.ObjectId },
  ...removals,
});

/** Days on which nobody works there, both inclusive. */
const closed = new Schema(
  {
    from: { type: String, required: true },
    until: { type: String, required: true },
    name: { type: String, required: true },
  },
  { _id: false },
);

/** A post in an organisation that a letter is addressed to: chief executive. One that was removed is found only by whoever says so. */
const schema = new Schema(
  {
    organisation: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    email: { type: String, default: '' },
    postalAddress: { type: String, default: '' },
    phone: { type: String, default: '' },
    timeZone: { type: String, required: true },
    /** ISO 3166-1 or 3166-2, `GB` or `GB-SCT`; its public holidays are no working days. Empty: only weekends are left out */
    country: { type: String, default: '' },
    /** a copy that whoever counts working days reads with the office: reclose-offices.ts writes it, and nobody else */
    closed: { type: [closed], default: [] },
    notes: { type: String, default: '' },
    holders: { type: [holder], default: [] },
    /** kept apart, so that whoever looks for a holder never meets one who was removed */
    removedHolders: { type: [holder], default: undefined },
    ...removals,
    createdAt: { type: Date, required: true },
    ...fromForm,
  },
  { strict: 'throw' },
);
schema.index(...storedOnce);
schema.index({ organisation: 1 });
schema.index({ country: 1 });
leaveOutRemoved(schema);
schema.index({ 'holders.tookOver': 1, 'holders.confirmedAt': 1 });

export type OfficeRecord = InferSchemaType<typeof schema> & { _id: Types.ObjectId };
export const Office = model('Office', schema, 'offices');
