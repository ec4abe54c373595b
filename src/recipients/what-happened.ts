import type { Types } from 'mongoose';
import { Commitment } from '../commitments/commitment.model.js';
import { wentOrMayHave } from '../follow-ups/ask-about.js';
import { FollowUp, standsIn } from '../follow-ups/follow-up.model.js';
import { Entry } from '../history/entry.model.js';
import { findEvenRemoved } from './recipients.js';
import { whatHappened, type Happened } from './removal.rules.js';

/** What keeps a recipient from being removed now, also one that was removed a moment ago. */
export async function readHappened(id: Types.ObjectId): Promise<Happened[]> {
  const [{ unreadMail }, entries, commitments, went] = await Promise.all([
    findEvenRemoved(id),
    Entry.countDocuments({ recipient: id }),
    Commitment.countDocuments({ recipient: id }),
    FollowUp.find({ recipient: id, ...standsIn(wentOrMayHave) }, { state: 1, subject: 1 })
      .sort({ dueAt: 1 })
      .lean(),
  ]);
  return whatHappened({
    entries,
    commitments,
    went: went.map(({ _id, state, subject }) => ({ state, subject, href: `/follow-ups/${String(_id)}` })),
    hasUnreadMail: Boolean(unreadMail?.length),
  });
}
