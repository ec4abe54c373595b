import type { QueryFilter } from 'mongoose';
import { cleanLine } from '../clean-text.js';
import { inboxFilters, type InboxList } from '../replies/inbox.js';
import { IncomingMail, type IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { incomingKindNames } from '../replies/incoming.rules.js';
import type { Source } from './attention.js';

type Shown = Pick<IncomingMailRecord, '_id' | 'kind' | 'from' | 'subject' | 'receivedAt'>;
const shown = { kind: 1, from: 1, subject: 1, receivedAt: 1 } as const;

/** Incoming mail that waits for a person, what came in first first. */
export function incomingIn(list: InboxList): Source {
  const filter: QueryFilter<IncomingMailRecord> = inboxFilters[list];
  return {
    rows: async (skip, limit) => {
      const rows = await IncomingMail.find(filter, shown)
        .sort({ receivedAt: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Shown[]>();
      return rows.map(({ _id, kind, from, subject, receivedAt }) => ({
        href: `/incoming-mail/${String(_id)}`,
        title: cleanLine(subject) || 'A message without a subject',
        about: `${incomingKindNames[kind]}, from ${cleanLine(from?.name || from?.address || '') || 'nobody named'}`,
        reasons: [],
        at: receivedAt,
      }));
    },
    count: () => IncomingMail.countDocuments(filter).exec(),
  };
}
