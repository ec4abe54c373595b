import { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { Track } from './track.model.js';

/** Fixed ids make a seed that was interrupted, or that two processes began at once, come out the same. */
const id = (kind: number, n: number): Types.ObjectId =>
  new Types.ObjectId(`65081f00${kind.toString(16).padStart(8, '0')}${n.toString(16).padStart(8, '0')}`);

/** What is known of the case is in its own record; an official page is not named there. */
const OWN_RECORD =
  'Source: the record of the case that this campaign began with. Add the official page when somebody has checked it there.';

const tracks = [
  {
    _id: id(8, 0),
    title: 'Online Safety Bill',
    jurisdiction: 'United Kingdom',
    procedure: 'uk bill' as const,
    summary: 'It received Royal Assent on 26 October 2023 and is now the Online Safety Act 2023.',
    milestones: [
      {
        _id: id(9, 0),
        title: 'Could pass Parliament',
        stage: 'passed both houses',
        expectedOn: '2023-09-19',
        note: 'Source: the report of 18 September 2023, which said that it could pass on this day.',
      },
      {
        _id: id(9, 1),
        title: 'Royal Assent',
        stage: 'royal assent',
        happenedOn: '2023-10-26',
        note: `As the Online Safety Act 2023. ${OWN_RECORD}`,
      },
    ],
  },
  {
    _id: id(8, 1),
    title: 'Regulation to prevent and combat child sexual abuse',
    jurisdiction: 'European Union',
    reference: '2022/0155(COD)',
    procedure: 'eu ordinary' as const,
    summary:
      'Proposed on 11 May 2022 and still moving. No later milestone is written down here yet: add each one with its source.',
    milestones: [
      { _id: id(9, 2), title: 'Proposed', stage: 'proposal', happenedOn: '2022-05-11', note: OWN_RECORD },
    ],
  },
];

/** Puts the two laws named with the letter of September 2023 into the database, unless they are there. */
export async function seedTracks(now: Date): Promise<void> {
  for (const track of tracks) {
    if (await Track.exists({ _id: track._id })) continue;
    try {
      await Track.create({
        ...track,
        milestones: track.milestones.map((one) => ({ ...one, enteredAt: now })),
        createdAt: now,
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}
