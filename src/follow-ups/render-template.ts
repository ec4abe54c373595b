import { Liquid, LiquidError, type Template as ParsedTemplate } from 'liquidjs';
import { mailDocument, markdown, plainText } from '../markdown.js';
import { bracesInMail, bracesInTemplate, problemsOf } from './left-over-braces.rules.js';
import { isMergeField, mergeFields, type MergeField, type MergeValues } from './merge-fields.js';

export type TemplateText = { subject: string; body: string };
export type Rendered = { subject: string; text: string; html: string; problems: string[] };

/** A loop is stopped by the count of its rounds; the clock, in milliseconds, stops what no count catches. */
const LIMITS = { parseLimit: 200_000, memoryLimit: 200_000, renderLimit: 500 };

/** What was filled in may be this long: twice the longest text that can be typed. */
const LONGEST = 100_000;

/** So many problems are named; a follow-up keeps them, and nobody reads a thousand. */
const NAMED = 20;

// no file is ever read: `include` and its like would read from the working directory
const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  ...LIMITS,
});
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];

type Part = { name: 'subject' | 'text'; source: string };
type Filled = { output: string; problems: string[] };
type PreparedPart = { fill: (values: MergeValues) => Filled; fields: ReadonlySet<string> };

/** A template that has been read once and can be filled in for many recipients. */
export type PreparedTemplate = {
  /** @param subject takes the place of the template's own, in a thread that has one */
  render: (values: MergeValues, subject?: string) => Rendered;
  /** the problems alone, without the work of formatting a mail */
  problems: (values: MergeValues) => string[];
  /** is the field filled in anywhere in it */
  uses: (field: MergeField) => boolean;
};

/**
 * Renders a follow-up exactly as it will leave. Pure: the same texts and values give the same result.
 * @param template subject and body (markdown) with merge fields
 * @returns subject on one line, plain text, HTML; and `problems`, one sentence each: an unknown field, a missing value,
 *   a tag that is not closed, a left-over brace, with its line. It may be sent only when there are none.
 */
export const renderTemplate = (template: TemplateText, values: MergeValues): Rendered =>
  prepareTemplate(template).render(values);

export function prepareTemplate({ subject, body }: TemplateText): PreparedTemplate {
  const subjectPart = preparePart({ name: 'subject', source: subject });
  const bodyPart = preparePart({ name: 'text', source: body });
  const fill = (values: MergeValues) => {
    const parts = [subjectPart.fill(values), bodyPart.fill(inMarkdown(values))] as const;
    return { parts, problems: parts.flatMap(({ problems }) => problems) };
  };
  return {
    problems: (values) => fill(values).problems,
    render: (values, subject) => format(fill(values), subject),
    uses: (field) => [subjectPart, bodyPart].some(({ fields }) => fields.has(field)),
  };
}

type Both = { parts: readonly [Filled, Filled]; problems: string[] };

function format({ parts: [own, body], problems }: Both, subject = own.output): Rendered {
  const line = subject.replaceAll(/\s+/g, ' ').trim();
  const inside = markdown(body.output);
  const text = plainText(inside);
  // markdown can put braces together that were apart, and the subject may be that of a thread
  return {
    subject: line,
    text,
    html: mailDocument(line, inside),
    problems: [...problemsOf({ problems, subject: line, text })],
  };
}

/** What is wrong with a template whoever receives it: an unknown field, a left-over brace, a tag that is not closed. */
export function templateProblems(template: TemplateText): string[] {
  const example = Object.fromEntries(
    Object.keys(mergeFields).map((field) => [field, 'example']),
  ) as MergeValues;
  return prepareTemplate(template).problems(example);
}

/** Reads a text once; what comes back fills it in. A text that has problems stays as it was typed. */
function preparePart({ name, source }: Part): PreparedPart {
  const parsed = parse(source);
  const braces = 'problem' in parsed ? [parsed.problem] : bracesInTemplate(source);
  const uses = 'problem' in parsed ? [] : fieldsOf(parsed.template);
  const fill = (values: MergeValues): Filled => {
    const wrong = [...uses.flatMap((use) => fieldProblems(use, values)), ...braces];
    const filled = 'problem' in parsed || wrong.length > 0 ? null : fillIn(parsed.template, values);
    if (filled && 'output' in filled)
      return { output: filled.output, problems: outputProblems(filled.output, name) };
    const problems = filled ? [filled.problem] : wrong;
    return { output: source, problems: atMost(problems).map((problem) => `In the ${name}: ${problem}`) };
  };
  return { fill, fields: new Set(uses.map(({ field }) => field)) };
}

/** What is wrong with a text once it is filled in; its lines are those of the mail. */
const outputProblems = (output: string, name: Part['name']): string[] =>
  output.trim()
    ? atMost(bracesInMail(output)).map((problem) => `In the ${name} as it would leave: ${problem}`)
    : [`The ${name} is empty.`];

const atMost = (problems: string[]): string[] =>
  problems.length <= NAMED
    ? problems
    : [...problems.slice(0, NAMED), `there are ${problems.length - NAMED} more problems like these.`];

function parse(source: string): { template: ParsedTemplate[] } | { problem: string } {
  try {
    return { template: liquid.parse(source) };
  } catch (error) {
    return { problem: sentence(error) };
  }
}

function fillIn(template: ParsedTemplate[], values: MergeValues): { output: string } | { problem: string } {
  try {
    const output = String(liquid.renderSync(template, { ...values }));
    return output.length <= LONGEST
      ? { output }
      : { problem: `it becomes longer than ${LONGEST.toLocaleString('en-GB')} characters.` };
  } catch (error) {
    return { problem: sentence(error) };
  }
}

type FieldUse = { field: string; line: number };

const fieldsOf = (template: ParsedTemplate[]): FieldUse[] =>
  Object.entries(liquid.analyzeSync(template, { partials: false }).globals).map(([field, uses]) => ({
    field,
    line: uses[0]?.location.row ?? 1,
  }));

/** A field that does not exist, or has no value for this recipient. */
function fieldProblems({ field, line }: FieldUse, values: MergeValues): string[] {
  if (!isMergeField(field)) return [`there is no field {{ ${field} }} (line ${line}).`];
  if (values[field] === '')
    return [`the field {{ ${field} }} has no value for this recipient (line ${line}).`];
  return bracesInMail(values[field]).length > 0
    ? [`what stands for {{ ${field} }} has braces in it, in which nothing is filled in (line ${line}).`]
    : [];
}

/** liquidjs says `undefined filter: foo, line:1, col:1`. */
function sentence(error: unknown): string {
  if (!(error instanceof LiquidError) && !(error instanceof Error)) throw error;
  if (/limit exceeded|call stack|string length/.test(error.message))
    return 'it repeats or nests more than one mail can hold.';
  const [, what = error.message, line] = /^(.*?), line:(\d+)/s.exec(error.message) ?? [];
  return `${what
    .replace(/^undefined variable: (.*)$/s, 'there is no field {{ $1 }}')
    .replace(/^undefined filter: (.*)$/s, 'there is no filter “$1”')
    .replace(/^tag "(.*)" not found$/s, 'there is no tag {% $1 %}')
    .replace(/^invalid value expression: "\s*"$/, 'there is no field between two braces')
    .replace(/^output/, 'the field')
    .replace(/ not closed$/, ' is not closed')}${line ? ` (line ${line})` : ''}.`;
}

const inMarkdown = (values: MergeValues): MergeValues =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, field === 'asks' ? value : escapeMarkdown(value)]),
  ) as MergeValues;

/** A name such as `A*B` or `[x](y)` is text, not formatting. */
const escapeMarkdown = (value: string): string =>
  value.replaceAll(/[\\`*_[\]<>#|~!]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
