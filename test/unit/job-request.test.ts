import { expect, test } from '@jest/globals';
import { readRequest } from '../../jobs/request.js';

const names = ['send-due', 'send-reminders'];
const read = (line: string) => readRequest(line.split(' ').filter(Boolean), names);

test('a name alone runs the job now', () => {
  expect(read('send-due')).toEqual({ name: 'send-due', now: null });
});

test.each([
  ['2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
  ['2026-11-24T08:00+01:00', '2026-11-24T07:00:00.000Z'],
  ['2026-11-24T08:00:00.5-0330', '2026-11-24T11:30:00.500Z'],
])('the clock can be set: %s', (instant, utc) => {
  expect(read(`send-due --now ${instant}`)).toEqual({ name: 'send-due', now: new Date(utc) });
});

test.each(['', '--help', '-h'])('without a name it lists the jobs: %j', (line) => {
  expect(read(line)).toEqual({
    status: 0,
    said: 'Usage: bin/job NAME [--now ISO-INSTANT]\n\n  send-due\n  send-reminders',
  });
});

test.each([
  ['nonsense', 'There is no job called nonsense. There are: send-due, send-reminders.'],
  ['constructor', 'There is no job called constructor. There are: send-due, send-reminders.'],
  ['send-due --when now', 'After the name only --now and an instant are understood.'],
  ['send-due --now 2026-11-24T08:00:00Z again', 'After the name only --now and an instant are understood.'],
  ['send-due --now', '--now needs an instant such as 2026-11-24T08:00:00Z.'],
  ['send-due --now tomorrow', 'tomorrow is not an instant such as 2026-11-24T08:00:00Z.'],
  ['send-due --now 2026-11-24', '2026-11-24 is not an instant such as 2026-11-24T08:00:00Z.'],
  [
    'send-due --now 2026-11-24T08:00:00',
    '2026-11-24T08:00:00 is not an instant such as 2026-11-24T08:00:00Z.',
  ],
  [
    'send-due --now 2026-13-24T08:00:00Z',
    '2026-13-24T08:00:00Z is not an instant such as 2026-11-24T08:00:00Z.',
  ],
])('%s is answered with one sentence', (line, said) => {
  expect(read(line)).toEqual({ status: 2, said });
});
