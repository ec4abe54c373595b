/** What a stage makes of a law once it has happened. */
export const effects = ['passed', 'in force in part', 'in force', 'lapsed', 'withdrawn'] as const;
export type Effect = (typeof effects)[number];

/** One stage of a procedure. `id` is what is stored; it stays the same in all variants of a procedure. */
export type Stage = {
  id: string;
  name: string;
  /** who does it, or where: what stands together on a page */
  lane: string;
  /** the ids of stages that it cannot happen without, also where somebody skipped writing them down */
  after: readonly string[];
  effect: Effect | null;
  /** beside the course of the law: hints and talks, which nothing waits for */
  parallel: boolean;
  /** each time it happens is a matter of its own, as each commencement is, and none of several sittings */
  apart: boolean;
};

type Written = { id: string; name: string } & Partial<Stage>;

/** Stages of one lane, each of which follows the one before it; the first follows `after`. */
export const inTurn = (lane: string, after: readonly string[], written: readonly Written[]): Stage[] =>
  written.map((stage, i) => ({
    lane,
    effect: null,
    parallel: false,
    apart: Boolean(stage.effect),
    after: i === 0 ? after : [written[i - 1]!.id],
    ...stage,
  }));

/** Stages that nothing waits for and that wait for nothing. */
export const beside = (lane: string, written: readonly Written[]): Stage[] =>
  written.map((stage) => ({
    lane,
    after: [],
    effect: null,
    parallel: true,
    apart: Boolean(stage.effect),
    ...stage,
  }));

/** How any law can end before its time, and what fits nowhere else. */
export const inAnyProcedure: readonly Stage[] = beside('Beside the procedure', [
  { id: 'withdrawn', name: 'Withdrawn', effect: 'withdrawn', parallel: false },
  { id: 'lapsed', name: 'Lapsed or expired', effect: 'lapsed', parallel: false },
  { id: 'consultation', name: 'Consultation', apart: true },
  { id: 'report', name: 'Report or review', apart: true },
  { id: 'other', name: 'Other', apart: true },
]);
