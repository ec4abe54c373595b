import { model, Schema } from 'mongoose';

/** How much of a limit is used. Kept in the database so that all workers count together. */
const schema = new Schema(
  {
    /** what is counted, and in which day or minute: the key of a `Limit` */
    _id: { type: String, required: true },
    count: { type: Number, default: 0 },
    /** how many the limit kept back */
    keptBack: { type: Number, default: 0 },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SendingCounter = model('SendingCounter', schema, 'sendingcounters');
