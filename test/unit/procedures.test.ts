import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  presupposes,
  procedureNames,
  procedures,
  stageOf,
  stagesOf,
} from '../../src/legislation/procedures.js';

describe.each(procedures)('the procedure %s', (procedure) => {
  const stages = stagesOf({ procedure });
  const ids = stages.map(({ id }) => id);

  it('has a name for people, and so has each of its stages', () => {
    expect(procedureNames[procedure]).toMatch(/\S/);
    for (const { name, lane } of stages)
      expect([name, lane]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
  });

  it('has each stage once, and each stage follows such as there are', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { after } of stages) for (const id of after) expect(ids).toContain(id);
  });

  it('has no stage that presupposes itself, nor two that presuppose each other', () => {
    for (const one of ids) {
      expect(presupposes({ procedure }, one, one)).toBe(false);
      for (const other of ids)
        expect(presupposes({ procedure }, one, other) && presupposes({ procedure }, other, one)).toBe(false);
    }
  });

  it('can end before its time, and has a place for what fits nowhere else', () => {
    for (const id of ['withdrawn', 'lapsed', 'other']) expect(ids).toContain(id);
  });
});

describe('what a stage cannot happen without', () => {
  it.each([
    ['uk bill', 'royal assent', 'commons second reading', true],
    ['uk bill', 'royal assent', 'lords committee', true],
    ['uk bill', 'lords first reading', 'commons third reading', false],
    ['uk bill, commons first', 'lords first reading', 'commons third reading', true],
    ['uk bill, lords first', 'commons first reading', 'lords third reading', true],
    // a House that agrees to everything leaves nothing to consider
    ['uk bill', 'royal assent', 'consideration of amendments', false],
    ['uk bill', 'full commencement', 'royal assent', true],
    ['uk bill', 'full commencement', 'commencement', false],
    ['uk bill', 'royal assent', 'motion', false],
    ['eu ordinary', 'adoption', 'plenary position', true],
    ['eu ordinary', 'adoption', 'proposal', true],
    ['eu ordinary', 'plenary position', 'general approach', false],
    ['eu ordinary', 'adoption', 'trilogue', false],
    ['eu ordinary', 'adoption', 'second reading', false],
    ['eu ordinary', 'application', 'publication', true],
    ['free', 'in force', 'committee', true],
    ['free', 'in force', 'consultation', false],
  ] as const)('in %s, %s presupposes %s: %p', (procedure, later, earlier, expected) => {
    expect(presupposes({ procedure }, later, earlier)).toBe(expected);
  });
});

describe('stages of its own', () => {
  const course = { procedure: 'free' as const, ownStages: ['Green Paper', 'Vote'] };

  it('stand in the order they were written, before the ends every law has', () => {
    expect(
      stagesOf(course)
        .map(({ id }) => id)
        .slice(0, 5),
    ).toEqual(['green paper', 'vote', 'assent', 'in force in part', 'in force']);
    expect(presupposes(course, 'vote', 'green paper')).toBe(true);
    expect(stageOf(course, 'committee')).toBeNull();
  });

  it('count for no other procedure', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (ownStages) => {
        expect(stagesOf({ procedure: 'uk bill', ownStages })).toEqual(stagesOf({ procedure: 'uk bill' }));
      }),
    );
  });
});
