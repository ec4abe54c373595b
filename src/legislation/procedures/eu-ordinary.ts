import { beside, inTurn, type Stage } from './stage.js';

/** The ordinary legislative procedure of the European Union: article 294 of the Treaty on its Functioning. */
export const euOrdinary: readonly Stage[] = [
  ...inTurn('Commission', [], [{ id: 'proposal', name: 'Proposal by the Commission' }]),
  ...inTurn(
    'Parliament',
    ['proposal'],
    [
      { id: 'committee', name: 'Vote in committee, Parliament' },
      // Parliament can decide without its committee having reported
      { id: 'plenary position', name: 'Position of Parliament, plenary', after: ['proposal'] },
      { id: 'second reading', name: 'Second reading, Parliament', after: ['council position'] },
    ],
  ),
  ...inTurn(
    'Council',
    ['proposal'],
    [
      { id: 'general approach', name: 'General approach of the Council' },
      { id: 'council position', name: 'Position of the Council, first reading', after: ['plenary position'] },
    ],
  ),
  ...beside('Informal talks', [
    { id: 'trilogue', name: 'Trilogue' },
    { id: 'provisional agreement', name: 'Provisional agreement', after: ['proposal'] },
  ]),
  ...inTurn(
    'Both',
    ['plenary position'],
    [
      { id: 'conciliation', name: 'Conciliation', after: ['second reading'] },
      { id: 'adoption', name: 'Adoption and signature', after: ['plenary position'], effect: 'passed' },
      { id: 'publication', name: 'Publication in the Official Journal' },
      { id: 'entry into force', name: 'Entry into force', effect: 'in force' },
      { id: 'application', name: 'Application', effect: 'in force' },
    ],
  ),
];
