import { Types } from 'mongoose';
import type { RawMessage } from '../mail/raw-message.js';
import { isToBeHandled } from './act-on.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';
import type { Match } from './match.rules.js';
import { suggest, type Candidate } from './suggest.rules.js';
import { happenedAt, type Understood } from './understand.js';

/** A message that has just come in, and what it says. */
export type Taken = { _id: Types.ObjectId; raw: RawMessage; said: Understood };

/** Nobody is looked for behind these. */
export const isOfNobody = ({ kind }: Understood): boolean => kind === 'own' || kind === 'list';

/** What nobody has said or done yet. Every field is there: records are not filled up when they are stored. */
const untouched = {
  refused: [],
  state: 'waiting',
  stateReasons: [],
  recipient: null,
  campaign: null,
  followUp: null,
  placedBecause: '',
  placedBy: null,
  placements: 0,
  suggestions: [],
  readAt: null,
  readBy: null,
  handledAt: null,
  settledAt: null,
  toldAt: null,
  toldTo: [],
} as const;

/** The record of a message: where it belongs, or who may have written it. What nothing follows from is handled by that. */
export function newMail(
  { _id, raw, said }: Taken,
  found: Match,
  candidates: readonly Candidate[],
  now: Date,
): IncomingMailRecord {
  const { date, ...says } = said;
  const { origin, receivedAt, size } = raw;
  const when = notBefore(found.to?.at, happenedAt(date, receivedAt, raw.isOld ?? false));
  const at = { receivedAt, happenedAt: when, dated: otherDate(date, when) };
  const mail = { _id, ...says, origin, ...at, size, ...untouched };
  if (isOfNobody(said)) return asRecord({ ...mail, state: 'set aside', handledAt: now });
  if (found.to) return asRecord({ ...mail, ...placedAt(found) });
  const asked = {
    from: said.from,
    subject: said.subject,
    failedAddress: said.problem?.address ?? null,
    happenedAt: when,
    pointsTo: found.pointsTo,
  };
  const suggestions = suggest(asked, candidates).map((one) => ({ ...one, recipient: id(one.recipient) }));
  const waiting = asRecord({ ...mail, refused: found.refused, suggestions });
  return isToBeHandled(waiting) ? waiting : { ...waiting, handledAt: now, settledAt: now };
}

/** Nothing is answered before it was sent: a clock was wrong, or went in seconds while ours goes in milliseconds. */
const notBefore = (sentAt: Date | null | undefined, when: Date): Date =>
  sentAt && sentAt > when ? sentAt : when;

const HOUR_MS = 3_600_000;

/** The date a message gives itself, where it stands at another time than that. By less than an hour clocks differ. */
const otherDate = (date: Date | null, when: Date): Date | null =>
  date && Math.abs(date.getTime() - when.getTime()) > HOUR_MS ? date : null;

const placedAt = ({ to, because }: Extract<Match, { because: string }>) => ({
  state: 'placed' as const,
  recipient: id(to.recipient),
  campaign: id(to.campaign),
  followUp: to.followUp ? id(to.followUp) : null,
  placedBecause: because,
  placements: 1,
});

const id = (hex: string): Types.ObjectId => new Types.ObjectId(hex);

/** With every field, as plain values: the type of a record has the model's own kinds of list. */
const asRecord = (mail: { [Field in keyof IncomingMailRecord]-?: unknown }): IncomingMailRecord =>
  mail as IncomingMailRecord;
