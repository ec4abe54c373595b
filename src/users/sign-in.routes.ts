import type passport from 'passport';
import { emptyForm } from '../web/form.js';
import { ownPath } from '../web/own-path.js';
import { bodyText, queryText } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { csrfToken } from '../web/sessions.js';
import { NOTHING_TYPED } from './signed-in.js';
import type { SignedInUser } from './user.model.js';
import { EVERYONE_SIGNED_IN } from './user.rules.js';

export function signInRoutes(authenticator: passport.Authenticator) {
  const routes = createRouter();

  routes.get('/sign-in', 'anyone', async (req, res) => {
    if (req.user) return res.redirect('/');
    const next = ownPath(queryText(req, 'next'));
    return renderForm(res, 'users/sign-in', 'Sign in', { form: emptyForm(), next });
  });

  routes.post('/sign-in', 'anyone', (req, res, next) => {
    const target = ownPath(bodyText(req, 'next'));
    const check = authenticator.authenticate(
      'local',
      (error: unknown, user: SignedInUser | false, info?: { message: string }) => {
        if (error) return next(error);
        if (user)
          return req.logIn(user, (failed) => {
            if (failed) return next(failed);
            // pages that are opened at once share it: each would make its own, and only that of the last would do
            csrfToken(req);
            return res.redirect(target);
          });
        const form = { values: { email: bodyText(req, 'email') }, errors: { email: wording(info?.message) } };
        return renderForm(res, 'users/sign-in', 'Sign in', { form, next: target }).catch(next);
      },
    ) as (...args: unknown[]) => void;
    check(req, res, next);
  });

  routes.post('/sign-out', EVERYONE_SIGNED_IN, (req, res, next) => {
    req.logout((error) => (error ? next(error) : res.redirect('/sign-in')));
  });

  return routes.handler;
}

const wording = (message = 'Try again.'): string =>
  message === NOTHING_TYPED ? 'Enter your email address and your password.' : message;
