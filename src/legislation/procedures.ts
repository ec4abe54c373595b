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

/** The stages of a procedure in their order, those that can happen in any procedure last. */
export const stagesOf = ({ procedure, ownStages }: Course): readonly Stage[] =>
  shipped[procedure] ?? [...free(ownStages ?? []), ...inAnyProcedure];

/** The stage, or null where the procedure has none of that id. */
export const stageOf = (course: Course, id: string): Stage | null =>
  stagesOf(course).find((stage) => stage.id === id) ?? null;

/** Does the later of two stages presuppose that the earlier one happened? Followed along the procedure, also over several stages. */
export function presupposes(course: Course, later: string, earlier: string): boolean {
  const stages = new Map(stagesOf(course).map((stage) => [stage.id, stage]));
  const looked = new Set<string>();
  const waiting = [...(stages.get(later)?.after ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === earlier) return true;
    if (looked.has(id)) continue;
    looked.add(id);
    waiting.push(...(stages.get(id)?.after ?? []));
  }
  return false;
}
