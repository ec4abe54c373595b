import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { readPage, type Page } from '../web/paging.js';
import { followUpsToSee } from './follow-ups-to-see.js';
import { mailToPlace, mailToRead } from './incoming-to-see.js';
import { commitmentsToCheck } from './commitments-to-check.js';
import { holdersToConfirm } from './holders-to-see.js';
import { kinds, type Kind } from './kinds.rules.js';
import { passedMilestones } from './passed-milestones.js';
import { recipientsToSee } from './recipients-to-see.js';
import type { Seen } from './seen.js';

/** One thing to look at: a link to where it is done, what it is, and when it is or was due. */
export type Item = {
  /** of the record that it is about */
  id: Types.ObjectId;
  /** what makes it this very thing: once that changes, it is another */
  facts: string;
  href: string;
  title: string;
  about: string;
  /** the same without a word of what was written, for mails */
  named: string;
  reasons: string[];
  at?: Date;
  day?: Day;
};

/** Which records are asked about: these, or all but these. */
export type Which = { only?: readonly Types.ObjectId[]; except?: readonly Types.ObjectId[] };

/** A list that can be read in part, and counted. */
export type Source = {
  rows: (skip: number, limit: number) => Promise<Item[]>;
  count: () => Promise<number>;
};

/** What belongs to each kind: the one home of its query, for the first page and for mails. */
const sources: Record<Kind, (seen: Seen, which: Which) => Source> = {
  replies: mailToRead,
  placing: mailToPlace,
  uncertain: followUpsToSee('uncertain'),
  failed: followUpsToSee('failed'),
  held: followUpsToSee('held'),
  holders: holdersToConfirm,
  expired: followUpsToSee('expired'),
  expiring: followUpsToSee('expiring'),
  planned: followUpsToSee('planned'),
  leaving: followUpsToSee('leaving'),
  'very-late': recipientsToSee('very-late'),
  late: recipientsToSee('late'),
  'due-today': recipientsToSee('due-today'),
  promises: recipientsToSee('promises'),
  unacknowledged: recipientsToSee('unacknowledged'),
  checking: commitmentsToCheck,
  milestones: passedMilestones,
};

export type Attention = { kind: Kind; items: Item[]; count: number };

/** What needs this person today, the most urgent first and so many of each kind; kinds with nothing in them are left out. */
export async function readAttention(
  seen: Seen,
  shown: number,
  among: readonly Kind[] = kinds,
): Promise<Attention[]> {
  const all = await Promise.all(among.map((kind) => readStart(kind, seen, shown)));
  return all.filter(({ count }) => count > 0);
}

/** Counts only where there is more than is shown. */
async function readStart(kind: Kind, seen: Seen, shown: number): Promise<Attention> {
  const { rows, count } = sources[kind](seen, {});
  const items = await rows(0, shown + 1);
  if (items.length <= shown) return { kind, items, count: items.length };
  return { kind, items: items.slice(0, shown), count: await count() };
}

/** One page of one kind. */
export function readAttentionPage(kind: Kind, seen: Seen, number: number): Promise<Page<Item>> {
  const { rows } = sources[kind](seen, {});
  return readPage({ skip: (skip) => ({ limit: (limit) => rows(skip, limit) }) }, number);
}
