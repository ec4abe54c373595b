import { followUpStateNames, type FollowUpState } from '../follow-ups/follow-up.rules.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { byId, groupBy } from '../group-by.js';
import { Recipient } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import { readPage, type Page } from '../web/paging.js';
import { Firing, type FiringRecord } from './firing.model.js';
import { saidInWords } from './trigger-words.js';
import type { TriggerRecord } from './trigger.model.js';

type Step = { _id: unknown; step: number; state: FollowUpState; stateName: string };

/** What a trigger did for one recipient, one person or the partners. */
export type ShownFiring = Pick<FiringRecord, 'day' | 'how' | 'moves' | 'state' | 'at'> & {
  name: string;
  /** the page of the recipient; null for staff and partners */
  href: string | null;
  said: string;
  steps: Step[];
};

/** One page of what a trigger did, the latest first. */
export async function readFirings(
  { _id }: Pick<TriggerRecord, '_id'>,
  number: number,
): Promise<Page<ShownFiring>> {
  const list = Firing.find({ trigger: _id }).sort({ _id: -1 }).lean<FiringRecord[]>();
  const { rows, ...page } = await readPage(list, number);
  const to = { _id: { $in: rows.map((firing) => firing.to) } };
  const [recipients, people, followUps] = await Promise.all([
    Recipient.find(to, { organisationName: 1, officeTitle: 1 }).lean(),
    User.find(to, { name: 1 }).lean(),
    FollowUp.find(
      { trigger: _id, recipient: { $in: rows.map((firing) => firing.to) } },
      { recipient: 1, step: 1, state: 1 },
    )
      .sort({ step: 1, revision: 1 })
      .lean(),
  ]);
  const [recipientOf, personOf] = [byId(recipients), byId(people)];
  const stepsOf = groupBy(followUps, ({ recipient }) => String(recipient));
  const shown = rows.map(({ to: id, said, day, how, moves, state, at }) => {
    const recipient = recipientOf.get(String(id));
    return {
      day,
      how,
      moves,
      state,
      at,
      name: recipient
        ? `${recipient.organisationName}, ${recipient.officeTitle}`
        : (personOf.get(String(id))?.name ?? 'Partners'),
      href: recipient ? `/recipients/${String(id)}` : null,
      said: saidInWords[said] ?? said,
      steps: (stepsOf.get(String(id)) ?? []).map((row) => ({
        _id: row._id,
        step: row.step,
        state: row.state,
        stateName: followUpStateNames[row.state],
      })),
    };
  });
  return { ...page, rows: shown };
}
