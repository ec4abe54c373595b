import type { Request } from 'express';
import { findCampaign } from '../campaigns/campaigns.js';
import { STAFF } from '../users/user.rules.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { inWords } from './commitment.rules.js';
import type { AskRecord } from './find-cell.js';
import { readMatrix, shownInMatrix, shownNames, type WantedMatrix } from './matrix.js';

/** What every recipient of a campaign has said to every ask. */
export function matrixRoutes() {
  const routes = createRouter();

  routes.get('/campaigns/:id/commitments', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const wanted = wantedIn(req, campaign.asks);
    const page = await readMatrix(campaign._id, wanted);
    await renderPage(res, 'commitments/index', `Commitments: ${campaign.title}`, {
      campaign,
      page,
      wanted,
      shown: shownInMatrix.map((show) => [show, shownNames[show]]),
      inWords,
    });
  });

  return routes.handler;
}

/** What the address asks for, as far as there is such a thing. */
function wantedIn(req: Request, asks: readonly AskRecord[]): WantedMatrix {
  const [sort, show] = [queryText(req, 'sort'), queryText(req, 'show')];
  return {
    ask: asks.find(({ _id }) => String(_id) === sort)?._id ?? null,
    show: shownInMatrix.find((one) => one === show) ?? 'all',
    page: pageNumber(req),
  };
}
