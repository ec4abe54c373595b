import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { EVERYONE_SIGNED_IN } from '../users/user.rules.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { feedsMadeAt, makeFeed, mayHaveFeeds, openFeed, removeFeed, versionOf, type Reader } from './feed.js';
import type { FeedKind } from './feed.model.js';
import { readCalendar, readHappenings, type AskedNow } from './read-feed.js';
import { writeAtom } from './write-atom.js';
import { writeCalendar } from './write-calendar.js';

/** What programs follow: fetched at addresses that hold a secret, which each person makes and takes away on one page. */
export function calendarRoutes({ now, post, baseUrl }: Deps) {
  const routes = createRouter();

  /** Answers with a feed, or that it has not changed since; whoever has its address needs no session. */
  async function answer<T>(
    { req, res }: Asked,
    kind: FeedKind,
    read: (reader: Reader, asked: AskedNow) => Promise<T>,
    write: (content: T, changedAt: Date, of: { id: string; reader: Reader }) => string,
  ) {
    // nothing that is opened from here learns the address
    res.set('Referrer-Policy', 'no-referrer');
    const { feed, reader } = await openFeed(String(req.params['token']), kind);
    const content = await read(reader, { from: post.from, now: now(), follows: feed.madeAt });
    const { hash, changedAt } = await versionOf(feed, [baseUrl, content], now());
    res.set({ 'Cache-Control': 'private, no-cache', ETag: `"${hash}"` });
    if (req.fresh) return res.status(304).end();
    return res.type(types[kind]).send(write(content, changedAt, { id: String(feed._id), reader }));
  }

  routes.get('/calendar/:token.ics', 'anyone', (req, res) =>
    answer({ req, res }, 'calendar', readCalendar, (events, changedAt) =>
      writeCalendar(events, baseUrl, changedAt),
    ),
  );
  routes.get('/calendar/:token.atom', 'anyone', (req, res) =>
    answer({ req, res }, 'atom', readHappenings, (happenings, changedAt, { id, reader }) =>
      writeAtom(happenings, baseUrl, { id: `feed-${id}`, home: homeOf(reader), changedAt }),
    ),
  );

  routes.get('/account/calendar', EVERYONE_SIGNED_IN, async (req, res) => show(res, req.user!));

  for (const kind of ['calendar', 'atom'] as const) {
    const { path, ending, off } = ofKind[kind];
    // answered with the page itself: a redirect would have to keep the secret somewhere
    routes.post(path, EVERYONE_SIGNED_IN, async (req, res) => {
      const address = `${baseUrl}/calendar/${await makeFeed(req.user!, kind, now())}.${ending}`;
      await show(res, req.user!, { kind, address });
    });
    routes.post(`${path}/removal`, EVERYONE_SIGNED_IN, async (req, res) => {
      await removeFeed(req.user!, kind);
      req.session.notice = off;
      res.redirect('/account/calendar');
    });
  }

  return routes.handler;
}

type Asked = { req: Request; res: Response };

const types = {
  calendar: 'text/calendar; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
};

const homeOf = ({ role }: Reader): string => (role === 'partner' ? '/shared' : '/');

const ofKind = {
  calendar: {
    path: '/account/calendar',
    ending: 'ics',
    off: 'Your calendar is switched off. Its address opens nothing any more.',
  },
  atom: {
    path: '/account/calendar/atom',
    ending: 'atom',
    off: 'Your feed is switched off. Its address opens nothing any more.',
  },
} as const;

const show = async (
  res: Response,
  user: Express.User,
  made: { kind: FeedKind; address: string } | null = null,
): Promise<void> =>
  renderPage(res, 'calendar/show', 'Your calendar and feed', {
    madeAt: await feedsMadeAt(user),
    made,
    mayHave: mayHaveFeeds(user),
  });
