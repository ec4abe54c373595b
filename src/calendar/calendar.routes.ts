import { readSeen } from '../attention/seen.js';
import { yoursOf } from '../attention/whose.js';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { readEvents } from './events.js';
import { feedMadeAt, makeFeed, openFeed, removeFeed, versionOf } from './feed.js';
import { writeCalendar } from './write-calendar.js';

/** The calendar of a person: programs fetch it at an address that holds a secret, made and taken away on a page of its own. */
export function calendarRoutes({ now, baseUrl }: Deps) {
  const routes = createRouter();

  routes.get('/calendar/:token.ics', 'anyone', async (req, res) => {
    const { feed, reader } = await openFeed(String(req.params['token']));
    const seen = await readSeen(reader, now());
    const events = await readEvents({ ...seen, yours: yoursOf(reader._id, seen) });
    const { hash, changedAt } = await versionOf(feed, [baseUrl, events], now());
    res.set({ 'Cache-Control': 'private, no-cache', ETag: `"${hash}"` });
    if (req.fresh) return res.status(304).end();
    return res.type('text/calendar; charset=utf-8').send(writeCalendar(events, baseUrl, changedAt));
  });

  routes.get('/account/calendar', STAFF, async (req, res) =>
    renderPage(res, 'calendar/show', 'Your calendar', await show(req.user!)),
  );

  // answered with the page itself: a redirect would have to keep the secret somewhere
  routes.post('/account/calendar', STAFF, async (req, res) => {
    const address = `${baseUrl}/calendar/${await makeFeed(req.user!._id, now())}.ics`;
    await renderPage(res, 'calendar/show', 'Your calendar', await show(req.user!, address));
  });

  routes.post('/account/calendar/removal', STAFF, async (req, res) => {
    await removeFeed(req.user!._id);
    req.session.notice = 'Your calendar is switched off. Its address opens nothing any more.';
    res.redirect('/account/calendar');
  });

  return routes.handler;
}

const show = async (user: Express.User, address: string | null = null) => ({
  madeAt: await feedMadeAt(user._id),
  address,
});
