import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { countInbox, inboxListNames, inboxLists, readInbox } from './inbox.js';
import { bounceCauseNames, incomingKindNames } from './incoming.rules.js';

/** Incoming mail that waits for somebody, and what became of the rest. */
export function inboxRoutes(_deps: Deps) {
  const routes = createRouter();

  routes.get('/inbox', STAFF, async (req, res) => {
    const list = inboxLists.find((known) => known === queryText(req, 'list')) ?? 'waiting';
    const [page, counts] = await Promise.all([readInbox(list, pageNumber(req)), countInbox()]);
    await renderPage(res, 'inbox/index', 'Inbox', {
      page,
      counts,
      list,
      lists: inboxLists.map((one) => [one, inboxListNames[one]]),
      recipientOf: Object.fromEntries(page.recipientOf),
      kindNames: incomingKindNames,
      causeNames: bounceCauseNames,
    });
  });

  return routes.handler;
}
