import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import { stances } from '../../src/commitments/commitment.rules.js';
import {
  sharedCell,
  sharedMatrixRow,
  type CommitmentSource,
} from '../../src/sharing/commitment-projection.js';

const [recipient, ask] = [new Types.ObjectId(), new Types.ObjectId()];
const setting = (own: Partial<CommitmentSource> = {}): CommitmentSource => ({
  _id: new Types.ObjectId(),
  recipient,
  ask,
  stance: 'committed',
  quote: 'We will.',
  source: 'https://example.org/said',
  on: '2026-11-20',
  setAt: new Date('2026-11-21'),
  confirmedAt: new Date('2026-11-22'),
  takenBackAt: null,
  ...own,
});
const row = { _id: recipient, organisationName: 'Example', officeTitle: 'Chair', holderName: '' };
const nothing = { stance: 'none', stanceName: 'None', letter: '–', on: null, quote: '', source: '' };

test('what nobody has checked, and what was taken back, is shown as nothing', () => {
  expect(sharedCell([])).toEqual(nothing);
  expect(sharedCell([setting({ confirmedAt: null })])).toEqual(nothing);
  expect(sharedCell([setting({ takenBackAt: new Date() })])).toEqual(nothing);
});

test('what was checked stands until something newer is checked as well', () => {
  const newer = setting({ stance: 'withdrawn', on: '2026-11-23', confirmedAt: null });
  expect(sharedCell([newer, setting()]).stance).toBe('committed');
  expect(sharedCell([{ ...newer, confirmedAt: new Date() }, setting()]).stance).toBe('withdrawn');
});

test('their words are shared only where a link says that they are public', () => {
  expect(sharedCell([setting()]).quote).toBe('We will.');
  expect(sharedCell([setting({ source: '' })])).toMatchObject({ stance: 'committed', quote: '' });
});

test('whatever else a record holds, a cell and a row have exactly the fields that are named', () => {
  const more = fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { maxKeys: 8 });
  fc.assert(
    fc.property(more, more, fc.constantFrom(...stances), (onRow, onSetting, stance) => {
      const shared = sharedMatrixRow(
        { ...onRow, ...row },
        [{ _id: ask }],
        [{ ...onSetting, ...setting({ stance }) }],
      );
      expect(Object.keys(shared).sort()).toEqual(['cells', 'holder', 'office', 'organisation']);
      expect(Object.keys(shared.cells[0]!).sort()).toEqual([
        'letter',
        'on',
        'quote',
        'source',
        'stance',
        'stanceName',
      ]);
    }),
  );
});

test('a row has a cell for each ask in their order, with nobody else’s in it', () => {
  const other = new Types.ObjectId();
  const settings = [
    setting({ ask: other, stance: 'partial' }),
    setting({ recipient: other, stance: 'implemented' }),
  ];
  const { cells } = sharedMatrixRow(row, [{ _id: ask }, { _id: other }], settings);
  expect(cells.map(({ stance }) => stance)).toEqual(['none', 'partial']);
});
