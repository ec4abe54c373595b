import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { atVersion } from '../versions.js';
import type { TemplateForm } from './follow-up.form.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { Template, type TemplateRecord } from './template.model.js';

/** One version of a template: its texts as somebody saved them. */
export type TemplateVersion = {
  number: number;
  name: string;
  subject: string;
  body: string;
  savedAt: Date;
  savedBy: Types.ObjectId | null;
};

/** So many bytes of earlier versions are kept; the database refuses a record of 16 million. */
const MOST_BYTES = 8_000_000;

const SAVED_MEANWHILE =
  'Somebody saved another version while you were writing. Compare it with yours, then save again to put yours in its place.';

/** @throws NotFound */
export async function findTemplate(id: Types.ObjectId): Promise<TemplateRecord> {
  const template = await Template.findById(id).lean<TemplateRecord>();
  if (!template) throw new NotFound('There is no such template.');
  return template;
}

type Kept = Pick<TemplateRecord, 'name' | 'subject' | 'body' | 'savedAt' | 'savedBy'>;

/** Every version, the newest first. One from before versions were kept is number 1 and was saved when it was made. */
export function versionsOf(template: TemplateRecord): TemplateVersion[] {
  const version = (number: number, { name, subject, body, savedAt, savedBy }: Kept): TemplateVersion => ({
    number,
    name,
    subject,
    body,
    savedAt: savedAt ?? template.createdAt,
    savedBy: savedBy ?? null,
  });
  const earlier = (template.earlier ?? []).map((one) => version(one.number, one));
  return [version(template.version ?? 1, template), ...earlier.toReversed()];
}

/** @throws NotFound */
export function versionOf(template: TemplateRecord, number: number): TemplateVersion {
  const version = versionsOf(template).find((one) => one.number === number);
  if (!version) throw new NotFound('There is no such version of this template.');
  return version;
}

type Saving = { by: Types.ObjectId; now: Date };

export async function createTemplate(
  campaign: Types.ObjectId,
  form: TemplateForm & FromForm,
  { by, now }: Saving,
): Promise<Types.ObjectId> {
  const { version: _first, ...text } = form;
  const template = {
    campaign,
    ...text,
    savedAt: now,
    savedBy: by,
    createdAt: now,
  };
  const { _id } = await createOnce(Template, form, () => Template.create(template));
  return _id;
}

/**
 * Saves a changed text as a new version; the one before it stays readable. What is the same is not saved again.
 * @param form its `version` is the one that was opened
 * @throws RuleBroken when somebody saved another version meanwhile, or no more can be kept
 */
export async function editTemplate(
  template: TemplateRecord,
  { version, name, subject, body }: TemplateForm,
  { by, now }: Saving,
): Promise<void> {
  const newest = versionsOf(template)[0]!;
  if (newest.name === name && newest.subject === subject && newest.body === body) return;
  if (version !== newest.number) throw new RuleBroken(SAVED_MEANWHILE);
  if (bytesOf(template) > MOST_BYTES)
    throw new RuleBroken('This template has as many long versions as can be kept. Write a new template.');
  const { matchedCount } = await Template.updateOne(
    { _id: template._id, ...atVersion(version) },
    {
      $set: { name, subject, body, version: version + 1, savedAt: now, savedBy: by },
      $push: { earlier: newest },
    },
  );
  if (matchedCount === 0) throw new RuleBroken(SAVED_MEANWHILE);
}

const bytesOf = (template: TemplateRecord): number =>
  versionsOf(template).reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

/** What the form of a new follow-up holds when it starts from a template. */
export const textsFrom = (template: TemplateRecord) => ({
  subject: template.subject,
  body: template.body,
  template: String(template._id),
  templateVersion: template.version ?? 1,
});

type Source = { template: string; version: number };

/** What a follow-up remembers of the template it was planned from. @throws RuleBroken for one of another campaign */
export async function sourceFor(
  campaign: Types.ObjectId,
  source?: Source,
): Promise<Pick<FollowUpRecord, 'template' | 'templateVersion'>> {
  if (!source) return {};
  const template = await Template.findOne({ _id: source.template, campaign }).lean<TemplateRecord>();
  if (!template || !versionsOf(template).some(({ number }) => number === source.version))
    throw new RuleBroken('There is no such template in this campaign. Start again from one in the list.');
  return { template: template._id, templateVersion: source.version };
}

type Planned = Pick<FollowUpRecord, 'template' | 'templateVersion' | 'subjectTemplate' | 'bodyTemplate'>;

/** The version a follow-up was planned from, and whether it has words of its own since; null: written from scratch. */
export async function sourceOf({ template: id, templateVersion, subjectTemplate, bodyTemplate }: Planned) {
  const template = id && (await Template.findById(id).lean<TemplateRecord>());
  const version = template && versionsOf(template).find(({ number }) => number === templateVersion);
  if (!version) return null;
  const { number, name, subject, body } = version;
  return { template: id, number, name, changed: subject !== subjectTemplate || body !== bodyTemplate };
}
