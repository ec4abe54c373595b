import type { Types } from 'mongoose';
import { emptyForm, type FormState } from '../web/form.js';
import { Template, type TemplateRecord } from './template.model.js';
import { textsFrom } from './templates.js';

type Typed = FormState['values'];

/**
 * The form of a new follow-up with the texts of the template that `from` names; day and time stay. What somebody has typed is
 * not replaced before they were asked, with `asks` the name of the template.
 * @param replace they have been asked
 */
export async function startFromTemplate(
  typed: Typed,
  campaign: Types.ObjectId,
  replace: boolean,
): Promise<{ form: FormState; asks: string | null }> {
  const templates = await Template.find({ campaign }).lean<TemplateRecord[]>();
  const byId = (id: unknown) => templates.find(({ _id }) => String(_id) === id);
  const template = byId(typed['from']);
  if (!template) return { form: emptyForm(typed), asks: null };
  const isTheirs = !isEmpty(typed) && !isFrom(byId(typed['template']), typed);
  if (isTheirs && !replace) return { form: emptyForm(typed), asks: template.name };
  return { form: emptyForm({ ...typed, ...textsFrom(template) }), asks: null };
}

const isEmpty = ({ subject, body }: Typed): boolean => !plain(subject) && !plain(body);

const isFrom = (template: TemplateRecord | undefined, { subject, body }: Typed): boolean =>
  template !== undefined &&
  plain(subject) === plain(template.subject) &&
  plain(body) === plain(template.body);

/** A form sends its line ends as CRLF. */
const plain = (text: unknown): string =>
  typeof text === 'string' ? text.replaceAll('\r\n', '\n').trim() : '';
