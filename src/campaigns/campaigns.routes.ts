import type { Response } from 'express';
import type { Deps } from '../deps.js';
import { nameOfOwner, readOwnerChoices } from '../users/owner-choices.js';
import { User, type SignedInUser, type UserRecord } from '../users/user.model.js';
import { ADMIN, STAFF } from '../users/user.rules.js';
import { timeZones } from '../users/time-zones.js';
import { windowInWords } from '../sending-window.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { openedForm, saveOpened, type Shown } from '../web/opened-form.js';
import { bodyText, idOf, pageNumber } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { campaignForm } from './campaign.form.js';
import { Campaign, type CampaignRecord } from './campaign.model.js';
import { approvalRuleNames, approvalRules, type ApprovalRule } from './campaign.rules.js';
import {
  createCampaign,
  editCampaign,
  findCampaign,
  newCampaign,
  sendingOf,
  switchLive,
  toFormValues,
} from './campaigns.js';
import { goingLive, whatIsSeen } from './going-live.js';
import { readSendingNow } from './sending-now.js';
import { writeAnewAfter } from './write-anew-after.js';

export function campaignsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns', STAFF, async (_req, res) => {
    const campaigns = await Campaign.find({}, { title: 1, liveSince: 1, createdAt: 1 })
      .sort({ createdAt: -1 })
      .lean();
    await renderPage(res, 'campaigns/index', 'Campaigns', { campaigns, captures: !deps.post.smtp });
  });

  routes.get('/campaigns/new', STAFF, (req, res) => showForm(res, emptyForm(newCampaign(req.user!)), null));

  routes.post('/campaigns', STAFF, async (req, res) => {
    const read = parseForm(campaignForm, req.body);
    if (!read.ok) return showForm(res, read.form, null);
    const id = await createCampaign({ ...read.value, ...sentForm(req) }, req.user!, deps.now());
    req.session.notice = 'The campaign is saved. Add the offices that received the letter next.';
    return res.redirect(`/campaigns/${String(id)}`);
  });

  routes.get('/campaigns/:id', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    req.session.campaignLookedAt = String(campaign._id);
    const owner = campaign.owner ? await User.findById(campaign.owner).lean<UserRecord>() : null;
    const sending = sendingOf(campaign);
    const sendingNow = await readSendingNow(campaign._id, deps.now());
    await renderPage(res, 'campaigns/show', campaign.title, {
      campaign,
      sendingNow,
      script: sendingNow && 'progress',
      owner: owner && nameOfOwner(owner),
      captures: !deps.post.smtp,
      sending,
      hours: windowInWords(sending.window),
      approvalRuleNames,
    });
  });

  routes.get('/campaigns/:id/edit', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    await showForm(res, openedForm(shownTo(req.user!)(campaign)), campaign);
  });

  routes.post('/campaigns/:id', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const read = parseForm(campaignForm, req.body);
    if (!read.ok) return showForm(res, read.form, campaign);
    const owners = await readOwnerChoices(campaign.owner);
    const saved = await refusedAsField(() =>
      saveOpened(read.form, {
        read: () => findCampaign(campaign._id),
        shown: shownTo(req.user!),
        save: (asRead) => editCampaign(asRead, read.value, req.user!),
        inWords: (value, field) => fieldInWords(value, field, owners),
      }),
    );
    if ('refused' in saved) return showForm(res, withError(read.form, 'asks', saved.refused), campaign);
    if (saved.value) return showForm(res, saved.value, campaign);
    const planned = await writeAnewAfter(campaign, deps);
    req.session.notice = `The campaign is saved.${planned}`;
    return res.redirect(`/campaigns/${String(campaign._id)}`);
  });

  routes.get('/campaigns/:id/live', ADMIN, async (req, res) => {
    await showLive(res, await findCampaign(idOf(req)), pageNumber(req), deps);
  });

  routes.post('/campaigns/:id/live', ADMIN, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const { seen } = await whatIsSeen(campaign._id, deps.now());
    if (bodyText(req, 'seen') !== seen) {
      res.status(409);
      return showLive(res, campaign, 1, deps, { stale: true });
    }
    await switchLive(campaign._id, true, req.user!, deps.now());
    req.session.notice = deps.post.smtp
      ? 'The campaign is live: approved follow-ups leave when they are due.'
      : 'The campaign is live, but no mail server is configured: every message stays in the outbox until one is.';
    return res.redirect(`/campaigns/${String(campaign._id)}`);
  });

  routes.post('/campaigns/:id/capture', ADMIN, async (req, res) => {
    await switchLive(idOf(req), false, req.user!, deps.now());
    req.session.notice = 'Messages of this campaign are captured in the outbox again.';
    res.redirect(`/campaigns/${String(idOf(req))}`);
  });

  return routes.handler;
}

async function showLive(
  res: Response,
  campaign: CampaignRecord,
  page: number,
  deps: Deps,
  { stale = false } = {},
) {
  const switches = [...(campaign.switches ?? [])].reverse();
  const { approval, mostPerDay } = sendingOf(campaign);
  const [going, people] = await Promise.all([
    goingLive(campaign._id, page, deps),
    User.find({ _id: { $in: switches.map(({ by }) => by) } }, { name: 1 }).lean(),
  ]);
  const nameOf = new Map(people.map(({ _id, name }) => [String(_id), name]));
  await renderPage(res, 'campaigns/live', `Going live: ${campaign.title}`, {
    campaign,
    going,
    stale,
    captures: !deps.post.smtp,
    mostPerDay,
    asksForNone: approval === 'none',
    switches: switches.map(({ at, by, live }) => ({ at, live, name: nameOf.get(String(by)) ?? 'Somebody' })),
  });
}

/** Who approves is in an administrator's form alone. */
const shownTo =
  ({ role }: SignedInUser) =>
  (campaign: CampaignRecord): Shown => {
    const { approval, approvalDays, ...everybodys } = toFormValues(campaign);
    const shown = role === 'admin' ? { ...everybodys, approval, approvalDays } : everybodys;
    return Object.fromEntries(Object.entries(shown).map(([field, value]) => [field, String(value)]));
  };

function fieldInWords(
  value: string,
  field: string,
  owners: readonly { _id: unknown; name: string }[],
): string {
  if (field === 'approval') return approvalRuleNames[value as ApprovalRule];
  return field === 'owner' ? (owners.find(({ _id }) => String(_id) === value)?.name ?? value) : value;
}

async function showForm(res: Response, form: FormState, campaign: CampaignRecord | null) {
  const people = await readOwnerChoices(campaign?.owner);
  const title = campaign ? `Edit ${campaign.title}` : 'New campaign';
  const hours = Array.from({ length: 25 }, (_, hour): [string, string] => [String(hour), `${hour}:00`]);
  await renderForm(res, 'campaigns/form', title, {
    form,
    campaign,
    people,
    timeZones,
    hours,
    approvalRules,
    approvalRuleNames,
  });
}
