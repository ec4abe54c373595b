import { expect, test } from '@jest/globals';
import { happeningForm, milestoneForm } from '../../src/legislation/milestone.form.js';
import { trackForm } from '../../src/legislation/track.form.js';
import { parseForm } from '../../src/web/form.js';

const TODAY = '2026-11-24';
const track = {
  title: 'Example Act',
  jurisdiction: 'Ruritania',
  reference: '',
  summary: '',
  sourceLink: '',
  procedure: 'free',
};
const milestone = {
  title: 'Vote',
  stage: 'final vote',
  expectedOn: '2026-12-01',
  happenedOn: '',
  sourceLink: '',
  note: '',
};

test.each(['', 'https://parliament.example.org/bills/1', 'http://parliament.example.org/'])(
  'a source may be %j',
  (sourceLink) => {
    expect(parseForm(trackForm, { ...track, sourceLink }).ok).toBe(true);
  },
);

test.each([
  'javascript:alert(1)',
  'data:text/html,hello',
  'ftp://example.org',
  'parliament',
  '//example.org',
  'https://',
])('a source may not be %j', (sourceLink) => {
  const { form } = parseForm(milestoneForm({ procedure: 'free' }, TODAY), { ...milestone, sourceLink });
  expect(form.errors).toEqual({ sourceLink: expect.stringContaining('https://') });
});

test.each([
  ['no day at all', { expectedOn: '' }, 'expectedOn'],
  ['a day that does not exist', { expectedOn: '2026-02-30' }, 'expectedOn'],
  ['a day it happened that is still to come', { happenedOn: '2026-11-25' }, 'happenedOn'],
  ['something that is no day', { happenedOn: 'soon' }, 'happenedOn'],
  ['a stage that is none', { stage: 'vote' }, 'stage'],
  ['no title', { title: '  ' }, 'title'],
])('a milestone with %s is refused beside that field', (_what, change, field) => {
  const { form } = parseForm(milestoneForm({ procedure: 'free' }, TODAY), { ...milestone, ...change });
  expect(Object.keys(form.errors)).toEqual([field]);
});

test('a milestone may have happened today', () => {
  expect(parseForm(milestoneForm({ procedure: 'free' }, TODAY), { ...milestone, happenedOn: TODAY }).ok).toBe(
    true,
  );
});

test.each(['', '2026-11-25', 'yesterday'])('what happened did not happen on %j', (happenedOn) => {
  expect(parseForm(happeningForm(TODAY), { happenedOn }).ok).toBe(false);
});
