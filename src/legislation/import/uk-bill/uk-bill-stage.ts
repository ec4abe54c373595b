import type { Stage } from './bills-api.js';

const steps = ['first reading', 'second reading', 'committee', 'report', 'third reading'] as const;
type Step = (typeof steps)[number];
type House = 'commons' | 'lords';

/** The ids of the stages of a UK bill, as far as the Bills API knows them. */
export type UkBillStage =
  `${House} ${Step}` | 'consideration of amendments' | 'royal assent' | 'motion' | 'withdrawn' | 'other';

type Rule = readonly [RegExp, Step | Exclude<UkBillStage, `${House} ${Step}`>];

/**
 * Descriptions as `GET /Stages` lists them, and as Parliament words them elsewhere. The first that fits decides: a motion
 * about a stage is a motion, and stages taken together stand where the earliest of them stands.
 */
const rules: readonly Rule[] = [
  [/royal assent/, 'royal assent'],
  [/^(bill )?withdrawn/, 'withdrawn'],
  [
    /\bmotion\b|\bresolution\b|\bways and means\b|\bguillotine\b|\ballocation of time\b|\bcarry-?over\b/,
    'motion',
  ],
  [/\border of\b|\b(re-?)?committal\b|\binstruction\b|\bpower of\b/, 'motion'],
  // England and Wales only, from 2015 to 2021, and no committee stage; examiners and such see to a bill's form
  [/^legislative grand committee|^standing orders committee|^examination/, 'other'],
  [/\b(lords|commons) (amendments?|reasons?|message)|\bping[- ]?pong\b/, 'consideration of amendments'],
  [/\breasons?\b|\bconsideration of (the )?(amendments?|message)/, 'consideration of amendments'],
  [/\b(1st|first) reading/, 'first reading'],
  [/\b(2nd|second) reading/, 'second reading'],
  // the Commons call their report stage consideration of the bill, as amended in a committee
  [/^(further )?consideration(,? as amended| of (the )?bill| stage|$)/, 'report'],
  [/\bcommittee\b/, 'committee'],
  [/\breport\b|\bremaining stages\b/, 'report'],
  [/\b(3rd|third) reading/, 'third reading'],
];

/**
 * Which stage of the procedure a stage of the API is, by its description and its House; `other` where that cannot be told.
 * A step that both Houses have needs a House: it may also stand in the description.
 */
export function ukBillStageOf({ description, house }: Pick<Stage, 'description' | 'house'>): UkBillStage {
  const words = (description ?? '').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const stage = rules.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
  if (!isStep(stage)) return stage;
  const where = houseIn(house.toLowerCase()) ?? houseIn(words);
  return where ? `${where} ${stage}` : 'other';
}

const isStep = (stage: string): stage is Step => (steps as readonly string[]).includes(stage);

function houseIn(words: string): House | null {
  const commons = /\bcommons\b/.test(words);
  if (commons === /\blords\b/.test(words)) return null;
  return commons ? 'commons' : 'lords';
}
