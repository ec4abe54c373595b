import { euOrdinary } from './procedures/eu-ordinary.js';
import { free } from './procedures/free.js';
import { inAnyProcedure, type Stage } from './procedures/stage.js';
import { ukBill } from './procedures/uk-bill.js';

/** The procedures that are shipped, and one for everything else. */
export const procedures = [
  'uk bill',
  'uk bill, commons first',
  'uk bill, lords first',
  'eu ordinary',
  'free',
] as const;
export type Procedure = (typeof procedures)[number];

export const procedureNames: Record<Procedure, string> = {
  'uk bill': 'UK public bill, whichever House it began in',
  'uk bill, commons first': 'UK public bill, begun in the House of Commons',
  'uk bill, lords first': 'UK public bill, begun in the House of Lords',
  'eu ordinary': 'EU ordinary legislative procedure',
  free: 'Another procedure, with stages of its own',
};

/** Which course a law takes: `ownStages` count for the free procedure only. */
export type Course = { procedure: Procedure; ownStages?: readonly string[] | null };

const shipped: Partial<Record<Procedure, readonly Stage[]>> = {
  'uk bill': [...ukBill(null), ...inAnyProcedure],
  'uk bill, commons first': [...ukBill('commons'), ...inAnyProcedure],
  'uk bill, lords first': [...ukBill('lords'), ...inAnyProcedure],
  'eu ordinary': [...euOrdinary, ...inAnyProcedure],
};

/** Where a day of its timetable begins and ends. */
export const zoneOfProcedure = (procedure: Procedure): string =>
  procedure === 'free' ? 'UTC' : procedure === 'eu ordinary' ? 'Europe/Brussels' : 'Europe/London';

/** A page asks for the same stages for each of its milestones. */
const written = new WeakMap<readonly string[], readonly Stage[]>();
const NONE: readonly string[] = [];

function freeStages(ownStages: readonly string[]): readonly Stage[] {
  const stages = written.get(ownStages) ?? [...free(ownStages), ...inAnyProcedure];
  written.set(ownStages, stages);
  return stages;
}

/** The stages of a procedure in their order, those that can happen in any procedure last. */
export const stagesOf = ({ procedure, ownStages }: Course): readonly Stage[] =>
  shipped[procedure] ?? freeStages(ownStages ?? NONE);

/** The stage, or null where the procedure has none of that id. */
export const stageOf = (course: Course, id: string): Stage | null =>
  stagesOf(course).find((stage) => stage.id === id) ?? null;

/** Does the later of two stages presuppose that the earlier one happened? Followed along the procedure, also over several stages. */
export const presupposes = (course: Course, later: string, earlier: string): boolean =>
  earlierThan(stagesOf(course)).get(later)?.has(earlier) ?? false;

const known = new WeakMap<readonly Stage[], ReadonlyMap<string, ReadonlySet<string>>>();

/** For each stage all that it cannot happen without. Found once for each list of stages. */
function earlierThan(stages: readonly Stage[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = known.get(stages) ?? new Map(stages.map(({ id }) => [id, allBefore(stages, id)]));
  known.set(stages, found);
  return found;
}

function allBefore(stages: readonly Stage[], id: string): Set<string> {
  const before = new Set<string>();
  const waiting = [id];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
    for (const earlier of stages.find((stage) => stage.id === one)?.after ?? [])
      if (!before.has(earlier)) {
        before.add(earlier);
        waiting.push(earlier);
      }
  return before;
}
