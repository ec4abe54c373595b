import { Liquid, LiquidError, type Template as ParsedTemplate } from 'liquidjs';
import { mailDocument, markdown, plainText } from '../markdown.js';
import { isMergeField, mergeFields, type MergeValues } from './merge-fields.js';

export type TemplateText = { subject: string; body: string };
export type Rendered = { subject: string; text: string; html: string; problems: string[] };

const LIMITS = { parseLimit: 200_000, renderLimit: 500, memoryLimit: 2_000_000 };

// no file is ever read: `include` and its like would read from the working directory
const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  ...LIMITS,
});
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];

type Part = { name: 'subject' | 'text'; source: string; values: MergeValues };

/**
 * Renders a follow-up exactly as it will leave. Pure: the same texts and values give the same result.
 * @param template subject and body (markdown) with merge fields
 * @returns subject on one line, plain text, HTML; and `problems`, one sentence each: an unknown field, a missing value,
 *   a tag that is not closed, a left-over brace, with its line. It may be sent only when there are none.
 */
export function renderTemplate({ subject, body }: TemplateText, values: MergeValues): Rendered {
  const asMarkdown = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, field === 'asks' ? value : escapeMarkdown(value)]),
  ) as MergeValues;
  const subjectPart = renderPart({ name: 'subject', source: subject, values });
  const bodyPart = renderPart({ name: 'text', source: body, values: asMarkdown });
  const inside = markdown(bodyPart.output);
  const problems = [...subjectPart.problems, ...bodyPart.problems];
  if (!subjectPart.output.trim()) problems.push('The subject is empty.');
  if (!bodyPart.output.trim()) problems.push('The text is empty.');
  const line = subjectPart.output.replaceAll(/\s+/g, ' ').trim();
  return { subject: line, text: plainText(inside), html: mailDocument(line, inside), problems };
}

/** What is wrong with a template whoever receives it: an unknown field, a left-over brace, a tag that is not closed. */
export function templateProblems(template: TemplateText): string[] {
  const example = Object.fromEntries(
    Object.keys(mergeFields).map((field) => [field, 'example']),
  ) as MergeValues;
  return renderTemplate(template, example).problems;
}

function renderPart({ name, source, values }: Part): { output: string; problems: string[] } {
  const parsed = parse(source);
  if ('problem' in parsed) return { output: source, problems: [`In the ${name}: ${parsed.problem}`] };
  const problems = [...fieldProblems(parsed.template, values), ...braceProblems(source)];
  if (problems.length === 0) {
    try {
      return { output: String(liquid.renderSync(parsed.template, { ...values })), problems: [] };
    } catch (error) {
      problems.push(sentence(error));
    }
  }
  return { output: source, problems: problems.map((problem) => `In the ${name}: ${problem}`) };
}

function parse(source: string): { template: ParsedTemplate[] } | { problem: string } {
  try {
    return { template: liquid.parse(source) };
  } catch (error) {
    return { problem: sentence(error) };
  }
}

/** Fields that do not exist, and fields that have no value for this recipient. */
function fieldProblems(template: ParsedTemplate[], values: MergeValues): string[] {
  const { globals } = liquid.analyzeSync(template, { partials: false });
  return Object.entries(globals).flatMap(([field, uses]) => {
    const row = uses[0]?.location.row ?? 1;
    if (!isMergeField(field)) return [`there is no field {{ ${field} }} (line ${row}).`];
    return values[field] === ''
      ? [`the field {{ ${field} }} has no value for this recipient (line ${row}).`]
      : [];
  });
}

function braceProblems(source: string): string[] {
  return source.split('\n').flatMap((line, i) => {
    const rest = line.replaceAll(/\{\{.*?\}\}|\{%.*?%\}/g, '');
    return /\{\{|\}\}|\{%|%\}/.test(rest) ? [`a brace is left over (line ${i + 1}).`] : [];
  });
}

/** liquidjs says `undefined filter: foo, line:1, col:1`. */
function sentence(error: unknown): string {
  if (!(error instanceof LiquidError) && !(error instanceof Error)) throw error;
  const [, what = error.message, line] = /^(.*?), line:(\d+)/s.exec(error.message) ?? [];
  return `${what.replace(/^output/, 'the field').replace(/ not closed$/, ' is not closed')}${line ? ` (line ${line})` : ''}.`;
}

/** A name such as `A*B` or `[x](y)` is text, not formatting. */
const escapeMarkdown = (value: string): string =>
  value.replaceAll(/[\\`*_[\]<>#|~!]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
