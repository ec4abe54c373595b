import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeFields, type MergeValues } from '../../src/follow-ups/merge-fields.js';
import { prepareTemplate, renderTemplate, templateProblems } from '../../src/follow-ups/render-template.js';

const values: MergeValues = {
  salutation: 'Dear Kim',
  holder: 'Kim Invented',
  office: 'Chief executive',
  organisation: 'Example Platform',
  campaign: 'A fictional open letter',
  asks: '1. **Answer**: in writing.\n2. **Publish**',
  last_contact: '18 September 2023',
  days_waiting: '30',
  sender: 'Robin Example',
};

const render = (body: string, own: Partial<MergeValues> = {}, subject = 'Our letter') =>
  renderTemplate({ subject, body }, { ...values, ...own });

describe('a template that is right', () => {
  test('fills in every field there is', () => {
    const body = Object.keys(mergeFields)
      .map((field) => `{{ ${field} }}`)
      .join('\n\n');
    const { text, problems } = render(body);
    expect(problems).toEqual([]);
    for (const value of [
      'Dear Kim',
      'Kim Invented',
      'Example Platform',
      '18 September 2023',
      'Robin Example',
    ])
      expect(text).toContain(value);
  });

  test('becomes plain text and HTML that say the same', () => {
    const { text, html } = render(
      '{{ salutation }},\n\nplease see [our letter](https://example.org/letter).\n\n{{ asks }}',
    );
    expect(text).toContain('our letter [https://example.org/letter]');
    expect(text).toMatch(/1\. Answer: in writing\.\s+2\. Publish/);
    expect(html).toContain('<a href="https://example.org/letter">our letter</a>');
    expect(html).toContain('<title>Our letter</title>');
  });

  test('keeps the subject on one line whatever a value holds', () => {
    const { subject } = render(
      'Text',
      { organisation: 'Example\r\nBcc: somebody@example.org' },
      'To {{ organisation }}',
    );
    expect(subject).toBe('To Example Bcc: somebody@example.org');
  });

  test('takes values as text, not as formatting or HTML', () => {
    const { html, text } = render('To {{ organisation }}', {
      organisation: '<b>A*B*C</b> [x](javascript:1) ![i](https://example.org/p.png)',
    });
    expect(html).not.toMatch(/<b>|<em>|<img|href="javascript/);
    expect(text).toContain('A*B*C');
  });

  test('loads nothing from elsewhere', () => {
    const { html } = render(
      '![pixel](https://example.org/pixel.png) <img src="https://example.org/x.png"> <script>alert(1)</script>',
    );
    expect(html).not.toMatch(/<img|<script/);
  });
});

const tooMuch = 'In the text: it repeats or nests more than one mail can hold.';

/** The processor's time, not the clock's: what else the machine does has no part in it. The least of three counts. */
function workFor(braces: string): number {
  const once = (): number => {
    const before = process.cpuUsage();
    expect(templateProblems({ subject: 'x', body: `{% raw %}${braces}{% endraw %}` })).toEqual([
      'In the text: a brace is left over (line 1).',
    ]);
    return process.cpuUsage(before).user;
  };
  return Math.max(1000, Math.min(once(), once(), once()));
}

describe('a template that is wrong says what is wrong, and where', () => {
  test.each([
    ['Hello\n\n{{ recipent }}', 'In the text: there is no field {{ recipent }} (line 3).'],
    ['{{ salutation', /In the text: the field "\{\{ salutation" is not closed \(line 1\)/],
    ['Hello {% if sender %}', /In the text: tag \{% if sender %\} is not closed \(line 1\)/],
    ['A }} too many', 'In the text: a brace is left over (line 1).'],
    ['Dear {holder},', 'In the text: a brace is left over (line 1).'],
    ['Hello\n\nDear { holder },', 'In the text: a brace is left over (line 3).'],
    ['Dear {{{ holder }}},', /In the text: /],
    ['Dear {{ holder }}},', 'In the text: a brace is left over (line 1).'],
    ['Dear { {{ holder }} },', 'In the text: a brace is left over (line 1).'],
    ['Dear {salutation}, please {{ holder }}}.', 'In the text: a brace is left over (line 1).'],
    ['{{ sender }} and {% holder %', 'In the text: '],
    ['%} first', 'In the text: a brace is left over (line 1).'],
    ['{{ "{holder}" }}', 'In the text as it would leave: a brace is left over (line 1).'],
    [
      'One\n\n{% raw %}{{ organisation }}{% endraw %}',
      'In the text as it would leave: a brace is left over (line 3).',
    ],
    [String.raw`Dear {\{ holder }\}`, 'In the text: a brace is left over (line 1).'],
    ['{{ sender | shout }}', /In the text: there is no filter “shout” \(line 1\)/],
    ['Hello,\n{{ }}', /In the text: there is no field between two braces \(line 2\)/],
    ['{% include "secrets" %}', /In the text: there is no tag \{% include %\} \(line 1\)/],
    ['{% render "secrets" %}', /there is no tag \{% render %\}/],
    ['{{ organisation.nam }}', 'In the text: there is no field {{ organisation.nam }} (line 1).'],
    ['{{ constructor }}', 'In the text: there is no field {{ constructor }} (line 1).'],
    ['{{ __proto__ }}', 'In the text: there is no field {{ __proto__ }} (line 1).'],
    ['', 'The text is empty.'],
  ])('%j', (body, problem) => {
    expect(render(body).problems.join('\n')).toMatch(problem);
  });

  test('a brace in the subject, also of a thread', () => {
    expect(render('Text', {}, 'Hello {holder}').problems).toEqual([
      'In the subject: a brace is left over (line 1).',
    ]);
    const thread = prepareTemplate({ subject: 'x', body: 'Text' }).render(values, 'Re: Hello {{ holder }}');
    expect(thread.problems).toEqual(['In the subject: a brace is left over (line 1).']);
  });

  test('a single brace keeps a template from being saved, and a text from being approved by saving', () => {
    const text = { subject: 'Hello {holder}', body: 'Dear {salutation}, please {{ holder }}}.' };
    expect(templateProblems(text)).toEqual([
      'In the subject: a brace is left over (line 1).',
      'In the text: a brace is left over (line 1).',
    ]);
    expect(renderTemplate(text, values).problems).toEqual(templateProblems(text));
  });

  test('a value with braces in it, which would leave as they stand', () => {
    const asks = '1. **Tell {{ organisation }} users**';
    const { problems } = render('{{ salutation }}\n\n{{ asks }}', { asks });
    expect(problems).toEqual([
      'In the text: what stands for {{ asks }} has braces in it, in which nothing is filled in (line 3).',
    ]);
  });

  test.each([
    'A smile :-} or {',
    'Nothing {} in them',
    'As in { "a": 1, "b": [2] }',
    'The set {1, 2}',
    '100 %',
  ])('no problem is a brace that nobody takes for a field: %s', (body) =>
    expect(render(body).problems).toEqual([]),
  );

  test('a value that this recipient does not have', () => {
    expect(render('{{ salutation }},\n\nhello', { salutation: '' }).problems).toEqual([
      'In the text: the field {{ salutation }} has no value for this recipient (line 1).',
    ]);
  });

  test('a loop that would never end is stopped', () => {
    expect(render('{% for i in (1..100000000) %}x{% endfor %}').problems).toEqual([tooMuch]);
  });

  test.each([
    ['rounds within rounds', '{% for i in (1..900) %}{% for j in (1..900) %}{% endfor %}{% endfor %}'],
    ['tags within tags', '{% if sender %}'.repeat(3000) + '{% endif %}'.repeat(3000)],
    ['texts that double', `{% assign a = "twice" %}${'{% assign a = a | append: a %}'.repeat(60)}`],
  ])('%s cannot go on for ever, whatever the clock says', (_, body) => {
    expect(render(body).problems).toEqual([tooMuch]);
  });

  test('a text that becomes longer than any mail is not formatted', () => {
    const { problems, text } = render('{% for i in (1..30000) %}*x* {% endfor %}');
    expect(problems).toEqual(['In the text: it becomes longer than 100,000 characters.']);
    expect(text).toContain('{% for');
  });

  test('a thousand wrong lines are counted, not listed', () => {
    const { problems } = render('}}\n'.repeat(1000));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('In the text: there are 980 more problems like these.');
  });

  test('eight times the braces take about eight times the work, not its square', () => {
    const few = workFor('{'.repeat(20_000));
    expect(workFor('{'.repeat(160_000)) / few).toBeLessThan(24);
  });

  test('whoever receives it: unknown fields count, missing values do not', () => {
    expect(templateProblems({ subject: '{{ nobody }}', body: '{{ salutation }}' })).toEqual([
      'In the subject: there is no field {{ nobody }} (line 1).',
    ]);
  });
});

test('no text whatsoever makes rendering throw, or lets a field stay behind in a mail without a problem', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    ' sender ',
    ' if ',
    ' nobody ',
    '|',
    'upcase',
    '\n',
    'words',
    '"',
    "'",
    '<b>',
    '*',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { text, subject, problems } = render(pieces.join(''), {}, pieces.join(''));
      expect(problems.length > 0 || !/\{\{|\}\}|\{%|%\}/.test(text + subject)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
