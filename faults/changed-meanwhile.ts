import { Types } from 'mongoose';
import { type Row } from '../bench/rows.js';
import { logEntry } from '../src/history/log-entry.js';
import { withdrawApproval } from '../src/follow-ups/approve.js';
import { cancelFollowUp } from '../src/follow-ups/cancel.js';
import { FollowUp, type FollowUpRecord } from '../src/follow-ups/follow-up.model.js';
import type { FollowUpState } from '../src/follow-ups/follow-up.rules.js';
import { Office } from '../src/organisations/office.model.js';
import { editHolder, editOffice } from '../src/organisations/organisations.js';
import { Recipient } from '../src/recipients/recipient.model.js';
import { addSuppression } from '../src/suppressions/suppressions.js';
import type { SignedInUser } from '../src/users/user.model.js';
import { exactly, nothingLost } from './account.js';
import { until } from './processes.js';
import { finished, withScene } from './scene.js';
import type { World } from './world.js';

type Change = {
  make: (followUp: FollowUpRecord, now: Date) => Promise<unknown>;
  /** what has to become of it */
  becomes: FollowUpState;
};

/** Each happens to a follow-up of its own. */
const changes: Record<string, Change> = {
  'a reply logged': { make: replied, becomes: 'cancelled' },
  'the address of the office changed': { make: movedAway, becomes: 'held' },
  'the address not to be written to any more': { make: suppressed, becomes: 'held' },
  'the holder replaced': { make: replaced, becomes: 'held' },
  'the approval withdrawn': {
    make: ({ _id }) => withdrawApproval(_id, 'Robin Example withdrew the approval.'),
    becomes: 'held',
  },
  'it cancelled': {
    make: ({ _id }) => cancelFollowUp(_id, 'Robin Example cancelled it.'),
    becomes: 'cancelled',
  },
};

const COUNT = 60;

/** While ten messages are with the mail server, others of the same sweep wait in line: the world changes for some of them. */
export const changedMeanwhile = ({ uri }: World): Promise<Row[]> =>
  withScene(
    { uri, count: COUNT, behaviour: { rules: [{ at: 'message', does: 'wait' }] } },
    async ({ clock, mail, worker, account }) => {
      const one = worker();
      await one.begin();
      await until('all connections are in use', () => mail.waiting() === 10);
      await until(
        'all a worker takes is claimed',
        async () => (await FollowUp.countDocuments({ state: 'sending' })) === 40,
      );
      const begun = (await mail.all()).map(({ messageId }) => messageId);
      const changed = await changeEach(begun, clock.now());
      mail.goOn();
      await finished(one, 1);
      const end = await account();
      const found = await FollowUp.find({ _id: { $in: [...changed.values()] } }).lean<FollowUpRecord[]>();
      const stateOf = new Map(found.map(({ _id, state }) => [String(_id), state]));
      return [
        ...[...changed].map(([what, id]) => {
          const is = stateOf.get(String(id)) === changes[what]!.becomes;
          return exactly(
            `between claim and sending, ${what}: ${changes[what]!.becomes}`,
            Number(is),
            'message',
            1,
          );
        }),
        exactly('between claim and sending: the others sent', end.taken, 'messages', COUNT - changed.size),
        ...nothingLost('between claim and sending', {
          ...end,
          unaccounted: end.unaccounted.filter((sentence) => !sentence.endsWith('is still planned')),
        }),
      ];
    },
  );

async function changeEach(begun: readonly string[], now: Date): Promise<Map<string, Types.ObjectId>> {
  const rows = await FollowUp.find({ messageId: { $nin: begun } }).lean<FollowUpRecord[]>();
  const changed = new Map<string, Types.ObjectId>();
  for (const [what, change] of Object.entries(changes)) {
    const at = rows.findIndex(({ state }) => state === 'sending');
    const [followUp] = rows.splice(at, 1);
    await change.make(followUp!, now);
    changed.set(what, followUp!._id);
  }
  return changed;
}

/** They call, and it is logged. */
export function replied(
  { campaign, recipient }: Pick<FollowUpRecord, 'campaign' | 'recipient'>,
  now: Date,
): Promise<unknown> {
  const call = {
    kind: 'call',
    direction: 'in',
    receivedAs: 'reply',
    occurredAt: now,
    precision: 'time',
  } as const;
  const by = { _id: new Types.ObjectId() } as SignedInUser;
  return logEntry({ campaign, recipient }, call, { by, now });
}

function suppressed({ to }: FollowUpRecord, now: Date): Promise<unknown> {
  const form = { kind: 'address', value: to.address, reason: 'They asked.', source: 'A call' } as const;
  const days = { from: now.toISOString().slice(0, 10), until: '' };
  return addSuppression({ ...form, ...days, organisation: '' }, new Types.ObjectId(), now);
}

const officeOf = async ({ recipient }: FollowUpRecord) => {
  const { office } = (await Recipient.findById(recipient).lean())!;
  return (await Office.findById(office).lean())!;
};

async function movedAway(followUp: FollowUpRecord, now: Date): Promise<void> {
  const { _id, title, timeZone, postalAddress, phone, notes, country } = await officeOf(followUp);
  const form = { title, timeZone, postalAddress, phone, notes, country, email: 'moved@example.org' };
  await editOffice(_id, form, now);
}

async function replaced(followUp: FollowUpRecord, now: Date): Promise<void> {
  const office = await officeOf(followUp);
  const form = { name: 'Noa Newcomer', salutation: 'Dear Noa Newcomer', from: '', until: '' };
  await editHolder(office, office.holders[0]!._id, form, now);
}
