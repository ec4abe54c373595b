import { Entry } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import type { Place } from '../sending-window.js';
import {
  acknowledgementDue,
  unacknowledgedLetter,
  type AcknowledgementDue,
} from './acknowledgement.rules.js';
import type { RecipientRecord } from './recipient.model.js';
import { silent } from './recipient.rules.js';
import { facts, type Facts } from './refresh.js';

/**
 * What is to be said of the acknowledgement of one recipient, from the facts rather than from the stored copy.
 * @param days what its campaign expects; nothing is expected where it is absent
 * @returns null when none is awaited
 */
export async function readAcknowledgement(
  { _id, status }: Pick<RecipientRecord, '_id' | 'status'>,
  days: number | null | undefined,
  place: Place,
  now: Date,
): Promise<AcknowledgementDue | null> {
  if (!days || !silent.includes(status)) return null;
  const entries = await Entry.find({ recipient: _id }, facts).lean<Facts[]>();
  const letter = unacknowledgedLetter(standing(entries));
  return letter && acknowledgementDue(letter, { days, place }, now);
}
