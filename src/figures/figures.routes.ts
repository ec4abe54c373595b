import { findCampaign } from '../campaigns/campaigns.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import type { Wanted } from '../recipients/recipient-filter.js';
import { queryOf } from '../recipients/recipient-query.js';
import { engagementNames } from '../recipients/status.rules.js';
import { STAFF } from '../users/user.rules.js';
import { idOf, pageNumber } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { answerBars, answerInWords, MOST_BARS, NARROW, WIDE } from './answer-bars.js';
import { drawOverTime } from './draw-over-time.js';
import { readAnswers, readAnswersToDraw } from './read-answers.js';
import { readFigures } from './read-figures.js';

/** How a campaign went so far, in pictures; each number leads to the list of those it counts. */
export function figuresRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/figures', STAFF, async (req, res) => {
    const now = deps.now();
    const campaign = await findCampaign(idOf(req));
    const [figures, answers] = await Promise.all([
      readFigures(campaign._id, dayOf(now, campaign.timeZone), now),
      readAnswersToDraw(campaign._id, MOST_BARS, now),
    ]);
    await renderPage(res, 'figures/show', `Figures: ${campaign.title}`, {
      campaign,
      figures,
      drawn: figures.overTime && drawOverTime(figures.overTime),
      answers,
      bars: { wide: answerBars(answers, WIDE), narrow: answerBars(answers, NARROW) },
      answerInWords,
      engagementNames,
      listOf: (wanted: Wanted) => `/campaigns/${String(campaign._id)}/recipients?${queryOf(wanted)}`,
    });
  });

  routes.get('/campaigns/:id/figures/answers', STAFF, async (req, res) => {
    const [campaign, page] = await Promise.all([
      findCampaign(idOf(req)),
      readAnswers(idOf(req), pageNumber(req), deps.now()),
    ]);
    await renderPage(res, 'figures/answers', `Time to the first answer: ${campaign.title}`, {
      campaign,
      page,
      answerInWords,
    });
  });

  return routes.handler;
}
