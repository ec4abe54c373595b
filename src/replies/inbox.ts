import type { QueryFilter, Types } from 'mongoose';
import { byId } from '../group-by.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { readPage, type Page } from '../web/paging.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';

/** The lists of the inbox: what waits to be placed, what is placed and waits to be read, and what is done with. */
export const inboxLists = ['waiting', 'to read', 'placed', 'set aside'] as const;
export type InboxList = (typeof inboxLists)[number];

export const inboxListNames: Record<InboxList, string> = {
  waiting: 'To be placed',
  'to read': 'To be read',
  placed: 'Placed',
  'set aside': 'Set aside',
};

/** Replies that belong to a recipient and that nobody has read. */
export const toRead = { state: 'placed', kind: 'reply', readAt: null } as const;

export const inboxFilters: Record<InboxList, QueryFilter<IncomingMailRecord>> = {
  waiting: { state: 'waiting' },
  'to read': toRead,
  placed: { state: 'placed' },
  'set aside': { state: 'set aside' },
};

const listed = {
  kind: 1,
  from: 1,
  subject: 1,
  happenedAt: 1,
  receivedAt: 1,
  state: 1,
  refused: 1,
  stateReasons: 1,
  recipient: 1,
  suggestions: 1,
  problem: 1,
  authentication: 1,
  why: 1,
} as const;
export type Listed = Pick<IncomingMailRecord, '_id' | keyof typeof listed>;

/** One page of a list, the latest first, with the recipients that it names. */
export async function readInbox(
  list: InboxList,
  number: number,
): Promise<Page<Listed> & { recipientOf: Map<string, Named> }> {
  const found = IncomingMail.find(inboxFilters[list], listed).sort({ receivedAt: -1 }).lean<Listed[]>();
  const page = await readPage(found, number);
  const ids = page.rows.flatMap(({ recipient, suggestions }) => [
    ...(recipient ? [recipient] : []),
    ...suggestions.map((one) => one.recipient),
  ]);
  return { ...page, recipientOf: byId(await namesOf(ids)) };
}

/** Messages that may be somebody's answer and that nobody has read, the latest first. */
export const readUnread = async (ids: readonly Types.ObjectId[]): Promise<Listed[]> =>
  ids.length === 0
    ? []
    : IncomingMail.find({ _id: { $in: ids } }, listed)
        .sort({ receivedAt: -1 })
        .limit(UNREAD_SHOWN)
        .lean<Listed[]>();

const UNREAD_SHOWN = 10;

/** What a person may take up next: an unread reply, or what is to be placed, the longest waiting first. */
export async function nextInInbox(
  except: Types.ObjectId,
): Promise<Pick<IncomingMailRecord, '_id' | 'subject' | 'state'> | null> {
  for (const filter of [inboxFilters['to read'], inboxFilters.waiting]) {
    const next = await IncomingMail.findOne({ ...filter, _id: { $ne: except } }, { subject: 1, state: 1 })
      .sort({ receivedAt: 1 })
      .lean<Pick<IncomingMailRecord, '_id' | 'subject' | 'state'>>();
    if (next) return next;
  }
  return null;
}

const named = { organisationName: 1, officeTitle: 1, holderName: 1, campaign: 1 } as const;
export type Named = Pick<RecipientRecord, '_id' | keyof typeof named>;

export const namesOf = (ids: readonly Types.ObjectId[]): Promise<Named[]> =>
  Recipient.find({ _id: { $in: ids } }, named)
    .lean<Named[]>()
    .exec();

/** How many wait to be placed, and how many to be read. */
export async function countInbox(): Promise<{ waiting: number; toRead: number }> {
  const [waiting, unread] = await Promise.all([
    IncomingMail.countDocuments(inboxFilters.waiting),
    IncomingMail.countDocuments(toRead),
  ]);
  return { waiting, toRead: unread };
}
