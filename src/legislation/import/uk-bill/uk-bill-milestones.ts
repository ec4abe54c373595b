import type { Stage } from './bills-api.js';
import type { FoundMilestone } from '../found.js';
import { shortLine } from './short-line.js';
import { howMany, someOf } from './some-of.js';
import { stagesOnce } from './stages-once.js';
import { ukBillPages } from './uk-bill-pages.js';
import { ukBillStageOf } from './uk-bill-stage.js';

type Sitting = Stage['stageSittings'][number];
type DatedSitting = Sitting & { date: string };

/**
 * The sittings of a bill's stages, each a milestone on its day in London, earliest first. A sitting without a day is no
 * milestone, for none is made up: the remarks count those.
 */
export function milestonesOfStages(
  listed: readonly Stage[],
  bill: number,
): { milestones: FoundMilestone[]; remarks: string[] } {
  const { stages, repeated } = stagesOnce(listed);
  const milestones = stages
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .flatMap((stage) => milestonesOf(stage, bill))
    .toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
  return { milestones, remarks: [...repeatedWords(repeated), ...undatedWords(stages)] };
}

function milestonesOf(stage: Stage, bill: number): FoundMilestone[] {
  const sittings = stage.stageSittings
    .filter(isDated)
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.id - b.id);
  const one = { stage: ukBillStageOf(stage), happened: null, link: ukBillPages(bill).stage(stage.id) };
  const title = titleOf(stage);
  return sittings.map(({ id, date }, i) => ({
    ...one,
    key: `sitting:${id}`,
    title: sittings.length > 1 ? `${title}, sitting ${i + 1} of ${sittings.length}` : title,
    on: date,
  }));
}

/** `Committee stage, House of Lords`; Royal Assent has no House. */
function titleOf({ description, house }: Stage): string {
  const name = shortLine(description, 120, 'A stage without a name');
  const where = /^(commons|lords)$/i.exec(house)?.[0].toLowerCase();
  return where ? `${name}, House of ${where === 'lords' ? 'Lords' : 'Commons'}` : name;
}

const repeatedWords = (stages: readonly Stage[]): string[] =>
  stages.length === 0
    ? []
    : [`${howMany(stages.length, 'stage')} listed twice, counted once: ${someOf(stages.map(titleOf))}.`];

const isDated = (sitting: Sitting): sitting is DatedSitting => sitting.date !== null;

function undatedWords(stages: readonly Stage[]): string[] {
  const without = stages.filter(({ stageSittings }) => !stageSittings.some(isDated));
  const sittings = stages
    .filter((stage) => !without.includes(stage))
    .flatMap(({ stageSittings }) => stageSittings.filter((sitting) => !isDated(sitting))).length;
  const words: string[] = [];
  if (without.length > 0)
    words.push(
      `${howMany(without.length, 'stage')} without a day, left out: ${someOf(without.map(titleOf))}.`,
    );
  if (sittings > 0) words.push(`${howMany(sittings, 'sitting')} without a day, left out.`);
  return words;
}
