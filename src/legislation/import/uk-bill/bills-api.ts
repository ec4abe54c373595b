import { z } from 'zod';
import { isDateTime, londonDayOf } from './london-day.js';

/**
 * The shapes of the UK Parliament Bills API, version 1, as its OpenAPI document gives them
 * (https://bills-api.parliament.uk/swagger/v1/swagger.json). Only what is needed is asked for, and that strictly: null
 * is taken where the document allows it. Fields that are not named here are ignored.
 */

const day = z.string().refine(isDateTime, 'is not a date').transform(londonDayOf);

/** A field that is nice to have: whatever is wrong with it is as if it were not there. */
const niceText = z.string().catch('');

const list = <S extends z.ZodType>(items: S) =>
  z
    .array(items)
    .nullable()
    .transform((some) => some ?? []);

/** One page of a list that is asked for with `Skip` and `Take`. */
const pageOf = <S extends z.ZodType>(items: S) => z.object({ items: list(items), totalResults: z.int() });

/** `GET /Bills/{billId}` */
export const billShape = z.object({
  billId: z.int(),
  shortTitle: z.string().nullable(),
  longTitle: niceText,
  originatingHouse: z.string(),
  billWithdrawn: day.nullable(),
  isDefeated: z.boolean(),
  isAct: z.boolean(),
});
export type Bill = z.infer<typeof billShape>;

const stageShape = z.object({
  /** of this stage of this bill, called `billStageId` elsewhere; `stageId` is the kind of stage */
  id: z.int(),
  description: z.string().nullable(),
  house: z.string(),
  sortOrder: z.number().catch(0),
  stageSittings: list(z.object({ id: z.int(), date: day.nullable() })),
});
export type Stage = z.infer<typeof stageShape>;

/** `GET /Bills/{billId}/Stages` */
export const stagesShape = pageOf(stageShape);
export type Stages = z.infer<typeof stagesShape>;

const publicationShape = z.object({
  id: z.int(),
  title: z.string().nullable(),
  displayDate: day,
  publicationType: z.object({ name: niceText }).catch({ name: '' }),
  links: list(z.object({ url: z.string().nullable() })),
  files: list(z.object({ id: z.int() })).catch([]),
});
export type Publication = z.infer<typeof publicationShape>;

/** `GET /Bills/{billId}/Publications`: all of them at once */
export const publicationsShape = z.object({ publications: list(publicationShape) });

const articleShape = z.object({ id: z.int(), title: z.string().nullable(), displayDate: day.nullable() });
export type Article = z.infer<typeof articleShape>;

/** `GET /Bills/{billId}/NewsArticles` */
export const newsShape = pageOf(articleShape);
export type News = z.infer<typeof newsShape>;

/** A page whatever is in it: enough to ask for the next one. */
export const anyPageShape = pageOf(z.unknown());
