import { timingInWords } from '../triggers/count-days.rules.js';
import { Trigger, type TriggerRecord } from '../triggers/trigger.model.js';
import type { Seen } from './seen.js';
import type { Item, Source, Which } from './sources.js';
import { isAsked } from './which.js';

const shown = {
  campaign: 1,
  track: 1,
  milestone: 1,
  days: 1,
  side: 1,
  changedAt: 1,
  'approval.at': 1,
} as const;
type Shown = Pick<
  TriggerRecord,
  '_id' | 'campaign' | 'track' | 'milestone' | 'days' | 'side' | 'changedAt'
> & {
  approval?: { at: Date } | null;
};

/**
 * Triggers that nobody has approved, or that were changed since, the longest waiting first: they do nothing until somebody
 * does. They are few, so all of them are read. What a changed cadence makes of an approval stands on the trigger's page.
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
  const triggers = await Trigger.find(filter, shown).lean<Shown[]>();
  return triggers
    .filter(({ approval, changedAt }) => !approval || approval.at < changedAt)
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
