import type { Request } from 'express';
import { findCampaign } from '../campaigns/campaigns.js';
import { isDay, weekOf } from '../dates.js';
import { NotFound } from '../errors.js';
import { STAFF } from '../users/user.rules.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { readContacts, type WantedContacts } from './read-contacts.js';

/** What the numbers of the picture on the first page count. */
export function contactsRoutes() {
  const routes = createRouter();

  routes.get('/campaigns/:id/contacts', STAFF, async (req, res) => {
    const wanted = wantedOf(req);
    const campaign = await findCampaign(idOf(req));
    const page = await readContacts(campaign._id, wanted, pageNumber(req));
    await renderPage(res, 'history/contacts', `Contact: ${campaign.title}`, { campaign, wanted, page });
  });

  return routes.handler;
}

/** @throws NotFound for what is no week or no direction: a list of something else would be taken for it */
function wantedOf(req: Request): WantedContacts {
  const [week, direction] = [queryText(req, 'week'), queryText(req, 'direction')];
  if (week && !(isDay(week) && weekOf(week) === week)) throw new NotFound('There is no such week.');
  if (direction && direction !== 'out' && direction !== 'in') throw new NotFound('There is no such page.');
  return { week: week || null, direction: (direction as 'out' | 'in') || null };
}
