import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { CommitmentRecord } from '../commitments/commitment.model.js';
import { confirmedOf, stanceLetters, stanceNames, type Stance } from '../commitments/commitment.rules.js';
import type { Day } from '../dates.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';

/*
 * What partners may see of commitments, by the rules of projections.ts: each function names every field it lets out.
 */

export type CommitmentSource = Pick<
  CommitmentRecord,
  '_id' | 'recipient' | 'ask' | 'stance' | 'quote' | 'source' | 'on' | 'setAt' | 'confirmedAt' | 'takenBackAt'
>;
export const commitmentFields = {
  recipient: 1,
  ask: 1,
  stance: 1,
  quote: 1,
  source: 1,
  on: 1,
  setAt: 1,
  confirmedAt: 1,
  takenBackAt: 1,
} as const;

export type SharedCell = {
  stance: Stance;
  stanceName: string;
  letter: string;
  /** the day they said it; null where nothing is known */
  on: Day | null;
  /** their words, where a link says that they are public: what they wrote to us stays with us */
  quote: string;
  source: string;
};

/** What is known of a cell outside the house: only what a second person has checked. `settings`: all there are of one cell. */
export function sharedCell(settings: readonly CommitmentSource[]): SharedCell {
  const holds = confirmedOf(settings);
  const stance = holds?.stance ?? 'none';
  return {
    stance,
    stanceName: stanceNames[stance],
    letter: stanceLetters[stance],
    on: holds?.on ?? null,
    quote: holds?.source ? holds.quote : '',
    source: holds?.source ?? '',
  };
}

export type MatrixRowSource = Pick<
  RecipientRecord,
  '_id' | 'organisationName' | 'officeTitle' | 'holderName'
>;
export const matrixRowFields = { organisationName: 1, officeTitle: 1, holderName: 1 } as const;

export type SharedMatrixRow = { organisation: string; office: string; holder: string; cells: SharedCell[] };

/** A row of the matrix: a cell for each ask, in their order. */
export const sharedMatrixRow = (
  { _id, organisationName, officeTitle, holderName }: MatrixRowSource,
  asks: readonly Pick<CampaignRecord['asks'][number], '_id'>[],
  settings: readonly CommitmentSource[],
): SharedMatrixRow => ({
  organisation: organisationName,
  office: officeTitle,
  holder: holderName,
  cells: asks.map((ask) =>
    sharedCell(settings.filter((one) => one.recipient.equals(_id) && one.ask.equals(ask._id))),
  ),
});
