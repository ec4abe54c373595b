import { expect, test } from '@jest/globals';
import { markdown } from '../../src/markdown.js';
import { composeReminder } from '../../src/reminders/reminder-text.js';
import type { LateItems } from '../../src/reminders/reminder.rules.js';

const reader = { name: 'Ana Example', timeZone: 'America/New_York' };
const now = new Date('2026-11-24T13:00:00Z');
const nothing: LateItems = { mail: [], answers: [], acknowledgements: [], followUps: [], milestones: [] };
const compose = (items: Partial<LateItems>) =>
  composeReminder({ ...nothing, ...items }, reader, 'https://a.example', now);

const answer = (n: number) => ({
  id: `r${n}`,
  recipient: `Example ${n}, Chief executive`,
  answerDueOn: '2026-11-20',
  isVeryLate: false,
});
const followUp = (state: 'planned' | 'held' | 'failed' | 'uncertain') => ({
  id: state,
  recipient: 'Example, Chief executive',
  state,
  dueAt: new Date('2026-11-24T14:00:00Z'),
});
const milestone = {
  path: '/tracks/t#milestone-m',
  track: 'A bill',
  title: 'Final vote',
  expectedOn: '2026-11-19',
};

test('it reads as a letter of complete sentences, on the clock of its reader', () => {
  const { subject, text } = compose({
    mail: [
      { id: 'm1', from: 'Example 3, Chair', cameOn: '2026-11-20', toBe: 'read' },
      { id: 'm2', from: null, cameOn: '2026-11-20', toBe: 'placed' },
      { id: 'm3', from: 'Example 4, Chair', cameOn: '2026-11-19', toBe: 'placed' },
    ],
    answers: [answer(1)],
    acknowledgements: [{ id: 'r2', recipient: 'Example 2, Chair', expectedBy: '2026-11-23' }],
    followUps: [followUp('failed'), followUp('planned')],
    milestones: [milestone],
  });
  expect(subject).toBe('8 things are late or wait for you');
  expect(text).toBe(`Hello Ana Example,

This is what is late or waits for you today, 24 November 2026.

One reply waits to be read, and nothing is sent to them before:

- Example 3, Chair. It came on 20 November 2026.
  https://a.example/incoming-mail/m1

2 messages in the inbox wait for you to say whose they are:

- Nobody is suggested. It came on 20 November 2026.
  https://a.example/incoming-mail/m2
- Perhaps Example 4, Chair. It came on 19 November 2026.
  https://a.example/incoming-mail/m3

2 follow-ups wait for you:

- Example, Chief executive. It was to leave on 24 November 2026, 09:00 and could not be sent. See what the mail server said.
  https://a.example/follow-ups/failed
- Example, Chief executive. It was to leave on 24 November 2026, 09:00 and is not approved. Approve it, or give it a new time.
  https://a.example/follow-ups/planned

One answer is late:

- Example 1, Chief executive. The answer was due on 20 November 2026.
  https://a.example/recipients/r1

One acknowledgement is missing:

- Example 2, Chair. It was expected by 23 November 2026, and nobody there has said a word.
  https://a.example/recipients/r2

One step in legislation whose day has passed:

- A bill: Final vote. It was expected on 19 November 2026. Has it happened?
  https://a.example/tracks/t#milestone-m

Answerable writes to you about this at most once a day, and only when there is something to say.`);
});

test.each([
  ['held', 'is held. See why, then decide.'],
  ['uncertain', 'it is not certain that it did. Check before anything is sent again.'],
] as const)('a follow-up that is %s says what to do', (state, sentence) => {
  const { subject, text } = compose({ followUps: [followUp(state)] });
  expect(subject).toBe('One thing is late or waits for you');
  expect(text).toContain('One follow-up waits for you:');
  expect(text).toContain(sentence);
});

test('an answer that is very late is told as such, among the others', () => {
  const { text } = compose({ answers: [answer(1), { ...answer(2), isVeryLate: true }] });
  expect(text).toContain(`2 answers are late:

- Example 1, Chief executive. The answer was due on 20 November 2026.
  https://a.example/recipients/r1
- Example 2, Chief executive. The answer was due on 20 November 2026 and is very late.
  https://a.example/recipients/r2
`);
});

test('of many, ten are written out and the rest are counted, with a link', () => {
  const { subject, text } = compose({ answers: Array.from({ length: 1234 }, (_, n) => answer(n)) });
  expect(subject).toBe('1,234 things are late or wait for you');
  expect(text.match(/recipients\/r/g)).toHaveLength(10);
  expect(text).toContain('- And 1,224 more. Start from here:\n  https://a.example/\n');
});

test('a name cannot begin a line, a list or markup of its own', () => {
  const { text } = compose({
    answers: [{ ...answer(1), recipient: 'Example\n\n# Big <script>alert(1)</script>' }],
  });
  expect(text).toContain('- Example # Big <script>');
  expect(markdown(text)).not.toMatch(/<h1>|<script>/);
});
