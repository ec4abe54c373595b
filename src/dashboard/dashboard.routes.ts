import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { countBy } from '../recipients/recipient-list.js';
import {
  deliveries,
  deliveryNames,
  engagementNames,
  engagements,
  statusInWords,
} from '../recipients/status.rules.js';
import { clockStateNames } from '../recipients/clock.rules.js';
import { EVERYONE_SIGNED_IN, STAFF } from '../users/user.rules.js';
import { pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { readAttention, readAttentionPage } from './attention.js';
import { attentionGroups, attentionNames, type AttentionGroup } from './attention.rules.js';
import { pictureOf } from './picture.js';
import { readSeen, type Seen } from './seen.js';
import { readStanding } from './standing.js';
import { readWhatIsNext } from './what-is-next.js';
import { readWhatWent } from './what-went.js';

export function dashboardRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/', EVERYONE_SIGNED_IN, async (req, res) => {
    if (req.user!.role === 'partner') return res.redirect('/shared');
    const seen = await readSeen(req.user!, deps.now());
    const campaign = chosen(seen, queryText(req, 'campaign'));
    const [attention, went, standing] = await Promise.all([
      readAttention(seen),
      readWhatWent(seen.now),
      campaign && readStanding(campaign._id, seen.now),
    ]);
    const today = dayOf(seen.now, req.user!.timeZone);
    return renderPage(res, 'dashboard/index', 'Today', {
      attention,
      attentionNames,
      went,
      next: attention.length === 0 ? await readWhatIsNext(seen) : null,
      campaigns: seen.campaigns,
      campaign,
      standing,
      deliveryCounts: standing && countBy('delivery', deliveries, standing.counts),
      engagementCounts: standing && countBy('engagement', engagements, standing.counts),
      deliveryNames,
      engagementNames,
      clockStateNames,
      statusInWords,
      followUpStateNames,
      picture: pictureOf(standing?.activity ?? null, seen.tracks, today),
    });
  });

  routes.get('/today/:group', STAFF, async (req, res) => {
    const group = req.params['group'] as AttentionGroup;
    if (!attentionGroups.includes(group)) throw new NotFound('There is no such page.');
    const page = await readAttentionPage(group, await readSeen(req.user!, deps.now()), pageNumber(req));
    await renderPage(res, 'dashboard/group', attentionNames[group], { group, page });
  });

  return routes.handler;
}

/** The campaign asked for, or the latest. @throws NotFound */
function chosen({ campaigns }: Seen, id: string) {
  if (!id) return campaigns[0] ?? null;
  const campaign = campaigns.find(({ _id }) => String(_id) === id);
  if (!campaign) throw new NotFound('There is no such campaign.');
  return campaign;
}
