import type { Types } from 'mongoose';
import { clockStateOf, type ClockState } from '../recipients/clock-state.rules.js';
import { byAnswer } from '../recipients/recipient-filter.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { readWaited } from '../recipients/waited.js';
import { PAGE_SIZE, type Page } from '../web/paging.js';

const shown = {
  organisationName: 1,
  officeTitle: 1,
  engagement: 1,
  answeredAfter: 1,
  clockStartedAt: 1,
  lateFrom: 1,
  veryLateFrom: 1,
  clockPausedFrom: 1,
  clockPausedUntil: 1,
} as const;
type Shown = Pick<RecipientRecord, '_id' | keyof typeof shown>;

/** One recipient that answered, or is waited for: after how many working days, or for how many until now. */
export type Answer = {
  id: string;
  organisation: string;
  office: string;
  answered: boolean;
  days: number;
  clock: ClockState;
};

/** Those who answered first, the quickest first; then those who are waited for, whose letter went first. */
export async function readAnswers(
  campaign: Types.ObjectId,
  number: number,
  now: Date,
): Promise<Page<Answer>> {
  const skip = (number - 1) * PAGE_SIZE;
  const before = await Recipient.countDocuments({ campaign, ...byAnswer.yes });
  const answered = skip < before ? await readAnswered(campaign, skip, PAGE_SIZE + 1) : [];
  const left = PAGE_SIZE + 1 - answered.length;
  const waiting = left > 0 ? await readWaiting(campaign, Math.max(0, skip - before), left) : [];
  const rows = [...answered, ...waiting];
  return { rows: await told(rows.slice(0, PAGE_SIZE), now), number, hasMore: rows.length > PAGE_SIZE };
}

/** As many as a picture shows: all, or the quickest of those who answered and the longest waited for, in equal parts. */
export async function readAnswersToDraw(
  campaign: Types.ObjectId,
  most: number,
  now: Date,
): Promise<Answer[]> {
  const [answered, waiting] = await Promise.all([
    readAnswered(campaign, 0, most),
    readWaiting(campaign, 0, most),
  ]);
  const half = Math.ceil(most / 2);
  const fromAnswered = Math.min(answered.length, Math.max(half, most - waiting.length));
  return told([...answered.slice(0, fromAnswered), ...waiting.slice(0, most - fromAnswered)], now);
}

const readAnswered = (campaign: Types.ObjectId, skip: number, limit: number): Promise<Shown[]> =>
  Recipient.find({ campaign, ...byAnswer.yes }, shown)
    .sort({ answeredAfter: 1, listedAs: 1 })
    .skip(skip)
    .limit(limit)
    .lean<Shown[]>()
    .exec();

const readWaiting = (campaign: Types.ObjectId, skip: number, limit: number): Promise<Shown[]> =>
  Recipient.find({ campaign, ...byAnswer.waiting }, shown)
    .sort({ clockStartedAt: 1, listedAs: 1 })
    .skip(skip)
    .limit(limit)
    .lean<Shown[]>()
    .exec();

async function told(rows: readonly Shown[], now: Date): Promise<Answer[]> {
  const isAnswered = ({ answeredAfter }: Shown) => typeof answeredAfter === 'number';
  const waited = await readWaited(
    rows.filter((row) => !isAnswered(row)).map(({ _id }) => _id),
    now,
  );
  return rows.map((row) => ({
    id: String(row._id),
    organisation: row.organisationName,
    office: row.officeTitle,
    answered: isAnswered(row),
    days: row.answeredAfter ?? waited.get(String(row._id)) ?? 0,
    clock: clockStateOf(row, now),
  }));
}
