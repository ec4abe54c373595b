import type { ReadMessage } from '../../mail/read-message.js';
import { machineSigns } from './machine-signs.js';
import { plainHeader } from './signs.js';
import { isMachineSubject } from './words/subjects.js';

/** Why a mail that no rule is certain of is a person's: what spoke for a machine is named, so that somebody can judge it. */
export function whyReply(message: ReadMessage): string {
  const signs = [...machineSigns(message).signs];
  if (isMachineSubject(plainHeader(message.headers, 'subject'))) signs.push('its subject');
  return signs.length === 0
    ? 'Nothing about it is a sign of a machine.'
    : `Something speaks for a machine (${signs.join('; ')}), but not enough: its words may be a person's.`;
}
