import { Entry } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import type { Place } from '../sending-window.js';
import {
  acknowledgementDue,
  unacknowledgedLetter,
  type AcknowledgementDue,
} from './acknowledgement.rules.js';
import type { RecipientRecord } from './recipient.model.js';
import { facts, type Facts } from './refresh.js';
import { unheard } from './status.rules.js';

/**
 * What is to be said of the acknowledgement of one recipient, from the facts rather than from the stored copy.
 * @param days what its campaign expects; nothing is expected where it is absent
 * @returns null when none is awaited
 */
export async function readAcknowledgement(
  { _id, delivery, engagement }: Pick<RecipientRecord, '_id' | 'delivery' | 'engagement'>,
  days: number | null | undefined,
  place: Place,
  now: Date,
): Promise<AcknowledgementDue | null> {
  if (!days || delivery === 'not sent' || !unheard.includes(engagement)) return null;
  const entries = await Entry.find({ recipient: _id }, facts).lean<Facts[]>();
  const letter = unacknowledgedLetter(standing(entries));
  return letter && acknowledgementDue(letter, { days, place }, now);
}
