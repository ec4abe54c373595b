import type { Day } from '../dates.js';

/** What somebody has said to one ask of the letter. */
export const stances = [
  'none',
  'declined',
  'non-committal',
  'partial',
  'committed',
  'implemented',
  'withdrawn',
] as const;
export type Stance = (typeof stances)[number];

export const stanceNames: Record<Stance, string> = {
  none: 'None',
  declined: 'Declined',
  'non-committal': 'Non-committal',
  partial: 'Partial',
  committed: 'Committed',
  implemented: 'Implemented',
  withdrawn: 'Withdrawn',
};

/** One sign for each, so that the matrix reads without colour. All of them are in any typeface. */
export const stanceLetters: Record<Stance, string> = {
  none: '–',
  declined: 'D',
  'non-committal': 'N',
  partial: 'P',
  committed: 'C',
  implemented: 'I',
  withdrawn: 'W',
};

export const stanceMeanings: Record<Stance, string> = {
  none: 'they have said nothing to it, as far as is written down',
  declined: 'they will not do it',
  'non-committal': 'they spoke about it and promised nothing; this is no progress',
  partial: 'they will do, or do, a part of it',
  committed: 'they said that they will do it',
  implemented: 'it is done',
  withdrawn: 'they took back what they had said they would do',
};

/** Words that bind nobody are not among them. */
export const progress = ['partial', 'committed', 'implemented'] as const satisfies readonly Stance[];

/** By these they have answered an ask, also where nobody logged an answer: words that bind nobody are no answer. */
const answers: readonly Stance[] = ['declined', ...progress];
export const isAnswer = (stance: Stance): boolean => answers.includes(stance);

export const isProgress = (stance: Stance): boolean => progress.some((one) => one === stance);

/** The furthest first: how a list is sorted by an ask. */
const furthestFirst = [
  'implemented',
  'committed',
  'partial',
  'non-committal',
  'declined',
  'withdrawn',
  'none',
] as const satisfies readonly Stance[];

/** How far a stance is, as a number to sort by; the higher the further. */
export const farness = (stance: Stance): number => furthestFirst.length - furthestFirst.indexOf(stance);

/** One setting of a cell, as far as the rules look at it. `on`: the day they said it. */
export type Setting = {
  _id: unknown;
  stance: Stance;
  on: Day;
  setAt: Date;
  confirmedAt?: Date | null;
  takenBackAt?: Date | null;
};

/** Has a second person checked it? Until then it is shown to staff only. */
export const isConfirmed = ({ confirmedAt }: Pick<Setting, 'confirmedAt'>): boolean => Boolean(confirmedAt);

/** One that was taken back stays readable and counts for nothing. */
export const isTakenBack = ({ takenBackAt }: Pick<Setting, 'takenBackAt'>): boolean => Boolean(takenBackAt);

/**
 * The setting that holds in a cell: of what was not taken back the one they said last, and of one day the one set last.
 * @param settings of one cell, in any order
 * @returns null for a cell in which nothing holds: its stance is none
 */
export function currentOf<S extends Setting>(settings: readonly S[]): S | null {
  const counting = settings.filter((setting) => !isTakenBack(setting));
  return counting.reduce<S | null>((last, one) => (last && isLater(last, one) ? last : one), null);
}

/** The same among what a second person has checked: what counts outside, whatever waits for its check. */
export const confirmedOf = <S extends Setting>(settings: readonly S[]): S | null =>
  currentOf(settings.filter(isConfirmed));

function isLater(a: Setting, b: Setting): boolean {
  if (a.on !== b.on) return a.on > b.on;
  if (a.setAt.getTime() !== b.setAt.getTime()) return a.setAt > b.setAt;
  return String(a._id) > String(b._id);
}

/** Why this person may not check it, as a sentence; null where they may. `entryStands`: the entry it rests on was not corrected. */
export function reasonNotToConfirm(
  {
    setBy,
    confirmedAt,
    takenBackAt,
    source,
  }: Pick<Setting, 'confirmedAt' | 'takenBackAt'> & { setBy: unknown; source: string },
  { person, entryStands }: { person: unknown; entryStands: boolean },
): string | null {
  if (takenBackAt) return 'Somebody has taken it back. What is taken back is not checked.';
  if (confirmedAt) return 'Somebody has checked it already.';
  if (String(setBy) === String(person))
    return 'You wrote it down yourself. Somebody else has to check it before it counts.';
  if (!source && !entryStands)
    return 'The entry that it rests on has been corrected since. Take it back, and write down what holds now.';
  return null;
}

/** For views: the words of each stance. */
export const inWords = { stances, names: stanceNames, letters: stanceLetters, meanings: stanceMeanings };
