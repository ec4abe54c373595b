import type { QueryFilter } from 'mongoose';
import { cleanLine } from '../clean-text.js';
import {
  bounceCauseNames,
  incomingKindNames,
  incomingKinds,
  type IncomingKind,
} from '../replies/incoming.rules.js';
import { IncomingMail, type IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { countBy } from './count-by.js';
import type { Went, WentFrom } from './what-went.js';

const fields = { kind: 1, recipient: 1, subject: 1, problem: 1, settledAt: 1 } as const;
type Row = Pick<IncomingMailRecord, '_id' | keyof typeof fields>;

/** Mail that has come in since then and has found its place. What waits to be read or placed stands among what needs a person. */
export async function cameIn(since: Date, shown: number): Promise<WentFrom> {
  const filter = settledSince(since);
  const rows = await find(filter)
    .limit(shown + 1)
    .lean<Row[]>();
  const counts = await countBy(IncomingMail, { filter, rows, shown, by: 'kind' });
  return {
    counts: incomingKinds.flatMap((kind) => {
      const count = counts.get(kind) ?? 0;
      return count > 0 ? [{ as: incomingKindNames[kind], count, href: `/went/${kind}` }] : [];
    }),
    latest: rows.slice(0, shown).map(toWent),
  };
}

/** So many of one kind, the latest first. */
export const cameInAs = async (
  kind: IncomingKind,
  since: Date,
  skip: number,
  limit: number,
): Promise<Went[]> => {
  const rows = find({ ...settledSince(since), kind })
    .skip(skip)
    .limit(limit);
  return (await rows.lean<Row[]>()).map(toWent);
};

const settledSince = (since: Date): QueryFilter<IncomingMailRecord> => ({
  settledAt: { $gte: since },
  state: 'placed',
  $or: [{ kind: { $ne: 'reply' } }, { readAt: { $ne: null } }],
});

const find = (filter: QueryFilter<IncomingMailRecord>) =>
  IncomingMail.find(filter, fields).sort({ settledAt: -1 });

const toWent = ({ _id, kind, recipient, subject, problem, settledAt }: Row): Went => ({
  href: `/incoming-mail/${String(_id)}`,
  recipient,
  about: problem ? bounceCauseNames[problem.cause] : cleanLine(subject) || 'No subject',
  as: incomingKindNames[kind],
  at: settledAt!,
});
