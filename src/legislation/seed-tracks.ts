import { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { Track } from './track.model.js';

/** Fixed ids make a seed that was interrupted, or that two processes began at once, come out the same. */
const id = (kind: number, n: number): Types.ObjectId =>
  new Types.ObjectId(`65081f00${kind.toString(16).padStart(8, '0')}${n.toString(16).padStart(8, '0')}`);

const tracks = [
  {
    _id: id(8, 0),
    title: 'Online Safety Bill',
    jurisdiction: 'United Kingdom',
    summary: 'It received Royal Assent on 26 October 2023 and is now the Online Safety Act 2023.',
    milestones: [
      {
        _id: id(9, 0),
        title: 'Could pass Parliament',
        stage: 'final vote' as const,
        expectedOn: '2023-09-19',
        note: 'The report of 18 September 2023 said it could pass on this day; Royal Assent followed on 26 October 2023.',
      },
      {
        _id: id(9, 1),
        title: 'Royal Assent',
        stage: 'assent' as const,
        happenedOn: '2023-10-26',
        note: 'As the Online Safety Act 2023.',
      },
    ],
  },
  {
    _id: id(8, 1),
    title: 'Regulation to prevent and combat child sexual abuse',
    jurisdiction: 'European Union',
    reference: '2022/0155(COD)',
    summary:
      'Proposed on 11 May 2022 and still moving. No later milestone is written down here yet: add each one with its source.',
    milestones: [{ _id: id(9, 2), title: 'Proposed', stage: 'proposed' as const, happenedOn: '2022-05-11' }],
  },
];

/** Puts the two laws named with the letter of September 2023 into the database, unless they are there. */
export async function seedTracks(now: Date): Promise<void> {
  for (const track of tracks) {
    if (await Track.exists({ _id: track._id })) continue;
    try {
      await Track.create({ ...track, createdAt: now });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}
