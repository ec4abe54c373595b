import type { Day } from '../dates.js';
import { readPage, type Page } from '../web/paging.js';
import { attentionGroups, SHOWN_AT_FIRST, type AttentionGroup } from './attention.rules.js';
import { commitmentsToCheck } from './commitments-to-check.js';
import { leavingToday, withState } from './follow-ups-to-see.js';
import { holdersToConfirm } from './holders-to-see.js';
import { incomingIn } from './incoming-to-see.js';
import { passedMilestones } from './passed-milestones.js';
import { lateAndMine, veryLateAndMine } from './late-and-mine.js';
import { unacknowledgedAndMine } from './unacknowledged-and-mine.js';
import type { Seen } from './seen.js';

/** One thing to look at: a link to where it is done, what it is, and when it is or was due. */
export type AttentionItem = {
  href: string;
  title: string;
  about: string;
  reasons: string[];
  at?: Date;
  day?: Day;
};

/** A list that can be read in part. */
export type Source = {
  rows: (skip: number, limit: number) => Promise<AttentionItem[]>;
  count: () => Promise<number>;
};

const sources: Record<AttentionGroup, (seen: Seen) => Source> = {
  replies: () => incomingIn('to read'),
  placing: () => incomingIn('waiting'),
  uncertain: () => withState('uncertain'),
  failed: () => withState('failed'),
  held: () => withState('held'),
  holders: holdersToConfirm,
  planned: () => withState('planned'),
  'very-late': veryLateAndMine,
  late: lateAndMine,
  unacknowledged: unacknowledgedAndMine,
  checking: commitmentsToCheck,
  milestones: passedMilestones,
  leaving: leavingToday,
};

export type Attention = { group: AttentionGroup; items: AttentionItem[]; count: number };

/** What needs this person today, the most urgent first; groups with nothing in them are left out. */
export async function readAttention(seen: Seen): Promise<Attention[]> {
  const all = await Promise.all(attentionGroups.map((group) => readStart(group, sources[group](seen))));
  return all.filter(({ count }) => count > 0);
}

/** Counts only where there is more than is shown. */
async function readStart(group: AttentionGroup, { rows, count }: Source): Promise<Attention> {
  const items = await rows(0, SHOWN_AT_FIRST + 1);
  if (items.length <= SHOWN_AT_FIRST) return { group, items, count: items.length };
  return { group, items: items.slice(0, SHOWN_AT_FIRST), count: await count() };
}

/** One page of one group. */
export function readAttentionPage(
  group: AttentionGroup,
  seen: Seen,
  number: number,
): Promise<Page<AttentionItem>> {
  const { rows } = sources[group](seen);
  return readPage({ skip: (skip) => ({ limit: (limit) => rows(skip, limit) }) }, number);
}
