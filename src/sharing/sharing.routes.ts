import { pipeline } from 'node:stream/promises';
import { inWords } from '../commitments/commitment.rules.js';
import { exportName } from '../csv.js';
import type { Deps } from '../deps.js';
import { drawOverTime } from '../figures/draw-over-time.js';
import { readOverTime } from '../figures/read-figures.js';
import { countBy, countStanding } from '../recipients/recipient-list.js';
import { deliveries, deliveryNames, engagementNames, engagements } from '../recipients/status.rules.js';
import { PARTNERS } from '../users/user.rules.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { partnersOf } from './partners-of.js';
import { sharedMatrixCsv } from './matrix-csv.js';
import { sharedCampaign } from './projections.js';
import { recipientsCsv } from './recipients-csv.js';
import {
  allShared,
  findReadable,
  findSharedCampaign,
  readingOf,
  readSharedPage,
} from './shared-campaigns.js';
import { allSharedRows, readSharedMatrix } from './shared-matrix.js';
import { standingInWords } from './standing.rules.js';

/** What coalition partners see: where it stands, and nothing that is not listed in the projections. */
export function sharingRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/shared', PARTNERS, async (req, res) => {
    const found = await findReadable(req.user!);
    const counts = await Promise.all(found.map(({ _id }) => countStanding(_id)));
    const campaigns = found.map((campaign, i) => ({
      ...sharedCampaign(campaign),
      standing: standingInWords(counts[i]!),
    }));
    await renderPage(res, 'sharing/index', 'Where it stands', { campaigns });
  });

  routes.get('/shared/campaigns/:id', PARTNERS, async (req, res) => {
    const wanted = {
      delivery: oneOf(deliveries, queryText(req, 'delivery')),
      engagement: oneOf(engagements, queryText(req, 'engagement')),
      page: pageNumber(req),
    };
    const shared = await readSharedPage(idOf(req), req.user!, wanted, deps.now());
    await renderPage(res, 'sharing/show', `Where it stands: ${shared.campaign.title}`, {
      ...shared,
      partners: req.user!.role === 'partner' ? null : await partnersOf(idOf(req)),
      wanted,
      deliveryCounts: countBy('delivery', deliveries, shared.counts),
      engagementCounts: countBy('engagement', engagements, shared.counts),
      deliveryNames,
      engagementNames,
      standing: standingInWords(shared.counts),
    });
  });

  routes.get('/shared/campaigns/:id/figures', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    // how many stood where, and of whom it is told nothing else
    const overTime = await readOverTime(found._id, readingOf(found, deps.now()).today);
    await renderPage(res, 'sharing/figures', `Answers over time: ${found.title}`, {
      campaign: sharedCampaign(found),
      drawn: overTime && drawOverTime(overTime),
      engagementNames,
    });
  });

  routes.get('/shared/campaigns/:id/recipients.csv', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    const reading = readingOf(found, deps.now());
    res
      .attachment(exportName(found.title, reading.today, 'csv', 'recipients'))
      .type('text/csv; charset=utf-8');
    await pipeline(recipientsCsv(allShared(found._id, reading)), res);
  });

  routes.get('/shared/campaigns/:id/commitments', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    await renderPage(res, 'sharing/commitments', `Commitments: ${found.title}`, {
      campaign: sharedCampaign(found),
      page: await readSharedMatrix(found, pageNumber(req)),
      inWords,
    });
  });

  routes.get('/shared/campaigns/:id/commitments.csv', PARTNERS, async (req, res) => {
    const found = await findSharedCampaign(idOf(req), req.user!);
    const { today } = readingOf(found, deps.now());
    const name = exportName(`commitments ${found.title}`, today, 'csv', 'commitments');
    res.attachment(name).type('text/csv; charset=utf-8');
    await pipeline(sharedMatrixCsv(found.asks, allSharedRows(found)), res);
  });

  return routes.handler;
}

const oneOf = <T extends string>(all: readonly T[], name: string): T | null =>
  all.find((one) => one === name) ?? null;
