import { Types } from 'mongoose';
import { Activity, activityKey, openActivity, type ActivityRecord } from './activity.model.js';
import { Entry, type EntryRecord } from './entry.model.js';

export type CheckedWeeks = { checked: number; differed: number };

/** How often each key, such as `out.2026-11-23`, was counted. */
type Weeks = Record<string, number>;

const counted = { campaign: 1, kind: 1, direction: 1, receivedAs: 1, occurredAt: 1 } as const;

/** Compares the weeks of the picture with the entries they were counted from, and puts right what differs unless it is only to be counted. */
export async function checkActivity({ repair = true }: { repair?: boolean } = {}): Promise<CheckedWeeks> {
  const result = { checked: 0, differed: 0 };
  const [right, stored] = [await countAnew({}), await readStored({})];
  for (const campaign of new Set([...right.keys(), ...stored.keys()])) {
    const [before, after] = [right.get(campaign) ?? {}, stored.get(campaign) ?? {}];
    result.checked += new Set([...Object.keys(before), ...Object.keys(after)]).size;
    const differing = keysThatDiffer(before, after);
    if (differing.length > 0)
      result.differed += repair ? await putRight(campaign, differing) : differing.length;
  }
  return result;
}

/** An entry that is being logged at this moment is no damage: only what still differs at a second look is put right. */
async function putRight(id: string, differing: string[]): Promise<number> {
  const campaign = new Types.ObjectId(id);
  const right = (await countAnew({ campaign })).get(id) ?? {};
  const stored = (await readStored({ campaign })).get(id) ?? {};
  const still = keysThatDiffer(right, stored).filter((key) => differing.includes(key));
  if (still.length > 0) await openActivity(campaign);
  for (const key of still) {
    // by the difference, and only from the count that was read: what is counted meanwhile is not lost
    const asRead = stored[key] === undefined ? { [key]: null } : { [key]: stored[key] };
    await Activity.updateOne(
      { campaign, ...asRead },
      { $inc: { [key]: (right[key] ?? 0) - (stored[key] ?? 0) } },
    );
  }
  return still.length;
}

const keysThatDiffer = (right: Weeks, stored: Weeks): string[] =>
  Object.keys({ ...right, ...stored }).filter((key) => (right[key] ?? 0) !== (stored[key] ?? 0));

/** In one walk over the entries, with only the weeks and the corrections in memory. */
async function countAnew(filter: { campaign?: Types.ObjectId }): Promise<Map<string, Weeks>> {
  const corrections = await Entry.find(
    { ...filter, supersedes: { $exists: true } },
    { supersedes: 1 },
  ).lean();
  const gone = new Set(corrections.map(({ supersedes }) => String(supersedes)));
  const weeks = new Map<string, Weeks>();
  for await (const entry of Entry.find(filter, counted).lean<EntryRecord[]>().cursor({ batchSize: 1000 })) {
    const key = gone.has(String(entry._id)) ? null : activityKey(entry);
    if (!key) continue;
    const of = weeks.get(String(entry.campaign)) ?? {};
    of[key] = (of[key] ?? 0) + 1;
    weeks.set(String(entry.campaign), of);
  }
  return weeks;
}

async function readStored(filter: { campaign?: Types.ObjectId }): Promise<Map<string, Weeks>> {
  const records = await Activity.find(filter).lean<ActivityRecord[]>();
  return new Map(
    records.map((record) => [
      String(record.campaign),
      Object.fromEntries(
        (['out', 'in'] as const).flatMap((direction) =>
          Object.entries(record[direction] ?? {}).map(([week, count]) => [`${direction}.${week}`, count]),
        ),
      ),
    ]),
  );
}
