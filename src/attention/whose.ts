import type { QueryFilter, Types } from 'mongoose';
import type { FollowUpRecord } from '../follow-ups/follow-up.model.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { whoIsTold, whoIsToldOfLaw, whoIsToldOfStrays, type Staff } from './whose.rules.js';

type Id = Types.ObjectId;
type OwnedCampaign = { _id: Id; owner?: Id | null };
/** A recipient that somebody on the staff looks after. */
export type LookedAfter = Pick<RecipientRecord, '_id' | 'campaign'> & { owner: Id };

/** What is one person's, as far as a query needs it: `whoIsTold` the other way round. */
export type Yours = {
  me: Id;
  colleagues: Id[];
  /** the campaigns whose recipients are this person's unless a colleague looks after them, and all the others */
  campaigns: Id[];
  others: Id[];
  /** the recipients this person looks after, and those of `campaigns` that a colleague does */
  mine: Id[];
  theirs: Id[];
  /** are they told of laws, and of mail that may be anybody's? */
  ofLaw: boolean;
  ofStrays: boolean;
};

export type House = {
  campaigns: readonly OwnedCampaign[];
  staff: readonly (Staff & { _id: Id })[];
  lookedAfter: readonly LookedAfter[];
};

export function yoursOf(me: Id, { campaigns, staff, lookedAfter }: House): Yours {
  const isMe = (ids: string[]) => ids.includes(String(me));
  const falling = campaigns.filter((campaign) => isMe(whoIsTold(null, campaign, staff)));
  const ids = falling.map(({ _id }) => _id);
  const fallsToMe = new Set(ids.map(String));
  return {
    me,
    colleagues: staff.map(({ _id }) => _id).filter((id) => !id.equals(me)),
    campaigns: ids,
    others: campaigns.map(({ _id }) => _id).filter((id) => !fallsToMe.has(String(id))),
    mine: lookedAfter.filter(({ owner }) => owner.equals(me)).map(({ _id }) => _id),
    theirs: lookedAfter
      .filter(({ owner, campaign }) => !owner.equals(me) && fallsToMe.has(String(campaign)))
      .map(({ _id }) => _id),
    ofLaw: isMe(whoIsToldOfLaw(campaigns, staff)),
    ofStrays: isMe(whoIsToldOfStrays(campaigns, staff)),
  };
}

/** Recipients, as far as `which` says. Each branch holds all of the filter, and so is answered from one index. */
export function recipientsOf(
  { me, campaigns, others, colleagues }: Yours,
  which: QueryFilter<RecipientRecord>,
): QueryFilter<RecipientRecord> {
  const falling = { campaign: { $in: campaigns }, owner: { $nin: colleagues }, ...which };
  const named = { campaign: { $in: others }, owner: me, ...which };
  if (others.length === 0) return falling;
  return campaigns.length === 0 ? named : { $or: [falling, named] };
}

/** What belongs to a recipient and is not the recipient itself: a follow-up, a placed message. */
export const belongingTo = ({
  campaigns,
  mine,
  theirs,
}: Yours): QueryFilter<FollowUpRecord> & QueryFilter<IncomingMailRecord> => ({
  $or: [{ campaign: { $in: campaigns }, recipient: { $nin: theirs } }, { recipient: { $in: mine } }],
});

/** A message that nobody has placed: it may be anybody's, and is theirs as well who look after somebody it may be from. */
export const strayTo = ({ ofStrays, mine }: Yours): QueryFilter<IncomingMailRecord> =>
  ofStrays ? {} : { 'suggestions.recipient': { $in: mine } };
