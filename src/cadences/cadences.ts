import type { Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import { NotFound, RuleBroken } from '../errors.js';
import { prepareTemplate, type PreparedTemplate } from '../follow-ups/render-template.js';
import { Template, type TemplateRecord } from '../follow-ups/template.model.js';
import { createOnce, type FromForm } from '../stored-once.js';
import type { CadenceForm } from './cadence.form.js';
import { Cadence, type CadenceRecord } from './cadence.model.js';

/** A step with the words its template has now. */
export type ReadyStep = {
  step: number;
  gap: number;
  name: string;
  subject: string;
  body: string;
  source: { template: Types.ObjectId; templateVersion: number };
  prepared: PreparedTemplate;
};

/** @throws NotFound */
export async function findCadence(id: Types.ObjectId): Promise<CadenceRecord> {
  const cadence = await Cadence.findById(id).lean<CadenceRecord>();
  if (!cadence) throw new NotFound('There is no such cadence.');
  return cadence;
}

/** @throws NotFound */
export async function findWithCampaign(id: Types.ObjectId) {
  const cadence = await findCadence(id);
  return { cadence, campaign: await findCampaign(cadence.campaign) };
}

export async function createCadence(
  campaign: Types.ObjectId,
  form: CadenceForm & FromForm,
  now: Date,
): Promise<Types.ObjectId> {
  await assertTemplates(campaign, form);
  const { _id } = await createOnce(Cadence, form, () =>
    Cadence.create({ campaign, ...form, createdAt: now }),
  );
  return _id;
}

/** Whoever it was started for keeps the steps as they were then. */
export async function editCadence({ _id, campaign }: CadenceRecord, form: CadenceForm): Promise<void> {
  await assertTemplates(campaign, form);
  await Cadence.updateOne({ _id }, { $set: form });
}

/** @throws RuleBroken for a template of another campaign */
async function assertTemplates(campaign: Types.ObjectId, { steps }: CadenceForm): Promise<void> {
  const wanted = new Set(steps.map(({ template }) => template));
  const found = await Template.countDocuments({ _id: { $in: [...wanted] }, campaign });
  if (found < wanted.size)
    throw new RuleBroken('One of these templates is not in this campaign any more. Choose from the list.');
}

/** The steps in order, read once and ready to be filled in for many recipients. */
export async function readSteps({ steps }: Pick<CadenceRecord, 'steps'>): Promise<ReadyStep[]> {
  const templates = await Template.find(
    { _id: { $in: steps.map(({ template }) => template) } },
    { name: 1, subject: 1, body: 1, version: 1 },
  ).lean<TemplateRecord[]>();
  return steps.map(({ template: id, gap }, i) => {
    const template = templates.find(({ _id }) => _id.equals(id));
    if (!template) throw new NotFound(`The template of step ${i + 1} is not there any more.`);
    const { name, subject, body, version } = template;
    const source = { template: id, templateVersion: version ?? 1 };
    return { step: i + 1, gap, name, subject, body, source, prepared: prepareTemplate({ subject, body }) };
  });
}
