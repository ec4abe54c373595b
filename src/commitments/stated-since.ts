import type { Types } from 'mongoose';
import { groupBy } from '../group-by.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { isHumanAnswer } from '../history/entry.rules.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { isAnswer } from './commitment.rules.js';

const facts = { recipient: 1, stance: 1, confirmedAt: 1, entry: 1 } as const;
type Facts = Pick<CommitmentRecord, '_id' | keyof typeof facts>;

/**
 * When somebody confirmed that these recipients answered an ask, since an instant, and only where that was news: a stance that
 * rests on an answer in the history tells nothing that was not known when that was logged.
 * @returns instants by the id of the recipient
 */
export async function readStatedSince(
  recipients: readonly Types.ObjectId[],
  since: Date,
): Promise<Map<string, Date[]>> {
  const confirmed = { recipient: { $in: recipients }, confirmedAt: { $gte: since }, takenBackAt: null };
  const found = await Commitment.find(confirmed, facts).lean<Facts[]>();
  const answers = found.filter(({ stance }) => isAnswer(stance));
  const known = await loggedAmong(answers.flatMap(({ entry }) => entry ?? []));
  const news = answers.filter(({ entry }) => !known.has(String(entry)));
  const of = groupBy(news, ({ recipient }) => String(recipient));
  return new Map([...of].map(([id, theirs]) => [id, theirs.map(({ confirmedAt }) => confirmedAt!)]));
}

async function loggedAmong(ids: readonly Types.ObjectId[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const what = { kind: 1, direction: 1, receivedAs: 1 } as const;
  const entries = await Entry.find({ _id: { $in: ids } }, what).lean<Logged[]>();
  return new Set(entries.filter(isLoggedAnswer).map(({ _id }) => String(_id)));
}

type Logged = Pick<EntryRecord, '_id' | 'kind' | 'direction' | 'receivedAs'>;

/** Did this end what was planned when it was logged? An acknowledgement that came by mail may not have. */
export const isLoggedAnswer = (entry: Pick<Logged, 'kind' | 'direction' | 'receivedAs'>): boolean =>
  isHumanAnswer(entry) && entry.receivedAs !== 'acknowledgement';
