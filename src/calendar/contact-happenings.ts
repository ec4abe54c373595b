import type { QueryFilter, Types } from 'mongoose';
import { nameOf } from '../attention/named.js';
import type { Yours } from '../attention/whose.js';
import { cleanLine } from '../clean-text.js';
import { byId } from '../group-by.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { directionNames, entryKindNames } from '../history/entry.rules.js';
import { anyContact } from '../history/read-contacts.js';
import { namesOf } from '../replies/inbox.js';
import { MOST, type Happening } from './happening.js';

const fields = { recipient: 1, kind: 1, direction: 1, occurredAt: 1, supersedes: 1 } as const;
type Told = Pick<EntryRecord, '_id' | keyof typeof fields>;

/** The latest contact with the recipients that are one person's: what kind, with whom, from which side, and no word of it. */
export async function contactHappenings(yours: Yours): Promise<Happening[]> {
  const entries = (await Promise.all(placesOf(yours).map(latestStanding))).flat();
  const [recipients, firstOf] = await Promise.all([
    namesOf(entries.map(({ recipient }) => recipient)).then(byId),
    firstIds(entries),
  ]);
  return entries.map(({ _id, recipient: id, kind, direction, occurredAt }) => {
    const recipient = recipients.get(String(id));
    const side = direction === 'none' ? '' : ` ${directionNames[direction].toLowerCase()}`;
    return {
      id: `contact-${firstOf.get(String(_id)) ?? String(_id)}`,
      title: `${entryKindNames[kind]}${side}: ${recipient ? cleanLine(nameOf(recipient)) : 'a recipient'}`,
      href: `/entries/${String(_id)}`,
      at: occurredAt,
    };
  });
}

/** `belongingTo`, a campaign at a time: of each the latest are read from an index, of several at once all would be. */
const placesOf = ({ campaigns, others, mine, theirs }: Yours): QueryFilter<EntryRecord>[] => [
  ...campaigns.map((campaign) => ({ campaign, recipient: { $nin: theirs } })),
  ...(mine.length > 0 && others.length > 0 ? [{ campaign: { $in: others }, recipient: { $in: mine } }] : []),
];

const BATCH = 2 * MOST;

/** The latest that no later entry has superseded. */
async function latestStanding(place: QueryFilter<EntryRecord>): Promise<Told[]> {
  const standing: Told[] = [];
  for (let skip = 0; standing.length < MOST; skip += BATCH) {
    const rows = await Entry.find({ ...place, ...anyContact }, fields)
      .sort({ occurredAt: -1, _id: -1 })
      .skip(skip)
      .limit(BATCH)
      .lean<Told[]>();
    const corrections = await Entry.find(
      { supersedes: { $in: rows.map(({ _id }) => _id) } },
      { supersedes: 1 },
    ).lean<Told[]>();
    const gone = new Set(corrections.map(({ supersedes }) => String(supersedes)));
    standing.push(...rows.filter(({ _id }) => !gone.has(String(_id))));
    if (rows.length < BATCH) break;
  }
  return standing.slice(0, MOST);
}

/** What was corrected stays the same thing to whoever follows: it goes by the entry that was there first. */
async function firstIds(entries: readonly Told[]): Promise<Map<string, string>> {
  const first = new Map<string, string>();
  let open = entries.flatMap(({ _id, supersedes }) =>
    supersedes ? [{ entry: String(_id), before: supersedes }] : [],
  );
  while (open.length > 0) {
    for (const { entry, before } of open) first.set(entry, String(before));
    const replaced = await Entry.find(
      { _id: { $in: open.map(({ before }) => before) }, supersedes: { $exists: true } },
      { supersedes: 1 },
    ).lean<{ _id: Types.ObjectId; supersedes: Types.ObjectId }[]>();
    const beforeOf = byId(replaced);
    open = open.flatMap(({ entry, before }) => {
      const earlier = beforeOf.get(String(before))?.supersedes;
      return earlier ? [{ entry, before: earlier }] : [];
    });
  }
  return first;
}
