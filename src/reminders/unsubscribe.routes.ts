import type { Request } from 'express';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { remindersAreOff, turnRemindersOff } from '../users/reminders-off.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { readUnsubscribeToken } from './unsubscribe-token.js';

/**
 * Reminders can be turned off from the mail itself. A mail provider posts here for its reader, without a session and
 * without the token of a form (RFC 8058); what it can do is this one thing, for the account that the link was signed for.
 */
export function unsubscribeRoutes({ sessionSecret, now }: Deps) {
  const routes = createRouter();

  const accountOf = (req: Request): string => {
    const id = readUnsubscribeToken(String(req.params['token']), sessionSecret);
    if (!id) throw new NotFound('This link is not complete. Turn reminders off on the page of your account.');
    return id;
  };

  // programs open every link of a mail to look for harm: opening it changes nothing
  routes.get('/unsubscribe/:token', 'anyone', async (req, res) => {
    const off = await remindersAreOff(accountOf(req));
    await renderPage(res, 'reminders/unsubscribe', 'Reminders by mail', { off });
  });

  // a page rather than a redirect, which RFC 8058 forbids
  routes.post('/unsubscribe/:token', 'anyone', async (req, res) => {
    await turnRemindersOff(accountOf(req), now());
    await renderPage(res, 'reminders/unsubscribe', 'Reminders by mail', { off: true });
  });

  return routes.handler;
}
