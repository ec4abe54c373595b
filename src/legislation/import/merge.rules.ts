import { Types } from 'mongoose';
import type { Day } from '../../dates.js';
import { saysSomething, sharedFields, valuesOfSaid, type SharedField } from '../difference.rules.js';
import type { FormerRecord, ImportedRecord, MilestoneRecord } from '../track.model.js';
import { isCalledAlike } from '../runs.rules.js';
import type { Found, FoundMilestone } from './found.js';

/** `today`: the calendar day where the law is made. */
export type ReadAt = { source: Types.ObjectId; now: Date; today: Day };

export type Merged = { milestones: MilestoneRecord[]; added: number; changed: number; gone: number };

/**
 * The milestones of a track after a source was read. What the source says new is added; what it says otherwise than
 * before changes, and the former value is kept; what a person wrote stays, and the difference can be seen. A milestone is
 * known again by the source's own name for it; one that a person entered before is taken for the same where nothing else
 * can be meant. Reading the same once more changes nothing. One that a person removed is known again as well, and what the
 * source says of it is kept for whoever puts it back; it is counted nowhere.
 */
export function mergeFound(
  milestones: readonly MilestoneRecord[],
  { milestones: found, whole }: Pick<Found, 'milestones' | 'whole'>,
  reading: ReadAt,
): Merged {
  const said = new Map(found.map((one) => [one.key, one]));
  // a law that has begun has steps: a list without any is a list that is broken
  const isComplete = whole && said.size > 0;
  const known = new Map(
    milestones.flatMap((one) => (isOf(one, reading.source) ? [[one.imported!.key, one] as const] : [])),
  );
  const taken = adopt(
    milestones,
    [...said.values()].filter(({ key }) => !known.has(key)),
  );
  const merged = milestones.map((milestone) => {
    const one = isOf(milestone, reading.source)
      ? said.get(milestone.imported!.key)
      : taken.get(String(milestone._id));
    if (one) return withSaid(milestone, one, reading);
    return isComplete && isOf(milestone, reading.source) ? withoutSource(milestone, reading.now) : milestone;
  });
  const adopted = new Set([...taken.values()].map(({ key }) => key));
  const added = [...said.values()]
    .filter(({ key }) => !known.has(key) && !adopted.has(key))
    .map((one) => newMilestone(one, reading));
  const changed = merged.filter((milestone, i) => milestone !== milestones[i] && !milestone.removed);
  return {
    milestones: [...merged, ...added],
    added: added.length,
    changed: changed.filter(({ imported }) => !imported?.goneAt).length,
    gone: changed.filter(({ imported }) => imported?.goneAt).length,
  };
}

/** What a source said before, read again on another day: days of its timetable that are over have happened. */
export function mergeAgain(milestones: readonly MilestoneRecord[], reading: ReadAt): Merged {
  const found = milestones.flatMap(({ imported }) =>
    imported && !imported.goneAt && imported.source.equals(reading.source)
      ? [
          {
            ...imported.said,
            link: imported.said.link ?? '',
            happened: imported.said.happened ?? null,
            key: imported.key,
          },
        ]
      : [],
  );
  return mergeFound(milestones, { milestones: found, whole: false }, reading);
}

const isOf = ({ imported }: MilestoneRecord, source: Types.ObjectId): boolean =>
  Boolean(imported?.source.equals(source));

/**
 * Which milestones that no source knows yet are what a source says: of the same stage on the same day, or the only one of
 * its stage on both sides. By the id of the milestone.
 */
function adopt(
  milestones: readonly MilestoneRecord[],
  found: readonly FoundMilestone[],
): Map<string, FoundMilestone> {
  const taken = new Map<string, FoundMilestone>();
  const free = milestones.filter(({ imported, removed }) => !imported && !removed);
  const left = new Set(found);
  for (const one of found) {
    const same = free.find(
      (milestone) =>
        !taken.has(String(milestone._id)) &&
        milestone.stage === one.stage &&
        (milestone.happenedOn ?? milestone.expectedOn) === one.on,
    );
    if (!same) continue;
    taken.set(String(same._id), one);
    left.delete(one);
  }
  for (const one of left) {
    const ours = free.filter(({ stage }) => stage === one.stage);
    const theirs = found.filter(({ stage }) => stage === one.stage);
    const [only] = ours;
    if (ours.length !== 1 || theirs.length !== 1 || one.stage === 'other') continue;
    if (!milestones.some((other) => other.imported && other.stage === one.stage))
      taken.set(String(only!._id), one);
  }
  return taken;
}

/** The milestone itself where the source says nothing new. */
function withSaid(milestone: MilestoneRecord, one: FoundMilestone, reading: ReadAt): MilestoneRecord {
  const theirs = valuesOfSaid(one, reading.today);
  const byHand = milestone.imported ? (milestone.byHand ?? []) : fieldsWithValue(milestone);
  const changes = sharedFields.filter(
    (field) =>
      !byHand.includes(field) && saysSomething(theirs, field) && theirs[field] !== (milestone[field] ?? ''),
  );
  if (changes.length === 0 && milestone.imported && saysTheSame(milestone.imported, one)) return milestone;
  const former = changes
    .filter((field) => milestone[field] && !(field === 'title' && isCalledAlike(milestone.title, one.title)))
    .map((field): FormerRecord => ({
      field,
      value: milestone[field]!,
      until: reading.now,
      by: null,
      source: reading.source,
    }));
  return {
    ...milestone,
    ...Object.fromEntries(changes.map((field) => [field, theirs[field] || emptied(field)])),
    formerly: [...(milestone.formerly ?? []), ...former],
    byHand,
    imported: { ...milestone.imported, ...importedFrom(one, reading) },
  };
}

const fieldsWithValue = (milestone: MilestoneRecord): SharedField[] =>
  sharedFields.filter((field) => milestone[field]);

/** A text that is not there is empty, a day that is not there is null. */
const emptied = (field: SharedField): string | null =>
  field === 'expectedOn' || field === 'happenedOn' ? null : '';

const saysTheSame = ({ said, goneAt }: ImportedRecord, one: FoundMilestone): boolean =>
  !goneAt &&
  said.stage === one.stage &&
  said.title === one.title &&
  said.on === one.on &&
  (said.happened ?? null) === one.happened &&
  (said.link ?? '') === one.link;

const importedFrom = (
  { key, stage, title, on, happened, link }: FoundMilestone,
  { source, now }: ReadAt,
): ImportedRecord => ({ source, key, said: { stage, title, on, happened, link }, seenAt: now, goneAt: null });

const withoutSource = (milestone: MilestoneRecord, now: Date): MilestoneRecord =>
  milestone.imported!.goneAt
    ? milestone
    : { ...milestone, imported: { ...milestone.imported!, goneAt: now } };

function newMilestone(one: FoundMilestone, reading: ReadAt): MilestoneRecord {
  const { expectedOn, happenedOn, ...texts } = valuesOfSaid(one, reading.today);
  return {
    _id: new Types.ObjectId(),
    ...texts,
    expectedOn: expectedOn || null,
    happenedOn: happenedOn || null,
    formerly: [],
    sourceSeenOn: '',
    note: '',
    evidence: [],
    enteredBy: null,
    enteredAt: reading.now,
    byHand: [],
    imported: importedFrom(one, reading),
  };
}
