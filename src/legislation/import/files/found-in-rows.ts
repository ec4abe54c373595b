import type { z } from 'zod';
import { withCommas } from '../../../with-commas.js';
import type { FoundMilestone, FoundPublication } from '../found.js';
import { keyFrom } from './key.js';
import type { KnownStage } from './known-stage.js';
import { milestoneRow, publicationRow, type MilestoneRow, type PublicationRow } from './row.js';
import { notRead, type SourceRead } from './source-read.js';

export const MOST_ROWS = 5000;
const MOST_SENTENCES = 200;

/** A row as it was written, and how to name it to whoever wrote it: `Row 3`. */
export type WrittenRow = { name: string; row: unknown };
type ReadRow<T> = { name: string; row: T };

type Written = { milestones: WrittenRow[]; publications?: WrittenRow[]; stages: readonly KnownStage[] };

/**
 * The rows of a file that lists all that is known of a law. Where one of them is wrong nothing is taken, and every mistake is
 * named. A row that says the same as one before counts once. Never throws.
 *
 * A milestone without an id is known by its stage and by how many of that stage stand before it: the day of the only royal
 * assent can change and it is still that royal assent. Rows of one stage therefore keep their order; whoever wants to
 * move them gives them ids.
 */
export function foundInRows({ milestones, publications = [], stages }: Written): SourceRead {
  const rows = milestones.length + publications.length;
  if (rows === 0)
    return notRead('The file lists nothing. Taken at its word, all that is known would be gone.');
  if (rows > MOST_ROWS)
    return notRead(`The file has more than ${withCommas(MOST_ROWS)} rows, which is the most that is read.`);
  const mistakes: string[] = [];
  const remarks: string[] = [];
  const steps = withoutTwins(parsed(milestones, milestoneRow(stages), mistakes), mistakes, remarks);
  const papers = withoutTwins(parsed(publications, publicationRow, mistakes), mistakes, remarks);
  if (mistakes.length > 0) return notRead(...someOf(mistakes, 'mistakes'));
  return {
    ok: true,
    found: {
      milestones: milestonesOf(steps),
      publications: papers.map(publicationOf),
      whole: true,
      remarks: someOf(remarks, 'rows like that'),
    },
  };
}

function someOf(sentences: string[], what: string): string[] {
  const more = sentences.length - MOST_SENTENCES;
  return more > 0 ? [...sentences.slice(0, MOST_SENTENCES), `And ${more} more ${what}.`] : sentences;
}

function parsed<T>(rows: WrittenRow[], schema: z.ZodType<T>, mistakes: string[]): ReadRow<T>[] {
  return rows.flatMap(({ name, row }) => {
    const { success, data, error } = schema.safeParse(row);
    if (success) return [{ name, row: data }];
    mistakes.push(...error.issues.map(({ message }) => `${name}: ${message}`));
    return [];
  });
}

function withoutTwins<T extends { id: string | null }>(
  rows: ReadRow<T>[],
  mistakes: string[],
  remarks: string[],
): T[] {
  const saying = new Map<string, string>();
  const called = new Map<string, string>();
  return rows.flatMap(({ name, row }) => {
    const words = JSON.stringify(row);
    const twin = saying.get(words);
    if (twin) {
      remarks.push(`${name} says the same as ${inSentence(twin)} and counts once.`);
      return [];
    }
    saying.set(words, name);
    const namesake = row.id === null ? undefined : called.get(row.id);
    if (namesake) mistakes.push(`${name}: Its id “${row.id}” is that of ${inSentence(namesake)} already.`);
    else if (row.id !== null) called.set(row.id, name);
    return [row];
  });
}

const inSentence = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function milestonesOf(rows: MilestoneRow[]): FoundMilestone[] {
  const seen = new Map<string, number>();
  return rows.map(({ id, ...row }) => {
    // those with an id count too, so that giving an id to one leaves the others who they are
    const number = (seen.get(row.stage) ?? 0) + 1;
    seen.set(row.stage, number);
    return { key: id ?? keyFrom(row.stage, String(number)), ...row };
  });
}

const publicationOf = ({ id, title, on, kind, link }: PublicationRow): FoundPublication => ({
  key: id ?? keyFrom(title, on),
  kind,
  title,
  publishedOn: on,
  link,
});
