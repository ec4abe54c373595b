import { beside, inTurn, type Stage } from './stage.js';

const houses = { commons: 'House of Commons', lords: 'House of Lords' } as const;
export type House = keyof typeof houses;

const readings = (house: House, after: readonly string[]): Stage[] =>
  inTurn(
    houses[house],
    after,
    [
      ['first reading', 'First reading'],
      ['second reading', 'Second reading'],
      ['committee', 'Committee stage'],
      ['report', 'Report stage'],
      ['third reading', 'Third reading'],
    ].map(([id, name]) => ({ id: `${house} ${id!}`, name: `${name!}, ${houses[house]}` })),
  );

/**
 * A public bill of the United Kingdom, as Parliament describes its stages (erskinemay, part 4; the Bills API names them
 * alike). `first`: the House it began in; where that is not known, neither House waits for the other.
 */
export function ukBill(first: House | null): Stage[] {
  const second = first === 'commons' ? 'lords' : 'commons';
  const [one, two] = first ? ([first, second] as const) : (['commons', 'lords'] as const);
  return [
    ...readings(one, []),
    ...readings(two, first ? [`${one} third reading`] : []),
    ...inTurn(
      'Both Houses',
      ['commons third reading', 'lords third reading'],
      [
        { id: 'consideration of amendments', name: 'Consideration of amendments (ping-pong)' },
        {
          id: 'passed both houses',
          name: 'Agreed by both Houses',
          // a House that agrees to every amendment leaves nothing to consider
          after: ['commons third reading', 'lords third reading'],
        },
        { id: 'royal assent', name: 'Royal Assent', effect: 'passed' },
      ],
    ),
    ...inTurn(
      'After Royal Assent',
      ['royal assent'],
      [
        { id: 'commencement', name: 'Commencement in part', effect: 'in force in part' },
        {
          id: 'full commencement',
          name: 'Commencement in full',
          effect: 'in force',
          after: ['royal assent'],
        },
        {
          id: 'code of practice',
          name: 'Code of practice or guidance',
          parallel: true,
          apart: true,
          after: ['royal assent'],
        },
      ],
    ),
    ...beside('Beside the readings', [
      { id: 'motion', name: 'Programme, money or carry-over motion', apart: true },
    ]),
  ];
}
