import { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import type { Deps } from '../deps.js';
import type { FailedMessage, RawMessage } from '../mail/raw-message.js';
import { claimedTags } from '../mail/reply-address.js';
import { finishHandling } from './act-on.js';
import { findCandidates } from './find-candidates.js';
import { findSent } from './find-sent.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';
import { match, type Match } from './match.rules.js';
import { storeSources } from './source.js';
import { suggest } from './suggest.rules.js';
import { happenedAt, understand, unreadable, type Understood } from './understand.js';

export type TakenIn = { stored: number; known: number };

type Taken = { _id: Types.ObjectId; raw: RawMessage; said: Understood };

/** Nobody is looked for behind these. */
const ofNobody = new Set<Understood['kind']>(['own', 'list']);

/**
 * Takes in a group of messages: understands each, stores what is new, places what is certain, and does what follows from it. Safe to
 * repeat: a message that was stored is known by what it is. One that cannot be read is kept with the reason and stops no other.
 * @throws only when the database cannot be reached
 */
export async function takeIn(
  messages: readonly RawMessage[],
  deps: Deps,
  failed: readonly FailedMessage[] = [],
): Promise<TakenIn> {
  const reading = { ourselves: ourselvesOf(deps), authServer: deps.replies.authServer };
  const taken: Taken[] = [];
  for (const raw of messages)
    taken.push({ _id: new Types.ObjectId(), raw, said: await understand(raw.source, reading) });
  for (const one of failed) taken.push(notFetched(one, deps.now()));
  const fresh = await withoutKnown(taken);
  const mails = await place(fresh, deps);
  const stored = await store(fresh, mails);
  await finishHandling(
    stored.filter(({ handledAt }) => !handledAt),
    deps,
  );
  return { stored: stored.length, known: taken.length - stored.length };
}

/** What a server would not hand over is written down, so that somebody looks for it there. */
const notFetched = ({ failed, origin }: FailedMessage, receivedAt: Date): Taken => ({
  _id: new Types.ObjectId(),
  raw: { source: Buffer.alloc(0), size: 0, receivedAt, origin },
  said: unreadable(Buffer.from(origin), failed),
});

export const ourselvesOf = ({ post, replies }: Pick<Deps, 'post' | 'replies'>) => ({
  addresses: [post.from.address, replies.address ?? ''].filter(Boolean).map((one) => one.toLowerCase()),
});

async function withoutKnown(taken: readonly Taken[]): Promise<Taken[]> {
  const unique = [...new Map(taken.map((one) => [one.said.fingerprint, one])).values()];
  const known = await IncomingMail.find(
    { fingerprint: { $in: unique.map(({ said }) => said.fingerprint) } },
    { fingerprint: 1 },
  ).lean();
  const there = new Set(known.map(({ fingerprint }) => fingerprint));
  return unique.filter(({ said }) => !there.has(said.fingerprint));
}

/** Decides for each where it belongs, with as few questions to the database as there are kinds of them. */
async function place(fresh: readonly Taken[], deps: Deps): Promise<NewMail[]> {
  const base = deps.replies.address;
  const tagsOf = new Map(fresh.map(({ _id, said }) => [_id, base ? claimedTags(base, said.to) : []]));
  const tags = [...tagsOf.values()].flat();
  const sent = await findSent(
    tags.flatMap((tag) => ('followUp' in tag ? [tag.followUp] : [])),
    fresh.flatMap(({ said }) => said.answers),
  );
  const context = { ...sent, secret: deps.sessionSecret, now: deps.now() };
  const matches = fresh.map(({ _id, said }): Match =>
    ofNobody.has(said.kind)
      ? { to: null, refused: [], pointsTo: [] }
      : match({ tags: tagsOf.get(_id)!, answers: said.answers, dmarc: said.authentication.dmarc }, context),
  );
  const unplaced = fresh.filter(({ said }, i) => !matches[i]!.to && !ofNobody.has(said.kind));
  const candidates = await findCandidates(
    unplaced.map(({ said }) => ({
      name: said.from.name,
      address: said.problem?.address ?? said.from.address,
    })),
    matches.flatMap((found) => (found.to ? [] : found.pointsTo)),
  );
  return fresh.map((one, i) => asMail(one, matches[i]!, candidates, deps.now()));
}

type NewMail = ReturnType<typeof asMail>;

function asMail(
  { _id, raw, said }: Taken,
  found: Match,
  candidates: Parameters<typeof suggest>[1],
  now: Date,
) {
  const { date, ...says } = said;
  const when = happenedAt(date, raw.receivedAt, raw.isOld ?? false);
  const mail = {
    _id,
    ...says,
    origin: raw.origin,
    receivedAt: raw.receivedAt,
    happenedAt: when,
    size: raw.size,
  };
  if (ofNobody.has(said.kind)) return { ...mail, state: 'set aside' as const, handledAt: now };
  if (found.to) {
    const { recipient, campaign, followUp } = found.to;
    return {
      ...mail,
      state: 'placed' as const,
      recipient: new Types.ObjectId(recipient),
      campaign: new Types.ObjectId(campaign),
      followUp: followUp ? new Types.ObjectId(followUp) : null,
      placedBecause: found.because,
      placements: 1,
      handledAt: null,
    };
  }
  const suggestions = suggest(
    {
      from: said.from,
      subject: said.subject,
      failedAddress: said.problem?.address ?? null,
      happenedAt: when,
      pointsTo: found.pointsTo,
    },
    candidates,
  );
  return { ...mail, state: 'waiting' as const, refused: found.refused, suggestions, handledAt: null };
}

/** Sources first: a message without its source would be worse than a source without its message. */
async function store(fresh: readonly Taken[], mails: readonly NewMail[]): Promise<IncomingMailRecord[]> {
  if (mails.length === 0) return [];
  await storeSources(
    fresh
      .map(({ _id, raw: { source, receivedAt } }) => ({ _id, source, receivedAt }))
      .filter(({ source }) => source.length > 0),
  );
  try {
    const stored = await IncomingMail.insertMany(mails, { ordered: false });
    return stored.map((mail) => mail.toObject() as IncomingMailRecord);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // another process took the same ones in at this moment
    return IncomingMail.find({ _id: { $in: mails.map(({ _id }) => _id) } }).lean<IncomingMailRecord[]>();
  }
}
