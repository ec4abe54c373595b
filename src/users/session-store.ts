import { MongoStore } from 'connect-mongo';
import type { Cookie, SessionData } from 'express-session';
import mongoose, { type Types } from 'mongoose';
import type { UserRecord } from './user.model.js';

/** So long, in milliseconds, a session lasts from the sign-in on, however often it is used. */
export const SESSION_MS = 14 * 86_400_000;

/** What a session keeps of who signed in. `signedInAt` is absent in one that an earlier version began. */
export type SessionUser = { id: Types.ObjectId; version: number; signedInAt?: Date };

type Stored = {
  session: SessionData & { passport?: { user?: SessionUser } };
  accounts: UserRecord[];
};
type Done = (error: unknown, session?: SessionData | null) => void;

const collectionName = 'sessions';
const accounts = new WeakMap<SessionUser, UserRecord>();

/** What was written of the sessions that this process has saved. */
const written = new WeakMap<object, string>();

/** Those that it has read. */
const known = new WeakSet<object>();

/** All of a session but its cookie, which changes with every request. */
export const contentOf = (kept: SessionData): string => JSON.stringify({ ...kept, cookie: null });

/** The account that was read together with the session, as it was at that moment. */
export const accountOf = (kept: SessionUser): UserRecord | undefined => accounts.get(kept);

/**
 * Sessions in the database. Every page needs the session and the account behind it, so one read brings both. The database
 * removes a session (the index on `expires`) `SESSION_MS` after its last save. Signing in is a save, so none goes before its end;
 * the end itself is checked where the person is read from it (`signed-in.ts`).
 */
export class SessionStore extends MongoStore {
  constructor(options: Omit<ConstructorParameters<typeof MongoStore>[0], 'collectionName' | 'stringify'>) {
    super({ ...options, collectionName, stringify: false });
  }

  /** Asked for on each page. A session does not last longer for being used, so there is nothing to write. */
  override touch(_sid: string, _session: SessionData, done: (error: unknown) => void = () => {}): void {
    done(null);
  }

  /**
   * express-session saves a session that was begun anew, at a sign-in or sign-out, once more while the answer goes out already.
   * Whoever is on the next page by then would lose what that page has kept in it, the token of its forms.
   */
  override set(sid: string, session: SessionData, done: (error: unknown) => void = () => {}): void {
    const content = contentOf(session);
    if (written.get(session) === content) return done(null);
    const ended = (error: unknown) => {
      if (!error) written.set(session, content);
      done(error);
    };
    return known.has(session) ? change(sid, session, ended) : super.set(sid, session, ended);
  }

  override createSession(...read: Parameters<MongoStore['createSession']>) {
    const session = super.createSession(...read);
    known.add(session);
    return session;
  }

  override get(sid: string, done: Done): void {
    readSession(sid).then(
      (session) => done(null, session),
      (error: unknown) => done(error),
    );
  }
}

/** Where it is no longer, it stays so: a page that is being made while its reader signs out does not sign them in again. */
function change(sid: string, session: SessionData, done: (error: unknown) => void): void {
  const { cookie, ...rest } = session;
  mongoose.connection
    .collection<{ _id: string }>(collectionName)
    .updateOne(
      { _id: sid },
      { $set: { session: { ...rest, cookie: cookieOf(cookie) }, expires: cookie.expires } },
    )
    .then(() => done(null), done);
}

/** As the store that this one extends keeps it. */
const cookieOf = (cookie: Cookie): object => (cookie as unknown as { toJSON: () => object }).toJSON();

async function readSession(sid: string): Promise<SessionData | null> {
  const [stored] = await mongoose.connection
    .collection(collectionName)
    .aggregate<Stored>([
      { $match: { _id: sid, expires: { $gt: new Date() } } },
      {
        $lookup: {
          from: 'users',
          localField: 'session.passport.user.id',
          foreignField: '_id',
          as: 'accounts',
        },
      },
    ])
    .toArray();
  // what an earlier version kept was a text: whoever it belongs to signs in again
  if (typeof stored?.session !== 'object') return null;
  const { session, accounts: found } = stored;
  const kept = session.passport?.user;
  if (kept && found[0]) accounts.set(kept, found[0]);
  return session;
}
