import { MongoStore } from 'connect-mongo';
import type { SessionData } from 'express-session';
import mongoose, { type Types } from 'mongoose';
import type { UserRecord } from './user.model.js';

/** What a session keeps of who signed in. */
export type SessionUser = { id: Types.ObjectId; version: number };

type Stored = {
  session: SessionData & { passport?: { user?: SessionUser } };
  lastModified?: Date;
  accounts: UserRecord[];
};
type Done = (error: unknown, session?: SessionData | null) => void;

const collectionName = 'sessions';
const accounts = new WeakMap<SessionUser, UserRecord>();

/** The account that was read together with the session, as it was at that moment. */
export const accountOf = (kept: SessionUser): UserRecord | undefined => accounts.get(kept);

/** Sessions in the database. Every page needs the session and the account behind it, so one read brings both. */
export class SessionStore extends MongoStore {
  constructor(options: Omit<ConstructorParameters<typeof MongoStore>[0], 'collectionName' | 'stringify'>) {
    super({ ...options, collectionName, stringify: false });
  }

  override get(sid: string, done: Done): void {
    readSession(sid).then(
      (session) => done(null, session),
      (error: unknown) => done(error),
    );
  }
}

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
  const { session, lastModified, accounts: found } = stored;
  const kept = session.passport?.user;
  if (kept && found[0]) accounts.set(kept, found[0]);
  return Object.assign(session, { lastModified });
}
