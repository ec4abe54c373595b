import { isDuplicate, pastDeadlocks } from '../database.js';
import { approvalBySaving } from '../follow-ups/approval-by-saving.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { StartPlan, Starting } from './plan-steps.js';
import type { CadenceStartRecord } from './start.model.js';

type Started = Pick<CadenceStartRecord, 'by' | 'at'>;

/** Writes the follow-ups of those for whom nothing stands in the way. */
export async function insertRows(
  plans: readonly StartPlan[],
  starting: Starting,
  start: Started,
): Promise<void> {
  const rows = plans
    .filter(({ reasons }) => reasons.length === 0)
    .flatMap(({ recipient, planned }) => planned.map((step) => rowOf(recipient, step, starting, start)));
  if (rows.length === 0) return;
  try {
    await pastDeadlocks(() => FollowUp.collection.insertMany(rows, { ordered: false }));
  } catch (error) {
    // this very step was planned before the work was begun once more
    if (!isDuplicate(error)) throw error;
  }
}

// written past the model, for speed: every field that pages and the ledger read is named
function rowOf(
  recipient: RecipientRecord,
  { step, revision, gap, dueAt, ...content }: StartPlan['planned'][number],
  { campaign, cadence, steps, isAsSeen = true, from, trigger }: Starting,
  { by, at }: Started,
) {
  const { subject, body, source } = steps.find((one) => one.step === step)!;
  return {
    ...content,
    ...source,
    campaign: campaign._id,
    recipient: recipient._id,
    cadence,
    step,
    revision,
    gap,
    dueAt,
    nextAttemptAt: dueAt,
    subjectTemplate: subject,
    bodyTemplate: body,
    ...(trigger && { trigger }),
    ...(isAsSeen
      ? approvalBySaving({ ...content, trigger }, campaign, { by, at, from })
      : { state: 'planned' as const, approval: null }),
    stateReasons: [],
    attempts: 0,
    claim: null,
    response: '',
    plannedBy: by,
    plannedAt: at,
  };
}
