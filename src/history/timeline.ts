import type { Types } from 'mongoose';
import { User } from '../users/user.model.js';
import { PAGE_SIZE, type Page } from '../web/paging.js';
import { Entry, type EntryRecord } from './entry.model.js';
import { entryKindNames, directionNames, receivedAsNames } from './entry.rules.js';

export type TimelineEntry = EntryRecord & {
  /** the entry that corrected this one; `nowAs`: of a mail, what it amounts to since somebody read it, where that is something else */
  supersededBy: (Correction & { nowAs: string | null }) | null;
  recordedByName: string;
  title: string;
};

/** `olderAt`: when the first entry of the next page happened. */
export type Timeline = Page<TimelineEntry> & { olderAt: Date | null };

type Person = { _id: Types.ObjectId; name: string };

type Correction = Pick<EntryRecord, '_id' | 'reason' | 'receivedAs'>;
type Corrections = ReadonlyMap<string, Correction>;

/** The entries of one page of a recipient's timeline, the latest first, and the one that follows them. */
export const readEntries = (recipient: Types.ObjectId, number: number): Promise<EntryRecord[]> =>
  Entry.find({ recipient })
    .sort({ occurredAt: -1, _id: -1 })
    .skip((number - 1) * PAGE_SIZE)
    .limit(PAGE_SIZE + 1)
    .lean<EntryRecord[]>()
    .exec();

/** Whether they are all that the recipient has: most histories go on one page. */
export const isWholeHistory = (read: readonly EntryRecord[], number: number): boolean =>
  number === 1 && read.length <= PAGE_SIZE;

/**
 * One page of a recipient's timeline, with corrections attached to what they correct.
 * @param known what corrected the entries of all of its pages, by their ids
 */
export async function timelineOf(
  read: readonly EntryRecord[],
  number: number,
  reader: Person,
  known: Promise<{ corrections: Corrections }>,
): Promise<Timeline> {
  const rows = read.slice(0, PAGE_SIZE);
  const older = read[PAGE_SIZE];
  const [{ corrections }, people] = await Promise.all([known, othersNamed(rows, reader)]);
  const nameOf = new Map([reader, ...people].map(({ _id, name }) => [String(_id), name]));
  return {
    number,
    hasMore: Boolean(older),
    olderAt: older?.occurredAt ?? null,
    // onto what was just read: to copy a record of the database costs more than to render it
    rows: rows.map((entry) =>
      Object.assign(entry, {
        supersededBy: correctionOf(entry, corrections),
        recordedByName: entry.recordedBy
          ? (nameOf.get(String(entry.recordedBy)) ?? 'somebody')
          : 'Answerable',
        title: titleOf(entry),
      }),
    ),
  };
}

/** Nobody was wrong where a person read a mail that a machine had sorted: what it turned out to be is said rather than `Corrected`. */
function correctionOf(entry: EntryRecord, corrections: Corrections): TimelineEntry['supersededBy'] {
  const correction = corrections.get(String(entry._id));
  if (!correction) return null;
  const { receivedAs } = correction;
  const isOther = entry.incoming && receivedAs && receivedAs !== entry.receivedAs;
  return { ...correction, nowAs: isOther ? receivedAsNames[receivedAs] : null };
}

/** The page of the timeline on which an entry stands, from 1. */
export async function pageOfEntry({
  _id,
  recipient,
  occurredAt,
}: Pick<EntryRecord, '_id' | 'recipient' | 'occurredAt'>): Promise<number> {
  const later = [{ occurredAt: { $gt: occurredAt } }, { occurredAt, _id: { $gt: _id } }];
  return 1 + Math.floor((await Entry.countDocuments({ recipient, $or: later })) / PAGE_SIZE);
}

/** The people, besides the reader, who recorded these entries: most often it is the reader who did. */
async function othersNamed(rows: readonly EntryRecord[], reader: Person): Promise<Person[]> {
  const others = rows.flatMap(({ recordedBy }) =>
    recordedBy && !recordedBy.equals(reader._id) ? [recordedBy] : [],
  );
  return others.length === 0 ? [] : User.find({ _id: { $in: others } }, { name: 1 }).lean<Person[]>();
}

/** `Email from us`, `Call from them: Reply`, `Note` */
export function titleOf({
  kind,
  direction,
  receivedAs,
}: Pick<EntryRecord, 'kind' | 'direction' | 'receivedAs'>): string {
  const from = direction === 'none' ? '' : ` ${directionNames[direction].toLowerCase()}`;
  const as = direction === 'in' && receivedAs ? `: ${receivedAsNames[receivedAs].toLowerCase()}` : '';
  return `${entryKindNames[kind]}${from}${as}`;
}
