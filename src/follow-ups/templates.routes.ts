import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { findCampaign } from '../campaigns/campaigns.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { sendFramedMail } from '../web/framed-mail.js';
import { pageOf } from '../web/paging.js';
import { idOf, pageNumber, queryId, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { templateForm } from './follow-up.form.js';
import { mergeFields } from './merge-fields.js';
import { checkAll, previewFor, recipientsNamed, type AsIf } from './preview.js';
import { templateProblems } from './render-template.js';
import { Template, type TemplateRecord } from './template.model.js';
import {
  createTemplate,
  editTemplate,
  findTemplate,
  versionOf,
  versionsOf,
  type TemplateVersion,
} from './templates.js';

/** So many milliseconds the check of all recipients may take; then it says how far it came. */
const LONGEST_CHECK = 5000;

export function templatesRoutes(deps: Deps) {
  const routes = createRouter();
  const asIf = (req: Request): AsIf => ({ senderName: req.user!.name, now: deps.now() });

  routes.get('/campaigns/:id/templates', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const templates = await Template.find({ campaign: campaign._id }, { name: 1, subject: 1 })
      .sort({ name: 1 })
      .lean();
    await renderPage(res, 'templates/index', `Templates: ${campaign.title}`, { campaign, templates });
  });

  routes.get('/campaigns/:id/templates/new', STAFF, async (req, res) =>
    showForm(res, emptyForm(), await findCampaign(idOf(req))),
  );

  routes.post('/campaigns/:id/templates', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const read = readForm(req.body);
    if (!read.ok) return showForm(res, read.form, campaign);
    const id = await createTemplate(
      campaign._id,
      { ...read.value, ...sentForm(req) },
      { by: req.user!._id, now: deps.now() },
    );
    req.session.notice = 'The template is saved. Open a recipient to plan a follow-up from it.';
    return res.redirect(`/templates/${String(id)}`);
  });

  routes.get('/templates/:id/edit', STAFF, async (req, res) => {
    const template = await findTemplate(idOf(req));
    const { number, name, subject, body } = versionsOf(template)[0]!;
    const form = emptyForm({ name, subject, body, version: number });
    await showForm(res, form, await findCampaign(template.campaign), template);
  });

  routes.post('/templates/:id', STAFF, async (req, res) => {
    const template = await findTemplate(idOf(req));
    const read = readForm(req.body);
    if (!read.ok) return showForm(res, read.form, await findCampaign(template.campaign), template);
    const saving = { by: req.user!._id, now: deps.now() };
    const saved = await refusedAsField(() => editTemplate(template, read.value, saving));
    if ('refused' in saved) return showRefused(res, read.form, template._id, saved.refused);
    req.session.notice = 'The template is saved. Follow-ups planned from it before keep their text.';
    return res.redirect(`/templates/${String(template._id)}`);
  });

  routes.get('/templates/:id', STAFF, async (req, res) => {
    const { template, campaign } = await findWithCampaign(idOf(req));
    const find = queryText(req, 'find');
    const recipients = await recipientsNamed(campaign._id, find);
    const chosen = req.query['recipient'] ? chosenId(req) : recipients[0]?._id;
    const preview = chosen ? await previewFor(template, campaign, chosen, asIf(req)) : null;
    await renderPage(res, 'templates/show', template.name, {
      template,
      campaign,
      find,
      recipients,
      preview,
      mergeFields,
      versions: await withAuthors(versionsOf(template)),
    });
  });

  routes.get('/templates/:id/recipients/:recipient/html', STAFF, async (req, res) => {
    const { template, campaign } = await findWithCampaign(idOf(req));
    const { rendered } = await previewFor(template, campaign, idOf(req, 'recipient'), asIf(req));
    sendFramedMail(res, rendered.html);
  });

  routes.get('/templates/:id/recipients', STAFF, async (req, res) => {
    const { template, campaign } = await findWithCampaign(idOf(req));
    const until = Date.now() + LONGEST_CHECK;
    const { checked, of } = await checkAll(template, campaign, asIf(req), () => Date.now() > until);
    await renderPage(res, 'templates/recipients', `All recipients: ${template.name}`, {
      template,
      of,
      looked: checked.length,
      ready: checked.filter(({ problems }) => problems.length === 0).length,
      page: pageOf(checked, pageNumber(req)),
    });
  });

  routes.get('/templates/:id/versions/:number', STAFF, async (req, res) => {
    const template = await findTemplate(idOf(req));
    const [version] = await withAuthors([versionOf(template, Number(req.params['number']))]);
    const title = `${version!.name}, version ${version!.number}`;
    await renderPage(res, 'templates/version', title, { template, version });
  });

  return routes.handler;
}

/** A template that cannot be rendered for anybody is not saved. */
function readForm(body: unknown) {
  const read = parseForm(templateForm, body);
  if (!read.ok) return read;
  const problems = templateProblems(read.value);
  if (problems.length === 0) return read;
  const form = problems.reduce((state, problem) => {
    const field = /^(In the|The) subject/.test(problem) ? 'subject' : 'body';
    return withError(state, field, [state.errors[field], problem].filter(Boolean).join(' '));
  }, read.form);
  return { ok: false as const, form };
}

async function findWithCampaign(id: Types.ObjectId) {
  const template = await findTemplate(id);
  return { template, campaign: await findCampaign(template.campaign) };
}

/** The recipient chosen for the preview. @throws NotFound when it cannot be one */
function chosenId(req: Request): Types.ObjectId {
  const chosen = queryId(req, 'recipient');
  if (!chosen) throw new NotFound('There is no such recipient in this campaign.');
  return chosen;
}

/** Who saved each version, by name. */
async function withAuthors(versions: TemplateVersion[]) {
  const people = await User.find(
    { _id: { $in: versions.map(({ savedBy }) => savedBy) } },
    { name: 1 },
  ).lean();
  const nameOf = new Map(people.map(({ _id, name }) => [String(_id), name]));
  return versions.map((version) => ({ ...version, author: nameOf.get(String(version.savedBy)) ?? '' }));
}

/** What was typed, on top of the version that is there now: who has read that one may save again. */
async function showRefused(res: Response, form: FormState, id: Types.ObjectId, refused: string) {
  const template = await findTemplate(id);
  const onTop = emptyForm({ ...form.values, version: versionsOf(template)[0]!.number });
  await showForm(res, withError(onTop, 'body', refused), await findCampaign(template.campaign), template);
}

async function showForm(
  res: Response,
  form: FormState,
  campaign: CampaignRecord,
  template: TemplateRecord | null = null,
) {
  const title = template ? `Edit ${template.name}` : 'New template';
  await renderForm(res, 'templates/form', title, { form, campaign, template, mergeFields });
}
