import { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { Attachment } from '../history/attachment.model.js';
import { deleteFiles } from '../history/attachments.js';
import type { FromForm } from '../stored-once.js';
import { sharedFields, type SharedField } from './difference.rules.js';
import type { MilestoneForm } from './milestone.form.js';
import type { FormerRecord, MilestoneRecord, TrackRecord } from './track.model.js';
import { changeTrack, findTrack } from './tracks.js';

export type Writing = { by: Types.ObjectId; now: Date; evidence?: Attachment[] };

/** @throws NotFound */
export async function findMilestone(
  id: Types.ObjectId,
  milestoneId: Types.ObjectId,
): Promise<{ track: TrackRecord; milestone: MilestoneRecord }> {
  const track = await findTrack(id);
  return { track, milestone: milestoneIn(track, milestoneId) };
}

/** @throws NotFound, also for one that was removed */
export function milestoneIn(
  { milestones, removedMilestones }: TrackRecord,
  id: Types.ObjectId,
): MilestoneRecord {
  const milestone = milestones.find(({ _id }) => _id.equals(id));
  if (milestone) return milestone;
  const removed = (removedMilestones ?? []).find(({ _id }) => _id.equals(id));
  throw new NotFound(
    removed
      ? `“${removed.title}” was removed. The page of its law says why at its end, and there it can be put back.`
      : 'There is no such milestone.',
  );
}

/** Adds it, once where its form was sent twice. @throws NotFound */
export async function addMilestone(
  track: Types.ObjectId,
  form: MilestoneForm & FromForm,
  { by, now, evidence = [] }: Writing,
): Promise<void> {
  const { values, others } = fieldsOf(form);
  const milestone: MilestoneRecord = {
    _id: new Types.ObjectId(),
    ...values,
    ...others,
    formerly: [],
    evidence,
    enteredBy: by,
    enteredAt: now,
    byHand: sharedFields.filter((field) => values[field]),
    imported: null,
    ...(form.fromForm && { fromForm: form.fromForm }),
  };
  let isThere = false;
  await changeTrack(track, ({ milestones }) => {
    isThere = Boolean(form.fromForm) && milestones.some(({ fromForm }) => fromForm === form.fromForm);
    return isThere ? null : { milestones: [...milestones, milestone] };
  });
  if (isThere) await deleteFiles(evidence);
}

/** What a person writes stays, whatever a source says; a former value is kept, unless it was a mistake. */
export async function editMilestone(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  form: MilestoneForm,
  writing: Writing,
): Promise<void> {
  const { values, others } = fieldsOf(form);
  await changeMilestone(track, milestone, (before) => ({
    ...before,
    ...others,
    ...withValues(before, values, writing, form.wasMistake),
    evidence: [...(before.evidence ?? []), ...(writing.evidence ?? [])],
  }));
}

/** Says that an expected milestone happened; the day it was expected stays. @throws RuleBroken when that was said already */
export async function markHappened(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  happenedOn: Day,
  writing: Writing,
): Promise<void> {
  await changeMilestone(track, milestone, (before) => {
    if (before.happenedOn)
      throw new RuleBroken('It is marked as happened already. Edit the milestone to change the day.');
    return { ...before, ...withValues(before, { ...valuesOf(before), happenedOn }, writing, false) };
  });
}

/** What a source says in one field is taken over, or ours is kept until the source says something else again. */
export async function settleDifference(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  { field, theirs, take }: { field: SharedField; theirs: string; take: boolean },
  writing: Writing,
): Promise<void> {
  await changeMilestone(track, milestone, (before) => {
    if (!before.imported) return before;
    if (!take) {
      const declined = { ...before.imported.declined, [field]: theirs };
      return { ...before, imported: { ...before.imported, declined } };
    }
    const taken = withValues(before, { ...valuesOf(before), [field]: theirs || null }, writing, false);
    return { ...before, ...taken, byHand: (before.byHand ?? []).filter((one) => one !== field) };
  });
}

/** Changes one milestone of a track as it is now. @throws NotFound, and what the function throws */
async function changeMilestone(
  track: Types.ObjectId,
  id: Types.ObjectId,
  change: (milestone: MilestoneRecord) => MilestoneRecord,
): Promise<void> {
  await changeTrack(track, (found) => {
    const before = milestoneIn(found, id);
    return { milestones: found.milestones.map((one) => (one === before ? change(one) : one)) };
  });
}

type Values = Pick<MilestoneRecord, SharedField>;

const valuesOf = ({ title, stage, expectedOn, happenedOn, sourceLink }: MilestoneRecord): Values => ({
  title,
  stage,
  expectedOn,
  happenedOn,
  sourceLink,
});

/** The fields with the values a person gave them. What they had is kept, unless it was a mistake. */
function withValues(before: MilestoneRecord, values: Values, { by, now }: Writing, wasMistake: boolean) {
  const changed = sharedFields.filter((field) => (values[field] ?? '') !== (before[field] ?? ''));
  const former = changed
    .filter((field) => before[field] && !wasMistake)
    .map((field): FormerRecord => ({ field, value: before[field]!, until: now, by, source: null }));
  return {
    ...values,
    formerly: [...(before.formerly ?? []), ...former],
    byHand: [...new Set([...(before.byHand ?? []), ...changed])],
  };
}

function fieldsOf({ sourceSeenOn, note, title, stage, expectedOn, happenedOn, sourceLink }: MilestoneForm) {
  return {
    values: { title, stage, expectedOn: expectedOn || null, happenedOn: happenedOn || null, sourceLink },
    others: { sourceSeenOn, note },
  };
}
