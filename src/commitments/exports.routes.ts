import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { exportName } from '../csv.js';
import { dayOf, type Day } from '../dates.js';
import type { Deps } from '../deps.js';
import { Recipient } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { idOf } from '../web/params.js';
import { createRouter } from '../web/router.js';
import { allRows } from './all-rows.js';
import { matrixCsv } from './matrix-csv.js';
import { matrixJson } from './matrix-json.js';
import { matrixSvg } from './matrix-svg.js';

/** The whole matrix to be taken away, written as it is read. */
export function commitmentExportsRoutes(deps: Deps) {
  const routes = createRouter();

  const add = (
    ending: string,
    type: string,
    write: (campaign: CampaignRecord, on: Day) => Promise<Readable>,
  ) =>
    routes.get(`/campaigns/:id/commitments.${ending}`, STAFF, async (req: Request, res: Response) => {
      const campaign = await findCampaign(idOf(req));
      const on = dayOf(deps.now(), campaign.timeZone);
      res.attachment(exportName(`commitments ${campaign.title}`, on, ending, 'commitments')).type(type);
      await pipeline(await write(campaign, on), res);
    });

  add('csv', 'text/csv; charset=utf-8', async ({ _id, asks }) => matrixCsv(asks, allRows(_id)));

  add('json', 'application/json; charset=utf-8', async (campaign, on) => {
    const people = await User.find({}, { name: 1 }).lean();
    const names = new Map(people.map(({ _id, name }) => [String(_id), name]));
    const nameOf = (person: unknown) => names.get(String(person)) ?? null;
    return matrixJson({ campaign, asks: campaign.asks, on, nameOf }, allRows(campaign._id));
  });

  add('svg', 'image/svg+xml; charset=utf-8', async ({ _id, title, asks }, on) => {
    const count = await Recipient.countDocuments({ campaign: _id });
    return matrixSvg({ title, asks, on, count }, allRows(_id));
  });

  return routes.handler;
}
