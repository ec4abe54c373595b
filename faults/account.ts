import { atMost, type Row } from '../bench/rows.js';
import { FollowUp, type FollowUpRecord } from '../src/follow-ups/follow-up.model.js';
import type { FollowUpState } from '../src/follow-ups/follow-up.rules.js';
import { Entry } from '../src/history/entry.model.js';
import type { Taken } from './rules.js';

export type Account = {
  /** how many follow-ups are in each state */
  states: Partial<Record<FollowUpState, number>>;
  taken: number;
  /** messages beyond the first, of a Message-ID or to a recipient for a step */
  twice: number;
  /** sentences */
  unaccounted: string[];
};

/** Holds the ledger against what the mail server took, and against history. */
export async function account(taken: readonly Taken[]): Promise<Account> {
  const rows = await FollowUp.find().lean<FollowUpRecord[]>();
  const rowOf = new Map(rows.map((row) => [row.messageId, row]));
  const steps = taken.map(({ messageId, to }) => {
    const row = rowOf.get(messageId);
    return row ? `${String(row.recipient)} ${row.step}` : `unknown ${to.join()}`;
  });
  const states: Account['states'] = {};
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
  return {
    states,
    taken: taken.length,
    twice: Math.max(beyondFirst(taken.map(({ messageId }) => messageId)), beyondFirst(steps)),
    unaccounted: await unaccountedOf(rows, rowOf, new Set(taken.map(({ messageId }) => messageId))),
  };
}

const beyondFirst = (names: readonly string[]): number => names.length - new Set(names).size;

async function unaccountedOf(
  rows: readonly FollowUpRecord[],
  rowOf: ReadonlyMap<string, FollowUpRecord>,
  taken: ReadonlySet<string>,
): Promise<string[]> {
  const entries = (await Entry.find({ followUp: { $exists: true } }).lean()).map(({ followUp }) =>
    String(followUp),
  );
  const inHistory = new Set(entries);
  return [
    ...rows
      .filter(({ state, messageId }) => state === 'sent' && !taken.has(messageId))
      .map(({ messageId }) => `${messageId} is written down as sent, and never arrived`),
    ...rows
      .filter(({ state }) => state === 'sending' || state === 'planned')
      .map(({ messageId, state }) => `${messageId} is still ${state}`),
    ...[...taken]
      .filter((messageId) => !['sent', 'uncertain'].includes(rowOf.get(messageId)?.state ?? ''))
      .map((messageId) => `${messageId} arrived, and is ${rowOf.get(messageId)?.state ?? 'unknown'}`),
    ...rows
      .filter(({ _id, state }) => state === 'sent' && !inHistory.has(String(_id)))
      .map(({ messageId }) => `${messageId} was sent, and history does not know`),
    ...(beyondFirst(entries) > 0 ? [`${beyondFirst(entries)} entries too many in history`] : []),
  ];
}

/** What no fault may cost. The sentences go to standard error: the table only counts them. */
export function nothingLost(name: string, { twice, unaccounted }: Account): Row[] {
  for (const sentence of unaccounted) console.error(`${name}: ${sentence}`);
  return [
    atMost(`${name}: sent twice`, twice, 'messages', 0),
    atMost(`${name}: unaccounted for`, unaccounted.length, 'messages', 0),
  ];
}

/** A figure that has to be this one and no other. */
export const exactly = (name: string, value: number, unit: string, wanted: number): Row => ({
  name,
  value,
  unit,
  target: `= ${wanted}`,
  ok: value === wanted,
});
