import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import { cadenceForm, startForm, toFormValues } from '../../src/cadences/cadence.form.js';
import type { CadenceRecord } from '../../src/cadences/cadence.model.js';
import { LONGEST_GAP, MOST_STEPS } from '../../src/cadences/cadence.rules.js';
import { parseForm } from '../../src/web/form.js';

const A = 'a'.repeat(24);
const B = 'b'.repeat(24);
const right = { name: 'Three reminders', template1: A, gap1: '10', template2: B, gap2: '5' };

const read = (own: Record<string, unknown>) => parseForm(cadenceForm, { ...right, ...own });
const errorsOf = (own: Record<string, unknown>) => read(own).form.errors;
const stepsOf = (own: Record<string, unknown>) => {
  const { ok, ...rest } = read(own);
  return ok && 'value' in rest ? rest.value.steps : rest.form.errors;
};

describe('the form of a cadence', () => {
  test('gives its name and its steps in order', () => {
    expect(read({})).toMatchObject({
      ok: true,
      value: {
        name: 'Three reminders',
        steps: [
          { template: A, gap: 10 },
          { template: B, gap: 5 },
        ],
      },
    });
  });

  test('leaves out a step without a template, and the later ones move up', () => {
    expect(stepsOf({ template2: '', template4: B, gap4: '3' })).toEqual([
      { template: A, gap: 10 },
      { template: B, gap: 3 },
    ]);
    expect(stepsOf({ template1: '', gap1: '' })).toEqual([{ template: B, gap: 5 }]);
  });

  test('has so many steps and no more', () => {
    const many = Object.fromEntries(
      Array.from({ length: MOST_STEPS + 1 }, (_, i) => [
        [`template${i + 1}`, A],
        [`gap${i + 1}`, String(i + 1)],
      ]).flat(),
    ) as Record<string, string>;
    expect(stepsOf(many)).toHaveLength(MOST_STEPS);
  });

  test.each(['1', '120', ' 7 '])('takes %j working days', (gap) => {
    expect(stepsOf({ gap2: gap })).toEqual([
      { template: A, gap: 10 },
      { template: B, gap: Number(gap) },
    ]);
  });

  test.each(['', '0', '-1', '1.5', '121', 'soon', 'Infinity', 'NaN', undefined, ['1', '2']])(
    'does not take %j working days, and says so at that step',
    (gap) => {
      expect(errorsOf({ gap2: gap })).toEqual({
        gap2: `Step 2: enter after how many working days, from 1 to ${LONGEST_GAP}.`,
      });
    },
  );

  test.each(['x', A.slice(1), A.toUpperCase(), [A, B]])('does not take %j for a template', (template) => {
    expect(errorsOf({ template2: template })).toEqual({
      template2: 'Step 2: choose a template from the list.',
    });
  });

  test('wants one step at least', () => {
    expect(errorsOf({ template1: '', template2: '' })).toEqual({
      template1: 'Choose a template for the first step.',
    });
  });

  test('names everything that is wrong at once, and keeps what was typed', () => {
    const typed = { name: ' ', template1: 'x', gap1: '0', template2: B, gap2: 'soon' };
    const { ok, form } = parseForm(cadenceForm, typed);
    expect(ok).toBe(false);
    expect(form.values).toEqual(typed);
    expect(Object.keys(form.errors).toSorted()).toEqual(['gap1', 'gap2', 'name', 'template1']);
    expect(form.errors['name']).toBe('Give the cadence a name.');
  });

  test('never lets an object through to a query', () => {
    expect(errorsOf({ template2: { $ne: '' } })).toEqual({});
    expect(stepsOf({ template2: { $ne: '' } })).toEqual([{ template: A, gap: 10 }]);
    expect(errorsOf({ name: { $ne: '' } })).toEqual({ name: 'Give the cadence a name.' });
  });

  test('opened and saved unchanged it says the same', () => {
    const step = fc.record({
      template: fc.stringMatching(/^[0-9a-f]{24}$/).map((id) => new Types.ObjectId(id)),
      gap: fc.integer({ min: 1, max: LONGEST_GAP }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: MOST_STEPS }), (steps) => {
        const cadence = { name: 'Reminders', steps } as unknown as CadenceRecord;
        const typed = Object.fromEntries(
          Object.entries(toFormValues(cadence)).map(([field, value]) => [field, String(value)]),
        );
        expect(parseForm(cadenceForm, typed)).toMatchObject({
          ok: true,
          value: {
            name: 'Reminders',
            steps: steps.map(({ template, gap }) => ({ template: String(template), gap })),
          },
        });
      }),
    );
  });
});

describe('the form that starts a cadence', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['one ticked box', { recipient: A }, [A]],
    ['several', { recipient: [A, B] }, [A, B]],
    ['everybody, none ticked', { everybody: 'yes' }, []],
  ])('takes %s', (_what, typed, recipient) => {
    expect(parseForm(startForm, typed)).toMatchObject({ ok: true, value: { recipient } });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['nobody', {}, 'Tick at least one recipient.'],
    ['no box ticked', { recipient: [] }, 'Tick at least one recipient.'],
    ['what is no recipient', { recipient: [A, 'x'] }, 'Choose recipients from the list.'],
    [
      'what is no recipient, for everybody',
      { recipient: 'x', everybody: 'yes' },
      'Choose recipients from the list.',
    ],
    ['an object', { recipient: { $ne: null } }, 'Tick at least one recipient.'],
  ])('does not take %s', (_what, typed, error) => {
    expect(parseForm(startForm, typed).form.errors).toEqual({ recipient: error });
  });
});
