import { createHash } from 'node:crypto';
import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { NotFound } from '../errors.js';
import { inBatches } from '../in-batches.js';
import type { Address } from '../mail/message.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { CadenceRecord } from './cadence.model.js';
import type { GivenDay } from './cadence.rules.js';
import { readSteps, type ReadyStep } from './cadences.js';
import { planSteps, type StartPlan, type Starting } from './plan-steps.js';

/** So many recipients are planned at once; between two rounds other people's pages have their turn. */
const ROUND = 100;

/** For a list of many, the dates without the words. */
export type Outlook = Pick<StartPlan, 'recipient' | 'reasons' | 'stopped'> & {
  steps: { step: number; dueAt: Date; how: string }[];
  /** the day that a trigger gives the first step */
  given: GivenDay | null;
};

export type AsIf = { senderName: string; from: Address; now: Date } & Pick<Starting, 'givenTo'>;

/** @param isEnough asked between rounds: a page of very many must not take for ever */
export async function previewForAll(
  cadence: CadenceRecord,
  campaign: CampaignRecord,
  asIf: AsIf,
  isEnough: () => boolean,
): Promise<{ steps: ReadyStep[]; outlooks: Outlook[]; of: number }> {
  const starting = await startingAsIf(cadence, campaign, asIf);
  const steps = [...starting.steps];
  const outlooks: Outlook[] = [];
  const everybody = Recipient.find({ campaign: campaign._id }).sort({ listedAs: 1 });
  for await (const batch of inBatches(
    everybody.lean<RecipientRecord[]>().cursor({ batchSize: ROUND }),
    ROUND,
  )) {
    for (const { recipient, reasons, stopped, planned } of await planSteps(batch, starting)) {
      const dates = planned.map(({ step, dueAt, how }) => ({ step, dueAt, how }));
      outlooks.push({ recipient, reasons, stopped, steps: dates, given: planned[0]?.given ?? null });
    }
    if (isEnough())
      return {
        steps,
        outlooks: problemsFirst(outlooks),
        of: await Recipient.countDocuments({ campaign: campaign._id }),
      };
  }
  return { steps, outlooks: problemsFirst(outlooks), of: outlooks.length };
}

const problemsFirst = (outlooks: readonly Outlook[]): Outlook[] =>
  outlooks.toSorted((a, b) => rank(a) - rank(b));

/** Those with whom something is wrong, those for whom a person had it stopped, and those it can be started for. */
const rank = ({ reasons, stopped }: Outlook): number =>
  stopped.says.length > 0 ? 1 : reasons.length > 0 ? 0 : 2;

/** For one recipient, words and all; what was stopped is no reason against it here. @throws NotFound for a recipient of another campaign */
export async function previewForOne(
  cadence: CadenceRecord,
  campaign: CampaignRecord,
  id: Types.ObjectId,
  asIf: AsIf,
): Promise<{ steps: ReadyStep[]; plan: StartPlan }> {
  const recipient = await Recipient.findOne({ _id: id, campaign: campaign._id }).lean<RecipientRecord>();
  if (!recipient) throw new NotFound('There is no such recipient in this campaign.');
  const starting = await startingAsIf(cadence, campaign, asIf);
  const [plan] = await planSteps([recipient], starting);
  const { reasons, stopped } = plan!;
  const inTheWay = reasons.filter((reason) => !stopped.says.includes(reason));
  return { steps: [...starting.steps], plan: { ...plan!, reasons: inTheWay } };
}

const startingAsIf = async (
  cadence: CadenceRecord,
  campaign: CampaignRecord,
  asIf: AsIf,
): Promise<Starting> => ({
  ...asIf,
  cadence: cadence._id,
  campaign,
  steps: await readSteps(cadence),
  seed: 'as if',
});

/** A hash of what a cadence says now: who starts it is bound to what they were shown. */
export const seenStepsOf = (steps: readonly Pick<ReadyStep, 'gap' | 'source'>[]): string =>
  createHash('sha256')
    .update(
      steps
        .map(({ gap, source }) => `${gap} ${String(source.template)} ${source.templateVersion}`)
        .join('\n'),
    )
    .digest('hex');
