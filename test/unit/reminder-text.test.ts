import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import type { Attention } from '../../src/attention/attention.js';
import type { Item } from '../../src/attention/sources.js';
import { kinds, needsSomebody, wordsOfKind } from '../../src/attention/kinds.rules.js';
import { markdown } from '../../src/markdown.js';
import { composeReminder, SHOWN } from '../../src/reminders/reminder-text.js';

const reader = { name: 'Ana Example', timeZone: 'America/New_York' };
const now = new Date('2026-11-24T13:00:00Z');
const compose = (...attention: Attention[]) => composeReminder(attention, reader, 'https://a.example', now);

const item = (own: Partial<Item>): Item => ({
  id: new Types.ObjectId(),
  facts: '',
  href: '/recipients/r1',
  title: 'canary title',
  about: 'canary about',
  named: 'Example 1, Chief executive',
  reasons: ['canary reason'],
  ...own,
});
const of = (kind: Attention['kind'], ...items: Item[]): Attention => ({ kind, items, count: items.length });

test('it reads as a letter of complete sentences, on the clock of its reader', () => {
  const { subject, text } = compose(
    of('replies', item({ href: '/incoming-mail/m1', at: new Date('2026-11-24T02:00:00Z') })),
    of('failed', item({ href: '/follow-ups/f1', at: new Date('2026-11-24T14:00:00Z') })),
    of('late', item({ day: '2026-11-20' }), item({ named: 'Example 2, Chair', day: '2026-11-21' })),
    of('milestones', item({ named: 'A bill: Final vote', href: '/tracks/t#milestone-m', day: '2026-11-19' })),
  );
  expect(subject).toBe('5 things are late or wait for you');
  expect(text).toBe(`Hello Ana Example,

This is what is late or waits for you today, 24 November 2026.

One reply waits to be read, and nothing is sent to them before:

- Example 1, Chief executive: came in 23 November 2026, 21:00.
  https://a.example/incoming-mail/m1

One follow-up could not be sent:

- Example 1, Chief executive: due 24 November 2026, 09:00. See what the mail server said.
  https://a.example/follow-ups/f1

2 answers are late:

- Example 1, Chief executive: answer due on 20 November 2026.
  https://a.example/recipients/r1
- Example 2, Chair: answer due on 21 November 2026.
  https://a.example/recipients/r1

One milestone in legislation whose day has passed:

- A bill: Final vote: expected by 19 November 2026. Has it happened?
  https://a.example/tracks/t#milestone-m

Answerable writes to you about this at most once a day, and only when there is something to say.`);
});

test.each([
  '[Sign in again](https://evil.example)',
  'https://evil.example/now',
  'Look at www.example.com',
  '<https://evil.example>',
  'First reading\n- [x](https://evil.example)',
])('what the source of a law calls a step is never a link: %s', (title) => {
  const { text } = compose(of('milestones', item({ named: `A bill: ${title}`, day: '2026-11-19' })));
  const links = Array.from(markdown(text).matchAll(/ href="([^"]*)"/g), ([, href]) => href);
  expect(links).toEqual(['https://a.example/recipients/r1']);
});

test('a long name stays whole', () => {
  const named = `${'A law with a long title '.repeat(10)}: Final vote`;
  expect(compose(of('milestones', item({ named }))).text).toContain(named);
});

test.each(kinds.filter(needsSomebody))('%s: one and many are announced, with a word for the day', (kind) => {
  const { one, many, dated, toDo } = wordsOfKind[kind];
  const single = compose(of(kind, item({ day: '2026-11-20' })));
  expect(single.subject).toBe('One thing is late or waits for you');
  expect(single.text).toContain(
    `${one}\n\n- Example 1, Chief executive: ${dated} 20 November 2026.${toDo && ` ${toDo}`}\n`,
  );
  expect(one).toMatch(/^One .*:$/);
  expect(compose({ kind, items: [], count: 2 }).text).toContain(`2 ${many}`);
});

test('of many, ten are written out and the rest are counted, with a link', () => {
  const items = Array.from({ length: SHOWN }, () => item({ day: '2026-11-20' }));
  const { subject, text } = compose({ kind: 'very-late', items, count: 1234 });
  expect(subject).toBe('1,234 things are late or wait for you');
  expect(text.match(/recipients\/r/g)).toHaveLength(10);
  expect(text).toContain('- And 1,224 more. Start from here:\n  https://a.example/today/very-late\n');
});

test('a name cannot begin a line, a list or markup of its own, and nothing of what was written is there', () => {
  const { text } = compose(
    of('late', item({ named: 'Example\n\n# Big <script>alert(1)</script>', day: '2026-11-20' })),
  );
  expect(text.replaceAll('\u2060', '')).toContain('- Example # Big <script>');
  expect(markdown(text)).not.toMatch(/<h1>|<script>/);
  expect(text).not.toContain('canary');
});
