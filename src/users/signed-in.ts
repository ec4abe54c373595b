import passport from 'passport';
import { Strategy } from 'passport-local';
import { checkSignIn } from './sign-in.js';
import { accountOf, SESSION_MS, type SessionUser } from './session-store.js';
import { toSignedInUser, type SignedInUser } from './user.model.js';

declare global {
  // passport's own way to say what req.user is
  namespace Express {
    interface User extends SignedInUser {}
  }
}

/** passport's word for a form without an address or a password; a list sent in their place counts as that too. */
export const NOTHING_TYPED = 'Missing credentials';

/** passport: reads the signed-in person from the session, and knows the one way to sign in. One for each app, with its clock. */
export function signedIn({ now }: { now: () => Date }): passport.Authenticator {
  const authenticator = new passport.Passport();
  authenticator.use(
    new Strategy(
      { usernameField: 'email', passReqToCallback: true },
      (req, email: unknown, password: unknown, done) => {
        if (typeof email !== 'string' || typeof password !== 'string')
          return done(null, false, { message: NOTHING_TYPED });
        return checkSignIn({ email, password, ip: req.ip ?? 'unknown' }, now()).then(
          (result) =>
            'user' in result ? done(null, result.user) : done(null, false, { message: result.refused }),
          (error: unknown) => done(error),
        );
      },
    ),
  );
  authenticator.serializeUser<SessionUser>((user, done) =>
    done(null, { id: user._id, version: user.sessionVersion, signedInAt: now() }),
  );
  authenticator.deserializeUser<SessionUser>((kept, done) => done(null, signedInBy(kept, now()) ?? false));
  return authenticator;
}

/** The person of a session, unless it has lasted its time, or the account was closed or its password changed since. */
function signedInBy(kept: SessionUser, now: Date): SignedInUser | null {
  // the cookie alone ends nothing: a browser forgets it, whoever copied it does not
  const signedInAt = kept.signedInAt?.getTime() ?? 0;
  if (now.getTime() - signedInAt >= SESSION_MS) return null;
  const user = accountOf(kept);
  return user && !user.closedAt && user.sessionVersion === kept.version ? toSignedInUser(user) : null;
}
