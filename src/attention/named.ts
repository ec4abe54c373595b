import type { RecipientRecord } from '../recipients/recipient.model.js';

export type Named = Pick<RecipientRecord, '_id' | 'campaign' | 'owner' | 'organisationName' | 'officeTitle'>;
export const named = { campaign: 1, owner: 1, organisationName: 1, officeTitle: 1 } as const;

export const nameOf = ({
  organisationName,
  officeTitle,
}: Pick<Named, 'organisationName' | 'officeTitle'>): string => `${organisationName}, ${officeTitle}`;
