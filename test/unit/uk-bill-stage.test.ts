import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stageOf } from '../../src/legislation/procedures.js';
import { ukBillStageOf } from '../../src/legislation/import/uk-bill/uk-bill-stage.js';

test.each([
  // as GET /Stages lists them
  ['1st reading', 'Commons', 'commons first reading'],
  ['2nd reading', 'Commons', 'commons second reading'],
  ['Second reading committee', 'Commons', 'commons second reading'],
  ['Committee stage', 'Commons', 'commons committee'],
  ['Committee stage (re-committed clauses and schedules)', 'Commons', 'commons committee'],
  ['Committee of the whole House', 'Commons', 'commons committee'],
  ['Select Committee stage', 'Commons', 'commons committee'],
  ['Report stage', 'Commons', 'commons report'],
  ['3rd reading', 'Commons', 'commons third reading'],
  ['1st reading', 'Lords', 'lords first reading'],
  ['2nd reading', 'Lords', 'lords second reading'],
  ['Lords Special Public Bill Committee', 'Lords', 'lords committee'],
  ['Committee negatived', 'Lords', 'lords committee'],
  ['Committee stage', 'Lords', 'lords committee'],
  ['Report stage', 'Lords', 'lords report'],
  ['3rd reading', 'Lords', 'lords third reading'],
  ['Consideration of Lords amendments', 'Commons', 'consideration of amendments'],
  ['Consideration of Commons amendments', 'Lords', 'consideration of amendments'],
  ['Consideration of Lords message', 'Commons', 'consideration of amendments'],
  ['Royal Assent', 'Unassigned', 'royal assent'],
  ['Programme motion', 'Commons', 'motion'],
  ['Money resolution', 'Commons', 'motion'],
  ['Ways and Means resolution', 'Commons', 'motion'],
  ['Carry-over motion', 'Commons', 'motion'],
  ['Guillotine motion', 'Commons', 'motion'],
  ['Allocation of time motion', 'Commons', 'motion'],
  ['Order of Commitment discharged', 'Lords', 'motion'],
  ['Instruction', 'Commons', 'motion'],
  ['Committal (to a Select Committee)', 'Commons', 'motion'],
  ['Motion to revive Bill', 'Commons', 'motion'],
  ['Motion to suspend Bill till next session approved', 'Commons', 'motion'],
  ['Power of public bill committee to send for persons, papers and records', 'Commons', 'motion'],
  ['Legislative Grand Committee', 'Commons', 'other'],
  ['Reconsideration', 'Commons', 'other'],
  ['Consequential consideration', 'Commons', 'other'],
  ['Second House Examination', 'Commons', 'other'],
  ['Commons Examiners', 'Commons', 'other'],
  ['Bill reintroduced', 'Commons', 'other'],
  ['Bill withdrawn', 'Commons', 'withdrawn'],
  // as Parliament words them elsewhere
  ['First Reading', 'commons', 'commons first reading'],
  ['PUBLIC  BILL\nCOMMITTEE', 'COMMONS', 'commons committee'],
  ['Grand Committee', 'Lords', 'lords committee'],
  ['Report and remaining stages', 'Commons', 'commons report'],
  ['Remaining stages', 'Commons', 'commons report'],
  ['Report stage and third reading', 'Commons', 'commons report'],
  ['Consideration of Bill, as amended in the Public Bill Committee', 'Commons', 'commons report'],
  ['Consideration of Commons reasons', 'Lords', 'consideration of amendments'],
  ['Commons Amendment and Reasons', 'Lords', 'consideration of amendments'],
  ['Ping Pong', 'Lords', 'consideration of amendments'],
  ['Programme motion (Consideration of Lords amendments)', 'Commons', 'motion'],
  ['Second reading and all other stages', 'Lords', 'lords second reading'],
  // the House may stand in the description only, and without one there is no such step
  ['Commons committee stage', 'Unassigned', 'commons committee'],
  ['Committee stage', 'Unassigned', 'other'],
  ['Committee stage of Lords and Commons', 'All', 'other'],
  ['Tea', 'Lords', 'other'],
  ['', 'Lords', 'other'],
  [null, '', 'other'],
])('%j in the House %j is: %s', (description, house, stage) => {
  expect(ukBillStageOf({ description, house })).toBe(stage);
});

test('any description in any House is a stage that the procedure has', () => {
  const described = fc.oneof(
    fc.string(),
    fc.constantFrom('1st reading', '2nd reading', 'committee', 'report', '3rd reading', 'amendment'),
    fc.constantFrom(
      'Consideration of Lords amendments',
      'Royal Assent',
      'programme motion',
      'Bill withdrawn',
    ),
  );
  const house = fc.oneof(fc.string(), fc.constantFrom('Commons', 'Lords'));
  fc.assert(
    fc.property(fc.option(described), house, (description, house) => {
      const stage = ukBillStageOf({ description, house });
      expect(stageOf({ procedure: 'uk bill' }, stage)).not.toBeNull();
    }),
  );
});
