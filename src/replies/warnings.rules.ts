import { NOT_WHO_IT_CLAIMS } from './match.rules.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';

/** Why a message may not be what it says it is: a sentence each, shown before anything else about it. */
export function warningsOf({
  refused,
  authentication,
}: Pick<IncomingMailRecord, 'refused' | 'authentication'>): string[] {
  const claims = authentication?.dmarc === 'fail' ? [NOT_WHO_IT_CLAIMS] : [];
  return [...new Set([...refused, ...claims])];
}
