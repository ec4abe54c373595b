import type { QueryFilter } from 'mongoose';
import { Commitment, type CommitmentRecord } from '../commitments/commitment.model.js';
import { stanceNames } from '../commitments/commitment.rules.js';
import { byId } from '../group-by.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { Source } from './attention.js';
import type { Seen } from './seen.js';

const shown = { recipient: 1, ask: 1, askTitle: 1, stance: 1, setAt: 1 } as const;
type Shown = Pick<CommitmentRecord, '_id' | keyof typeof shown>;

/** What colleagues wrote down and a second person has to check, the longest waiting first. Nobody checks their own. */
export function commitmentsToCheck({ user }: Seen): Source {
  const filter: QueryFilter<CommitmentRecord> = {
    isCurrent: true,
    confirmedAt: null,
    setBy: { $ne: user._id },
  };
  return {
    rows: async (skip, limit) => {
      const rows = await Commitment.find(filter, shown)
        .sort({ setAt: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      const names = await namesOf(rows);
      return rows.map(({ recipient, ask, askTitle, stance, setAt }) => ({
        href: `/recipients/${String(recipient)}/commitments/${String(ask)}`,
        title: `${stanceNames[stance]}: ${askTitle}`,
        about: names.get(String(recipient))?.organisationName ?? 'A recipient',
        reasons: [],
        at: setAt,
      }));
    },
    count: () => Commitment.countDocuments(filter).exec(),
  };
}

async function namesOf(rows: readonly Shown[]) {
  if (rows.length === 0) return new Map<string, Pick<RecipientRecord, '_id' | 'organisationName'>>();
  const ids = rows.map(({ recipient }) => recipient);
  return byId(await Recipient.find({ _id: { $in: ids } }, { organisationName: 1 }).lean());
}
