import passport from 'passport';
import { createRouter } from '../web/router.js';
import { emptyForm } from '../web/form.js';
import { renderForm } from '../web/render.js';
import { queryText } from '../web/params.js';
import { EVERYONE_SIGNED_IN } from './user.rules.js';
import type { SignedInUser } from './user.model.js';

export function signInRoutes() {
  const routes = createRouter();

  routes.get('/sign-in', 'anyone', async (req, res) => {
    if (req.user) return res.redirect('/');
    return renderForm(res, 'users/sign-in', 'Sign in', {
      form: emptyForm(),
      next: ownPath(queryText(req, 'next')),
    });
  });

  routes.post('/sign-in', 'anyone', (req, res, next) => {
    const { email = '', next: target = '' } = (req.body ?? {}) as Record<string, string>;
    const check = passport.authenticate(
      'local',
      (error: unknown, user: SignedInUser | false, info?: { message: string }) => {
        if (error) return next(error);
        if (!user) {
          const message =
            info?.message === 'Missing credentials'
              ? 'Enter your email address and your password.'
              : info?.message;
          const form = { values: { email: String(email) }, errors: { email: message ?? 'Try again.' } };
          return renderForm(res, 'users/sign-in', 'Sign in', { form, next: ownPath(String(target)) }).catch(
            next,
          );
        }
        return req.logIn(user, (failed) => (failed ? next(failed) : res.redirect(ownPath(String(target)))));
      },
    ) as (...args: unknown[]) => void;
    check(req, res, next);
  });

  routes.post('/sign-out', EVERYONE_SIGNED_IN, (req, res, next) => {
    req.logout((error) => (error ? next(error) : res.redirect('/sign-in')));
  });

  return routes.handler;
}

/** Where to go after signing in: a page of ours, never another site. */
const ownPath = (target: string): string =>
  /^\/(?![/\\])/.test(target) && !/[\r\n]/.test(target) ? target : '/';
