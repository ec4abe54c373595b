import type { QueryFilter } from 'mongoose';
import type { RecipientRecord } from './recipient.model.js';

/** Those of whom not a word came in time. Once the answer itself is late, that is what they are listed for, and once is enough. */
export const unacknowledgedOnly = (now: Date): QueryFilter<RecipientRecord> => ({
  acknowledgementMissingFrom: { $lte: now },
  lateFrom: { $not: { $lte: now } },
});
