import { inTurn, type Stage } from './stage.js';

/** What a law passes nearly everywhere, for tracks that name no stages of their own. */
const usual = [
  { id: 'proposed', name: 'Proposed or introduced' },
  { id: 'first reading', name: 'First reading' },
  { id: 'committee', name: 'Committee' },
  { id: 'second chamber', name: 'Second chamber' },
  { id: 'negotiation', name: 'Negotiation between chambers or institutions' },
  { id: 'final vote', name: 'Final vote' },
];

const ends = [
  { id: 'assent', name: 'Assent or signature', effect: 'passed' },
  { id: 'in force in part', name: 'In force in part', effect: 'in force in part' },
  { id: 'in force', name: 'In force', effect: 'in force' },
] as const;

/** A procedure that is not described here. `ownStages`: its stages in their order, as a person wrote them. */
export const free = (ownStages: readonly string[]): Stage[] =>
  inTurn(
    'Stages',
    [],
    [
      ...(ownStages.length > 0 ? ownStages.map((name) => ({ id: name.toLowerCase(), name })) : usual),
      ...ends,
    ],
  );
