import type { Kind } from './kinds.rules.js';
import type { Seen } from './seen.js';
import type { SnoozeRecord } from './snooze.model.js';
import { sources, type Item, type Source } from './sources.js';

/** What of a kind is to be seen: all of it but what this person has put off. */
export async function awake(kind: Kind, seen: Seen): Promise<Source> {
  const asleep = await asleepOf(kind, seen);
  return sources[kind](seen, { except: asleep.map(({ item }) => item.id) });
}

export type Asleep = { snooze: SnoozeRecord; item: Item };

/** What this person has put off and what is still as it was then: whatever changed has woken up by itself. */
export async function asleepOf(kind: Kind, seen: Seen): Promise<Asleep[]> {
  const snoozes = seen.snoozes.filter((snooze) => snooze.kind === kind);
  if (snoozes.length === 0) return [];
  const only = snoozes.map(({ record }) => record);
  const items = await sources[kind](seen, { only }).rows(0, only.length);
  return snoozes.flatMap((snooze) => {
    const item = items.find(({ id, facts }) => id.equals(snooze.record) && facts === snooze.facts);
    return item ? [{ snooze, item }] : [];
  });
}
