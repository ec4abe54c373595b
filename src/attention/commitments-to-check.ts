import type { QueryFilter } from 'mongoose';
import { Commitment, type CommitmentRecord } from '../commitments/commitment.model.js';
import { stanceNames } from '../commitments/commitment.rules.js';
import { byId } from '../group-by.js';
import { namesOf } from '../replies/inbox.js';
import type { Source, Which } from './sources.js';
import { nameOf } from './named.js';
import type { Seen } from './seen.js';
import { idsOf } from './which.js';

const shown = { recipient: 1, ask: 1, askTitle: 1, stance: 1, setAt: 1 } as const;
type Shown = Pick<CommitmentRecord, '_id' | keyof typeof shown>;

/**
 * What colleagues wrote down and a second person has to check, the longest waiting first. Whoever did not write it may
 * check it, so it waits for all of them, whosever the recipient is.
 */
export function commitmentsToCheck({ user }: Seen, which: Which): Source {
  const filter: QueryFilter<CommitmentRecord> = {
    isCurrent: true,
    confirmedAt: null,
    setBy: { $ne: user._id },
    ...idsOf(which),
  };
  return {
    rows: async (skip, limit) => {
      const rows = await Commitment.find(filter, shown)
        .sort({ setAt: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      const recipientOf = byId(await namesOf(rows.map(({ recipient }) => recipient)));
      return rows.map(({ _id, recipient: id, ask, askTitle, stance, setAt }) => {
        const recipient = recipientOf.get(String(id));
        return {
          id: _id,
          facts: setAt.toISOString(),
          href: `/recipients/${String(id)}/commitments/${String(ask)}`,
          title: `${stanceNames[stance]}: ${askTitle}`,
          about: recipient?.organisationName ?? 'A recipient',
          named: recipient ? nameOf(recipient) : 'A recipient',
          reasons: [],
          at: setAt,
        };
      });
    },
    count: () => Commitment.countDocuments(filter).exec(),
  };
}
