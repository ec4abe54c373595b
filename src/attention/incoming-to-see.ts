import type { QueryFilter } from 'mongoose';
import { cleanLine } from '../clean-text.js';
import { byId } from '../group-by.js';
import { mayBeFrom } from '../replies/act-on.js';
import { inboxFilters, namesOf } from '../replies/inbox.js';
import { IncomingMail, type IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { incomingKindNames } from '../replies/incoming.rules.js';
import type { Item, Source, Which } from './sources.js';
import { nameOf } from './named.js';
import type { Seen } from './seen.js';
import { idsOf } from './which.js';
import { belongingTo, strayTo } from './whose.js';

type Filter = QueryFilter<IncomingMailRecord>;

const shown = {
  kind: 1,
  from: 1,
  subject: 1,
  receivedAt: 1,
  state: 1,
  recipient: 1,
  suggestions: 1,
  placements: 1,
} as const;
type Shown = Pick<IncomingMailRecord, '_id' | keyof typeof shown>;

/** Replies that belong to a recipient and that nobody has read. */
export const mailToRead = ({ yours }: Seen, which: Which): Source =>
  incoming({ ...inboxFilters['to read'], ...(yours && belongingTo(yours)) }, which);

/** Mail of which nobody has said whose it is. */
export const mailToPlace = ({ yours }: Seen, which: Which): Source =>
  incoming({ ...inboxFilters.waiting, ...(yours && strayTo(yours)) }, which);

/** What came in first first. */
function incoming(asked: Filter, which: Which): Source {
  const filter: Filter = { ...asked, ...idsOf(which) };
  return {
    rows: async (skip, limit) => {
      const rows = await IncomingMail.find(filter, shown)
        .sort({ receivedAt: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return toItems(rows);
    },
    count: () => IncomingMail.countDocuments(filter).exec(),
  };
}

async function toItems(rows: readonly Shown[]): Promise<Item[]> {
  if (rows.length === 0) return [];
  const recipientOf = byId(await namesOf(rows.flatMap(mayBeFrom)));
  return rows.map((row) => {
    const names = mayBeFrom(row)
      .flatMap((id) => recipientOf.get(String(id)) ?? [])
      .map(nameOf);
    return {
      id: row._id,
      facts: `${row.placements} ${String(row.recipient)}`,
      href: `/incoming-mail/${String(row._id)}`,
      title: cleanLine(row.subject) || 'A message without a subject',
      about: `${incomingKindNames[row.kind]}, from ${cleanLine(row.from?.name || row.from?.address || '') || 'nobody named'}`,
      named: namedAs(row, names.join(' or ')),
      reasons: [],
      at: row.receivedAt,
    };
  });
}

function namedAs({ state }: Shown, names: string): string {
  if (state === 'placed') return names || 'A recipient';
  return names ? `Perhaps ${names}` : 'Nobody is suggested';
}
