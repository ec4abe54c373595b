import { pipeline } from 'node:stream/promises';
import type { Deps } from '../deps.js';
import { countByStatus } from '../recipients/recipient-list.js';
import { recipientStatuses, statusNames, type RecipientStatus } from '../recipients/recipient.rules.js';
import { PARTNERS } from '../users/user.rules.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { sharedCampaign } from './projections.js';
import { csvName, recipientsCsv } from './recipients-csv.js';
import {
  allShared,
  findReadable,
  findSharedCampaign,
  listShared,
  readingOf,
  sharedTracks,
} from './shared-campaigns.js';
import { standingInWords } from './standing.rules.js';

/** What coalition partners see: where it stands, and nothing that is not listed in the projections. */
export function sharingRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/shared', PARTNERS, async (req, res) => {
    const found = await findReadable(req.user!);
    const counts = await Promise.all(found.map(({ _id }) => countByStatus(_id)));
    const campaigns = found.map((campaign, i) => ({
      ...sharedCampaign(campaign, readingOf(campaign, deps.now()).today),
      standing: standingInWords(counts[i]!),
    }));
    await renderPage(res, 'sharing/index', 'Where it stands', { campaigns });
  });

  routes.get('/shared/campaigns/:id', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    const reading = readingOf(found, deps.now());
    const wanted = { status: queryText(req, 'status'), page: pageNumber(req) };
    const [counts, page, tracks] = await Promise.all([
      countByStatus(found._id),
      listShared(found._id, reading, wanted),
      sharedTracks(reading.today),
    ]);
    const campaign = sharedCampaign(found, reading.today);
    await renderPage(res, 'sharing/show', `Where it stands: ${campaign.title}`, {
      campaign,
      counts,
      page,
      tracks,
      statusNames,
      status: known(wanted.status),
      standing: standingInWords(counts),
    });
  });

  routes.get('/shared/campaigns/:id/recipients.csv', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    const reading = readingOf(found, deps.now());
    res.attachment(csvName(found.title, reading.today)).type('text/csv; charset=utf-8');
    await pipeline(recipientsCsv(allShared(found._id, reading)), res);
  });

  return routes.handler;
}

const known = (status: string): RecipientStatus | null =>
  recipientStatuses.find((one) => one === status) ?? null;
