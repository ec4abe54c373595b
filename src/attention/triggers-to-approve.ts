import { NotFound } from '../errors.js';
import { timingInWords } from '../triggers/count-days.rules.js';
import { readTrigger } from '../triggers/read-trigger.js';
import { Trigger, type TriggerRecord } from '../triggers/trigger.model.js';
import type { Seen } from './seen.js';
import type { Item, Source, Which } from './sources.js';
import { isAsked } from './which.js';

/**
 * Triggers that nobody has approved as they stand, the longest waiting first: they do nothing until somebody does. They are
 * few, so all of them are read.
 */
export function triggersToApprove(seen: Seen, which: Which): Source {
  let read: Promise<Item[]> | undefined;
  const all = () => (read ??= readAll(seen).then((items) => items.filter(isAsked(which))));
  return {
    rows: async (skip, limit) => (await all()).slice(skip, skip + limit),
    count: async () => (await all()).length,
  };
}

async function readAll({ campaigns, tracks, yours }: Seen): Promise<Item[]> {
  const among = yours?.campaigns ?? campaigns.map(({ _id }) => _id);
  if (among.length === 0) return [];
  const filter = { campaign: { $in: among }, removedAt: null, pausedAt: null };
  const triggers = await Trigger.find(filter).lean<TriggerRecord[]>();
  const waiting = await Promise.all(triggers.map(waits));
  return triggers
    .filter((_, i) => waiting[i])
    .toSorted((a, b) => a.changedAt.getTime() - b.changedAt.getTime())
    .map((trigger) => {
      const milestone = tracks
        .find(({ _id }) => _id.equals(trigger.track))
        ?.milestones.find(({ _id }) => _id.equals(trigger.milestone));
      const title = `${timingInWords(trigger)} “${milestone?.title ?? 'a milestone that is gone'}”`;
      const about = campaigns.find(({ _id }) => _id.equals(trigger.campaign))?.title ?? '';
      return {
        id: trigger._id,
        facts: trigger.changedAt.toISOString(),
        href: `/triggers/${String(trigger._id)}`,
        title,
        about,
        named: `${about}: ${title}`,
        reasons: [],
        at: trigger.changedAt,
      };
    });
}

/** One whose cadence is gone cannot be approved, and waits for nobody. */
async function waits(trigger: TriggerRecord): Promise<boolean> {
  if (!trigger.approval) return true;
  try {
    return (await readTrigger(trigger)).approval !== 'approved';
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
