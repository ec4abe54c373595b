import type { Types } from 'mongoose';
import { readStandOf, type HeldCell } from '../commitments/read-stances.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import { facts, type Facts } from './refresh.js';
import { statedIn } from './stated.js';
import type { Stated } from './status.rules.js';

export type Told = Facts & { text?: string };

/** All that the page of one recipient is derived from. */
export type Known = {
  /** the entries that stand */
  entries: Told[];
  /** the confirmed stances by which they answered */
  stated: readonly Stated[];
  /** what holds for each ask, checked or not, by the id of the ask */
  cells: ReadonlyMap<string, HeldCell>;
  /** what corrected an entry, by the id of that */
  corrections: ReadonlyMap<string, Pick<EntryRecord, '_id' | 'reason' | 'receivedAs'>>;
};

/** The words of what was decided are shown with it; those of contact may be long, and are on the timeline. */
const told: Record<string, unknown> = {
  ...facts,
  reason: 1,
  text: { $cond: [{ $in: ['$kind', ['clock pause', 'promise']] }, '$text', '$$REMOVE'] },
};
type Read = Told & Pick<EntryRecord, 'reason'>;

const readTold = (recipient: Types.ObjectId): Promise<Read[]> =>
  Entry.find({ recipient }, told).lean<Read[]>().exec();

/**
 * What is known of a recipient, from the facts rather than from the stored copies: one read of its history, and one of what it has said.
 * @param history all of its entries, where they are read anyway; nothing where those are not all
 */
export async function readKnown(
  recipient: Types.ObjectId,
  history?: Promise<readonly Read[] | undefined>,
): Promise<Known> {
  const [entries, { stances, cells }] = await Promise.all([
    history?.then((all) => all ?? readTold(recipient)) ?? readTold(recipient),
    readStandOf(recipient),
  ]);
  const corrected = entries.filter(({ supersedes }) => supersedes);
  return {
    entries: standing(entries),
    stated: statedIn(stances),
    cells,
    corrections: new Map(
      corrected.map(({ _id, reason, receivedAs, supersedes }) => [
        String(supersedes),
        { _id, reason, receivedAs },
      ]),
    ),
  };
}
