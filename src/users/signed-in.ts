import passport from 'passport';
import { Strategy } from 'passport-local';
import { checkSignIn } from './sign-in.js';
import { accountOf, type SessionUser } from './session-store.js';
import { toSignedInUser, type SignedInUser } from './user.model.js';

declare global {
  // passport's own way to say what req.user is
  namespace Express {
    interface User extends SignedInUser {}
  }
}

/** passport's word for a form without an address or a password; a list sent in their place counts as that too. */
export const NOTHING_TYPED = 'Missing credentials';

/** passport: reads the signed-in person from the session, and knows the one way to sign in. */
export function signedIn({ now }: { now: () => Date }) {
  passport.use(
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
  passport.serializeUser<SessionUser>((user, done) =>
    done(null, { id: user._id, version: user.sessionVersion }),
  );
  passport.deserializeUser<SessionUser>((kept, done) => done(null, signedInBy(kept) ?? false));
  return passport.session();
}

/** The person of a session, unless the account was closed or its password changed since. */
function signedInBy(kept: SessionUser): SignedInUser | null {
  const user = accountOf(kept);
  return user && !user.closedAt && user.sessionVersion === kept.version ? toSignedInUser(user) : null;
}
