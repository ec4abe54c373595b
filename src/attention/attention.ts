import { readPage, type Page } from '../web/paging.js';
import { awake } from './awake.js';
import { kinds, type Kind } from './kinds.rules.js';
import type { Seen } from './seen.js';
import type { Item } from './sources.js';

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
  const { rows, count } = await awake(kind, seen);
  const items = await rows(0, shown + 1);
  if (items.length <= shown) return { kind, items, count: items.length };
  return { kind, items: items.slice(0, shown), count: await count() };
}

/** One page of one kind. */
export async function readAttentionPage(kind: Kind, seen: Seen, number: number): Promise<Page<Item>> {
  const { rows } = await awake(kind, seen);
  return readPage({ skip: (skip) => ({ limit: (limit) => rows(skip, limit) }) }, number);
}
