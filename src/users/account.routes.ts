import type { Request } from 'express';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { renameSender, tellRenamed } from '../follow-ups/rename-sender.js';
import { emptyForm, parseForm, refusedAsField, withError } from '../web/form.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { changePassword } from './accounts.js';
import { choosePassword, openLink, requestPasswordReset, setUp } from './one-time-links.js';
import { forgetAttempts, mayAttempt } from './sign-in-attempt.model.js';
import { turnRemindersOff, turnRemindersOn } from './reminders-off.js';
import { accountForm, passwordChangeForm, passwordForm, resetRequestForm, setUpForm } from './user.form.js';
import { User } from './user.model.js';
import { EVERYONE_SIGNED_IN } from './user.rules.js';
import { timeZones } from './time-zones.js';

/** Whoever changes a password because somebody knows it has to be told. */
const FEEDS_GO_ON =
  'A calendar or feed of yours goes on at its address: make a new one if somebody else may have it.';

/** Both say nothing about whether the address has an account. */
const LINK_SENT =
  'If that address has an account, a mail with a link is being sent to it. If none has come in a few minutes, ask an administrator.';
const NO_SERVER_FOR_LINKS =
  'No mail goes out from here, because no mail server is set up. If that address has an account, an administrator finds the link in the outbox: ask for it.';

const tokenOf = (req: Request): string => String(req.params['token']);
const addressOf = (req: Request): string => req.ip ?? 'unknown';

/** One's own account, and the one-time links that open one. */
export function accountRoutes(deps: Deps) {
  const routes = createRouter();

  for (const purpose of ['invitation', 'password-reset'] as const) {
    const title = purpose === 'invitation' ? 'Welcome: choose your password' : 'Choose a new password';
    routes.get(`/${purpose}s/:token`, 'anyone', async (req, res) => {
      const { user } = await openLink(purpose, tokenOf(req), deps.now());
      await renderForm(res, 'users/choose-password', title, {
        form: emptyForm(),
        person: user,
        heading: title,
      });
    });
    routes.post(`/${purpose}s/:token`, 'anyone', async (req, res) => {
      const { user } = await openLink(purpose, tokenOf(req), deps.now());
      const read = parseForm(passwordForm, req.body);
      if (!read.ok)
        return renderForm(res, 'users/choose-password', title, {
          form: read.form,
          person: user,
          heading: title,
        });
      await choosePassword(purpose, tokenOf(req), read.value.password, deps.now());
      await forgetAttempts({ email: user!.emailNormalized, ip: addressOf(req) });
      req.session.notice = 'Your password is set. Sign in with it.';
      return res.redirect('/sign-in');
    });
  }

  routes.get('/set-up/:token', 'anyone', async (req, res) => {
    await openLink('set-up', tokenOf(req), deps.now());
    await renderForm(res, 'users/set-up', 'Set up the first administrator', {
      form: emptyForm({ timeZone: 'Europe/London' }),
      timeZones,
    });
  });
  routes.post('/set-up/:token', 'anyone', async (req, res) => {
    await openLink('set-up', tokenOf(req), deps.now());
    const read = parseForm(setUpForm, req.body);
    if (!read.ok)
      return renderForm(res, 'users/set-up', 'Set up the first administrator', {
        form: read.form,
        timeZones,
      });
    const { passwordAgain: _, ...admin } = read.value;
    await setUp(tokenOf(req), admin, deps.now());
    req.session.notice = 'Your account is ready. Sign in with it.';
    return res.redirect('/sign-in');
  });

  routes.get('/password-reset/new', 'anyone', (_req, res) =>
    renderForm(res, 'users/request-reset', 'Forgotten password', { form: emptyForm() }),
  );
  routes.post('/password-reset', 'anyone', async (req, res) => {
    const read = parseForm(resetRequestForm, req.body);
    if (!read.ok) return renderForm(res, 'users/request-reset', 'Forgotten password', { form: read.form });
    await requestPasswordReset(read.value.email, addressOf(req), deps);
    req.session.notice = deps.post.smtp ? LINK_SENT : NO_SERVER_FOR_LINKS;
    return res.redirect('/sign-in');
  });

  routes.get('/account', EVERYONE_SIGNED_IN, (req, res) =>
    renderForm(res, 'users/account', 'Your account', { form: emptyForm({ ...req.user }), timeZones }),
  );
  routes.post('/account', EVERYONE_SIGNED_IN, async (req, res) => {
    const read = parseForm(accountForm, req.body);
    if (!read.ok) return renderForm(res, 'users/account', 'Your account', { form: read.form, timeZones });
    const { reminders, reminderHour, ...named } = read.value;
    const chosen = reminderHour === undefined ? named : { ...named, reminderHour };
    const { _id, name } = req.user!;
    const isRenamed = chosen.name !== name;
    if (isRenamed) await tellRenamed(_id, chosen.name);
    await User.updateOne({ _id }, { $set: chosen });
    if (reminders === 'off') await turnRemindersOff(req.user!.id, deps.now());
    if (reminders === 'on') await turnRemindersOn(req.user!.id);
    const planned = isRenamed ? await renameSender(_id, chosen.name, deps) : '';
    req.session.notice = `Your account is saved.${planned}`;
    return res.redirect('/account');
  });

  routes.get('/account/password', EVERYONE_SIGNED_IN, (_req, res) =>
    renderForm(res, 'users/change-password', 'Change your password', { form: emptyForm() }),
  );
  routes.post('/account/password', EVERYONE_SIGNED_IN, async (req, res) => {
    const read = parseForm(passwordChangeForm, req.body);
    const again = (form: typeof read.form) =>
      renderForm(res, 'users/change-password', 'Change your password', { form });
    if (!read.ok) return again(read.form);
    const { currentPassword, password } = read.value;
    const changed = await refusedAsField(async () => {
      await assertMayTry(req, deps.now());
      return changePassword(req.user!._id, currentPassword, password);
    });
    if ('refused' in changed) return again(withError(read.form, 'currentPassword', changed.refused));
    await signInAgain(req, changed.value);
    req.session.notice = `Your password is changed. Everywhere else you are signed out. ${FEEDS_GO_ON}`;
    return res.redirect('/account');
  });

  return routes.handler;
}

/** A session that somebody else came by is not to find out the password. @throws RuleBroken after too many attempts */
async function assertMayTry(req: Request, now: Date): Promise<void> {
  const attempt = { email: `password of ${req.user!.id}`, ip: addressOf(req) };
  if (await mayAttempt(attempt, now)) return;
  throw new RuleBroken('Too many attempts. Wait a quarter of an hour, or ask for a new password.');
}

/** This session goes on under the new password; all others end. */
const signInAgain = (req: Request, sessionVersion: number): Promise<void> =>
  new Promise((resolve, reject) => {
    req.logIn({ ...req.user!, sessionVersion }, (error: unknown) => (error ? reject(error) : resolve()));
  });
