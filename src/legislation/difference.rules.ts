import type { Day } from '../dates.js';
import { firstDayOfWhen, lastDayOfWhen } from '../when.js';
import type { MilestoneRecord } from './track.model.js';

/** What a source and a person can both say of a milestone. */
export const sharedFields = ['stage', 'title', 'expectedOn', 'happenedOn', 'sourceLink'] as const;
export type SharedField = (typeof sharedFields)[number];
export type SharedValues = Record<SharedField, string>;

export const sharedFieldNames: Record<SharedField, string> = {
  stage: 'the stage',
  title: 'the title',
  expectedOn: 'when it is expected',
  happenedOn: 'when it happened',
  sourceLink: 'the source',
};

/** A field in which the source says something else than a person wrote, and nobody has decided yet. */
export type Difference = { field: SharedField; ours: string; theirs: string };

type Said = NonNullable<MilestoneRecord['imported']>['said'];

/**
 * What a source said, as fields of a milestone. A day of a timetable has happened once it is over; of what happened the
 * source does not say any more when it was expected, which is empty then. @param today the day where the law is made
 */
export function valuesOfSaid({ stage, title, on, happened, link }: Said, today: Day): SharedValues {
  // what is still to come has not happened, whatever a source says
  const isOver =
    happened === null || happened === undefined
      ? lastDayOfWhen(on) < today
      : happened && firstDayOfWhen(on) <= today;
  return {
    stage,
    title,
    expectedOn: isOver ? '' : on,
    happenedOn: isOver ? on : '',
    sourceLink: link ?? '',
  };
}

/** Where the source and a person disagree, in the order of the fields. Nothing where the milestone comes from no source. */
export function differencesOf(milestone: MilestoneRecord, today: Day): Difference[] {
  const { imported, byHand } = milestone;
  if (!imported) return [];
  const theirs = valuesOfSaid(imported.said, today);
  return sharedFields
    .filter((field) => (byHand ?? []).includes(field) && saysSomething(theirs, field))
    .filter((field) => theirs[field] !== (milestone[field] ?? ''))
    .filter((field) => imported.declined?.[field] !== theirs[field])
    .map((field) => ({ field, ours: milestone[field] ?? '', theirs: theirs[field] }));
}

/** That it happened says nothing about when it was expected; a source without a link does not say that there is none. */
export const saysSomething = (theirs: SharedValues, field: SharedField): boolean =>
  theirs[field] !== '' || (field === 'happenedOn' && theirs.expectedOn !== '');
