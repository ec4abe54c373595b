import type { Request } from 'express';
import { readAttention, readAttentionPage, type Attention } from '../attention/attention.js';
import { kinds, needsSomebody, SHOWN_AT_FIRST, wordsOfKind, type Kind } from '../attention/kinds.rules.js';
import { asEverybody, readSeen, type Seen } from '../attention/seen.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { followUpStateNames, nextTimeOf } from '../follow-ups/follow-up.rules.js';
import { countBy } from '../recipients/recipient-list.js';
import { deliveries, deliveryNames, engagementNames, engagements } from '../recipients/status.rules.js';
import { statusElement } from '../recipients/status-element.js';
import { EVERYONE_SIGNED_IN, STAFF } from '../users/user.rules.js';
import { pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { withWhatKeepsThemBack } from './kept-back.js';
import { openingCampaign } from './opening-campaign.js';
import { pictureOf } from './picture.js';
import { readStanding } from './standing.js';
import { readWhatIsNext } from './what-is-next.js';
import { readWentAs, readWhatWent } from './what-went.js';

export function dashboardRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/', EVERYONE_SIGNED_IN, async (req, res) => {
    if (req.user!.role === 'partner') return res.redirect('/shared');
    const seen = await readSeenAs(req, deps);
    const asked = queryText(req, 'campaign');
    const campaign = asked
      ? chosen(seen, asked)
      : await openingCampaign(seen.campaigns, req.session.campaignLookedAt);
    if (asked) req.session.campaignLookedAt = asked;
    const [attention, went, standing] = await Promise.all([
      readAttention(seen, SHOWN_AT_FIRST),
      readWhatWent(seen.now),
      campaign && readStanding(campaign._id, seen.now),
    ]);
    const today = dayOf(seen.now, req.user!.timeZone);
    return renderPage(res, 'dashboard/index', 'Today', {
      attention: await Promise.all(attention.map((one) => withReasons(one, deps))),
      wordsOfKind,
      needsSomebody,
      snoozed: seen.snoozes.length,
      whose: whoseOf(req),
      went,
      next: attention.length === 0 ? await readWhatIsNext(seen, deps) : null,
      campaigns: seen.campaigns,
      campaign,
      standing,
      deliveryCounts: standing && countBy('delivery', deliveries, standing.counts),
      engagementCounts: standing && countBy('engagement', engagements, standing.counts),
      deliveryNames,
      engagementNames,
      statusElement,
      followUpStateNames,
      nextTimeOf,
      picture: pictureOf(standing?.activity ?? null, seen.tracks, today),
    });
  });

  routes.get('/today/:kind', STAFF, async (req, res) => {
    const kind = req.params['kind'] as Kind;
    if (!kinds.includes(kind)) throw new NotFound('There is no such page.');
    const page = await readAttentionPage(kind, await readSeenAs(req, deps), pageNumber(req));
    const { name, dated } = wordsOfKind[kind];
    await renderPage(res, 'dashboard/kind', name, {
      kind,
      dated,
      page: kind === 'leaving' ? { ...page, rows: await withWhatKeepsThemBack(page.rows, deps) } : page,
      whose: whoseOf(req),
      maySnooze: whoseOf(req) === 'yours' && needsSomebody(kind),
    });
  });

  routes.get('/went/:as', STAFF, async (req, res) => {
    const page = await readWentAs(String(req.params['as']), deps.now(), pageNumber(req));
    await renderPage(res, 'dashboard/went', `${page.name}, in the last 24 hours`, {
      page,
      as: req.params['as'],
    });
  });

  return routes.handler;
}

const withReasons = async (one: Attention, deps: Deps): Promise<Attention> =>
  one.kind === 'leaving' ? { ...one, items: await withWhatKeepsThemBack(one.items, deps) } : one;

const whoseOf = (req: Request): 'everybody' | 'yours' =>
  queryText(req, 'whose') === 'everybody' ? 'everybody' : 'yours';

async function readSeenAs(req: Request, { post, now }: Deps): Promise<Seen> {
  const seen = await readSeen(req.user!, post.from, now());
  return whoseOf(req) === 'everybody' ? asEverybody(seen) : seen;
}

/** The campaign asked for. @throws NotFound */
function chosen({ campaigns }: Seen, id: string) {
  const campaign = campaigns.find(({ _id }) => String(_id) === id);
  if (!campaign) throw new NotFound('There is no such campaign.');
  return campaign;
}
