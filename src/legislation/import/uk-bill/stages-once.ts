import type { Stage } from './bills-api.js';

export type StagesOnce = { stages: Stage[]; repeated: Stage[] };

/**
 * Each stage and each sitting once, in the order of the source. A stage of the same id, or with no sitting that is not known
 * already, is the same stage again; sittings that only the second mention has are kept with the first.
 */
export function stagesOnce(listed: readonly Stage[]): StagesOnce {
  const stages = new Map<number, Stage>();
  const repeated = new Map<number, Stage>();
  const sittings = new Set<number>();
  for (const stage of listed) {
    const fresh = stage.stageSittings.filter(({ id }) => !sittings.has(id) && sittings.add(id));
    const former = stages.get(stage.id);
    if (former) former.stageSittings.push(...fresh);
    if (former || (stage.stageSittings.length > 0 && fresh.length === 0)) repeated.set(stage.id, stage);
    else stages.set(stage.id, { ...stage, stageSittings: fresh });
  }
  return { stages: [...stages.values()], repeated: [...repeated.values()] };
}
