import type { Response } from 'express';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { findCampaign } from '../campaigns/campaigns.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { templateForm } from './follow-up.form.js';
import { mergeFields } from './merge-fields.js';
import { templateProblems } from './render-template.js';
import { Template, type TemplateRecord } from './template.model.js';

export function templatesRoutes(deps: Deps) {
  const routes = createRouter();

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
    await Template.create({ ...read.value, campaign: campaign._id, createdAt: deps.now() });
    req.session.notice = 'The template is saved. Open a recipient to plan a follow-up from it.';
    return res.redirect(`/campaigns/${String(campaign._id)}/templates`);
  });

  routes.get('/templates/:id/edit', STAFF, async (req, res) => {
    const template = await findTemplate(idOf(req));
    await showForm(res, emptyForm({ ...template }), await findCampaign(template.campaign), template);
  });

  routes.post('/templates/:id', STAFF, async (req, res) => {
    const template = await findTemplate(idOf(req));
    const read = readForm(req.body);
    if (!read.ok) return showForm(res, read.form, await findCampaign(template.campaign), template);
    await Template.updateOne({ _id: template._id }, { $set: read.value });
    req.session.notice = 'The template is saved. Follow-ups planned from it before keep their text.';
    return res.redirect(`/campaigns/${String(template.campaign)}/templates`);
  });

  return routes.handler;
}

/** A template that cannot be rendered for anybody is not saved. */
function readForm(body: unknown) {
  const read = parseForm(templateForm, body);
  if (!read.ok) return read;
  const problems = templateProblems(read.value);
  if (problems.length === 0) return read;
  const form = problems.reduce(
    (state, problem) => withError(state, problem.startsWith('In the subject') ? 'subject' : 'body', problem),
    read.form,
  );
  return { ok: false as const, form };
}

async function findTemplate(id: ReturnType<typeof idOf>): Promise<TemplateRecord> {
  const template = await Template.findById(id).lean<TemplateRecord>();
  if (!template) throw new NotFound('There is no such template.');
  return template;
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
