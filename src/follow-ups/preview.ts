import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { NotFound } from '../errors.js';
import { inBatches } from '../in-batches.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { foundByAll } from '../organisations/found-by.rules.js';
import { findOffice } from '../organisations/organisations.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { byId } from '../group-by.js';
import type { MergeValues } from './merge-fields.js';
import { mergeValues } from './merge-values.js';
import { prepareTemplate, type Rendered, type TemplateText } from './render-template.js';

/** Who would plan the mail, and the moment at which it would be due. */
export type AsIf = { senderName: string; now: Date };

const named = { organisationName: 1, officeTitle: 1, holderName: 1 } as const;
export type Named = Pick<RecipientRecord, '_id' | keyof typeof named>;

const LISTED = 50;

/** Recipients to choose from, by name, at most fifty. `find`: how words of their names begin; nothing asks for everybody. */
export async function recipientsNamed(campaign: Types.ObjectId, find: string): Promise<Named[]> {
  return Recipient.find({ campaign, ...foundByAll(find) }, named)
    .sort({ listedAs: 1 })
    .limit(LISTED)
    .lean<Named[]>();
}

export type Preview = { recipient: RecipientRecord; values: MergeValues; rendered: Rendered };

/** A template as it would leave now for one recipient. @throws NotFound for a recipient of another campaign */
export async function previewFor(
  text: TemplateText,
  campaign: CampaignRecord,
  id: Types.ObjectId,
  asIf: AsIf,
): Promise<Preview> {
  const recipient = await Recipient.findOne({ _id: id, campaign: campaign._id }).lean<RecipientRecord>();
  if (!recipient) throw new NotFound('There is no such recipient in this campaign.');
  const office = await findOffice(recipient.office);
  const values = mergeValues({ campaign, office, recipient, senderName: asIf.senderName, dueAt: asIf.now });
  const rendered = prepareTemplate(text).render(values);
  const problems = [...rendered.problems, ...addressProblems(office, values)];
  return { recipient, values, rendered: { ...rendered, problems } };
}

/** What keeps any mail from being approved, whatever its text. */
const addressProblems = ({ email }: Pick<OfficeRecord, 'email'>, { holder }: MergeValues): string[] => [
  ...(email ? [] : ['The office has no email address.']),
  ...(holder ? [] : ['Nobody is named as holding the office.']),
];

export type Checked = { recipient: Named; problems: string[] };

/** So many recipients are read at once; between two rounds other people's pages have their turn. */
const ROUND = 500;

const looked = { ...named, office: 1, lastContactAt: 1, lastContactPrecision: 1 } as const;

/**
 * What stands in the way of a template for each recipient of a campaign, those with problems first.
 * @param isEnough asked before each recipient: a template that is slow to fill in must not hold up everybody
 * @returns those looked at, and how many there are in all
 */
export async function checkAll(
  text: TemplateText,
  campaign: CampaignRecord,
  asIf: AsIf,
  isEnough: () => boolean = () => false,
): Promise<{ checked: Checked[]; of: number }> {
  const check = checkFor(text, campaign, asIf);
  const list = Recipient.find({ campaign: campaign._id }, looked).sort({ listedAs: 1 });
  const checked: Checked[] = [];
  for await (const batch of inBatches(list.lean<RecipientRecord[]>().cursor({ batchSize: ROUND }), ROUND)) {
    const offices = await officesOf(batch);
    for (const recipient of batch) {
      if (isEnough()) return inOrder(checked, await Recipient.countDocuments({ campaign: campaign._id }));
      checked.push({ recipient, problems: check(recipient, offices.get(String(recipient.office))!) });
    }
  }
  return inOrder(checked, checked.length);
}

const inOrder = (checked: Checked[], of: number) => ({
  checked: [
    ...checked.filter(({ problems }) => problems.length > 0),
    ...checked.filter(({ problems }) => problems.length === 0),
  ],
  of,
});

function checkFor(text: TemplateText, campaign: CampaignRecord, { senderName, now }: AsIf) {
  const template = prepareTemplate(text);
  return (recipient: RecipientRecord, office: OfficeRecord): string[] => {
    const values = mergeValues({ campaign, office, recipient, senderName, dueAt: now });
    return [...template.problems(values), ...addressProblems(office, values)];
  };
}

async function officesOf(recipients: readonly RecipientRecord[]): Promise<Map<string, OfficeRecord>> {
  const offices = await Office.find(
    { _id: { $in: recipients.map(({ office }) => office) } },
    { title: 1, email: 1, timeZone: 1, holders: 1 },
  ).lean<OfficeRecord[]>();
  return byId(offices);
}
