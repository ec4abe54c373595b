import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { takeBackRemoval } from '../recipients/removed.js';
import { createOnce, findCreated, type FromForm } from '../stored-once.js';
import type { AskRecord } from './find-cell.js';
import type { StanceForm } from './commitment.form.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { currentOf, farness } from './commitment.rules.js';
import { refreshCell } from './refresh-cell.js';

type Where = {
  recipient: Pick<RecipientRecord, '_id' | 'campaign'>;
  ask: Pick<AskRecord, '_id' | 'title'>;
};

/**
 * Writes down what a recipient said to an ask. It waits for a second person's check.
 * @throws RuleBroken when the very same is what holds already
 */
export async function setStance(
  { recipient, ask }: Where,
  form: StanceForm & FromForm,
  { by, now }: { by: { _id: Types.ObjectId }; now: Date },
): Promise<void> {
  const cell = { recipient: recipient._id, ask: ask._id };
  const holds = currentOf(await Commitment.find(cell).lean<CommitmentRecord[]>());
  if (holds && isSame(holds, form) && !(await findCreated(Commitment, form)))
    throw new RuleBroken('That is what is written down already.');
  const stance = {
    ...cell,
    ...form,
    campaign: recipient.campaign,
    askTitle: ask.title,
    entry: form.entry || null,
    farness: farness(form.stance),
    setBy: by._id,
    setAt: now,
  };
  const { isFirst } = await createOnce(Commitment, form, () => Commitment.create(stance));
  if (isFirst) await takeBackRemoval([recipient._id]);
  await refreshCell(cell);
}

const compared = ['stance', 'on', 'quote', 'source', 'note'] as const;

const isSame = (record: CommitmentRecord, form: StanceForm): boolean =>
  compared.every((field) => record[field] === form[field]) && String(record.entry ?? '') === form.entry;
