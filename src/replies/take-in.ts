import { Types } from 'mongoose';
import { isDuplicate, pastDeadlocks } from '../database.js';
import type { Deps } from '../deps.js';
import type { FailedMessage, RawMessage } from '../mail/raw-message.js';
import { claimedTags } from '../mail/reply-address.js';
import { togetherOrAlone } from '../together-or-alone.js';
import { endLinksIn } from '../users/links-in-mail.js';
import { finishEach } from './act-on.js';
import { findCandidates } from './find-candidates.js';
import { findSent } from './find-sent.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';
import { match, type Match } from './match.rules.js';
import { isOfNobody, newMail, type Taken } from './new-mail.js';
import { dropSources, storeSources } from './source.js';
import { understand, unreadable } from './understand.js';

export type TakenIn = { stored: number; known: number };

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
  const taken: Taken[] = [];
  for (const raw of messages) taken.push(await take(raw, deps));
  return keep([...taken, ...failed.map((one) => notFetched(one, deps.now()))], deps);
}

/** The first step of it, which needs no database: what one message says. */
export async function take(raw: RawMessage, deps: Deps): Promise<Taken> {
  const _id = new Types.ObjectId();
  const reading = { ourselves: ourselvesOf(deps), authServer: deps.replies.authServer };
  try {
    return { _id, raw, said: await understand(raw.source, reading) };
  } catch (error) {
    return quarantined({ _id, raw, said: unreadable(raw.source, '') }, error, deps);
  }
}

/** The other steps: messages that have been understood are stored, and what follows from them is done. */
export async function keep(taken: readonly Taken[], deps: Deps): Promise<TakenIn> {
  const { stored, known, unhandled } = await store(taken, deps);
  await finishEach(unhandled, deps);
  return { stored, known };
}

/** `unhandled` are those from which something follows: see `finishEach`. */
export type Stored = TakenIn & { unhandled: readonly IncomingMailRecord[] };

/** Stores what is new where it belongs, with its source. */
export async function store(taken: readonly Taken[], deps: Deps): Promise<Stored> {
  const fresh = await withoutKnown(taken);
  await endLinksIn(fresh.map(({ raw }) => raw.source));
  const sources = keepSources(fresh);
  const placeAndInsert = async (some: readonly Taken[]) => {
    // sources first: a message without its source would be worse than a source without its message
    const [mails] = await Promise.all([place(some, deps), sources]);
    return insert(mails);
  };
  const stored = await togetherOrAlone(fresh, placeAndInsert, (one, error) =>
    placeAndInsert([quarantined(one, error, deps)]),
  );
  if (stored.length < fresh.length) await dropSources(withoutThose(fresh, stored));
  return {
    stored: stored.length,
    known: taken.length - stored.length,
    unhandled: stored.filter(({ handledAt }) => !handledAt),
  };
}

/** One that a rule or the database stumbles over: that is our fault, and a person can read it all the same. */
function quarantined({ said, ...one }: Taken, error: unknown, { log }: Deps): Taken {
  log.error({ err: error, origin: one.raw.origin }, 'an incoming message could not be dealt with');
  const why = 'Answerable cannot deal with it, by a fault of its own; the log says more.';
  return { ...one, said: { ...unreadable(one.raw.source, why), fingerprint: said.fingerprint } };
}

const withoutThose = (all: readonly Taken[], those: readonly IncomingMailRecord[]): Types.ObjectId[] => {
  const there = new Set(those.map(({ _id }) => String(_id)));
  return all.map(({ _id }) => _id).filter((id) => !there.has(String(id)));
};

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
async function place(fresh: readonly Taken[], deps: Deps): Promise<IncomingMailRecord[]> {
  const base = deps.replies.address;
  const tagsOf = new Map(fresh.map(({ _id, said }) => [_id, base ? claimedTags(base, said.to) : []]));
  const tags = [...tagsOf.values()].flat();
  const sent = await findSent(
    tags.flatMap((tag) => ('followUp' in tag ? [tag.followUp] : [])),
    fresh.flatMap(({ said }) => said.answers),
  );
  const context = { ...sent, secret: deps.sessionSecret, now: deps.now() };
  const matches = fresh.map(({ _id, said }): Match =>
    isOfNobody(said)
      ? { to: null, refused: [], pointsTo: [] }
      : match({ tags: tagsOf.get(_id)!, answers: said.answers, dmarc: said.authentication.dmarc }, context),
  );
  const unplaced = fresh.filter(({ said }, i) => !matches[i]!.to && !isOfNobody(said));
  const candidates = await findCandidates(
    unplaced.map(({ said }) => ({
      name: said.from.name,
      address: said.problem?.address ?? said.from.address,
    })),
    matches.flatMap((found) => (found.to ? [] : found.pointsTo)),
  );
  return fresh.map((one, i) => newMail(one, matches[i]!, candidates, deps.now()));
}

const keepSources = (fresh: readonly Taken[]): Promise<void> =>
  storeSources(
    fresh
      .map(({ _id, raw: { source, receivedAt } }) => ({ _id, source, receivedAt }))
      .filter(({ source }) => source.length > 0),
  );

async function insert(mails: readonly IncomingMailRecord[]): Promise<readonly IncomingMailRecord[]> {
  if (mails.length === 0) return [];
  try {
    // not by way of the model: it would cost more than all that it is told about the message
    await pastDeadlocks(() => IncomingMail.collection.insertMany([...mails], { ordered: false }));
    return mails;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // another process took the same ones in at this moment
    return IncomingMail.find({ _id: { $in: mails.map(({ _id }) => _id) } }).lean<IncomingMailRecord[]>();
  }
}
