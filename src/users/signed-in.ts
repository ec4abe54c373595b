import type { RequestHandler } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { checkSignIn } from './sign-in.js';
import { toSignedInUser, User, type SignedInUser, type UserRecord } from './user.model.js';

declare global {
  // passport's own way to say what req.user is
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface User extends SignedInUser {}
  }
}

type SessionUser = { id: string; version: number };

/** passport: reads the signed-in person from the session, and knows the one way to sign in. */
export function signedIn(): RequestHandler[] {
  passport.use(
    new Strategy({ usernameField: 'email', passReqToCallback: true }, (req, email, password, done) => {
      checkSignIn({ email, password, ip: req.ip ?? 'unknown' }, new Date()).then(
        (result) =>
          'user' in result ? done(null, result.user) : done(null, false, { message: result.refused }),
        (error: unknown) => done(error),
      );
    }),
  );
  passport.serializeUser<SessionUser>((user, done) =>
    done(null, { id: user.id, version: user.sessionVersion }),
  );
  passport.deserializeUser<SessionUser>((kept, done) => {
    findSignedIn(kept).then((user) => done(null, user ?? false), done);
  });
  return [passport.session()];
}

/** The person of a session, unless the account was closed or its password changed since. */
async function findSignedIn({ id, version }: SessionUser): Promise<SignedInUser | null> {
  const user = await User.findById(id).lean<UserRecord>();
  if (!user || user.closedAt || user.sessionVersion !== version) return null;
  return toSignedInUser(user);
}
