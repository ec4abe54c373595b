import type { IncomingKind } from '../replies/incoming.rules.js';
import type { IncomingMailRecord } from '../replies/incoming-mail.model.js';
import type { MailEnd } from './news.rules.js';

const told: Partial<Record<IncomingKind, MailEnd>> = {
  unreadable: 'unplaced',
  complaint: 'complaint',
  bounce: 'bounce',
  challenge: 'challenge',
};

type Understood = Pick<IncomingMailRecord, 'kind' | 'state' | 'leaver'>;

/** What a message is told as, or null: what machines say by the way stands on the timeline. */
export function endOfMail({ kind, state, leaver }: Understood): MailEnd | null {
  if (kind === 'reply') return state === 'placed' ? 'reply' : 'unplaced';
  if (kind === 'auto-reply') return leaver ? 'left' : null;
  return told[kind] ?? null;
}

type Handled = Pick<IncomingMailRecord, 'state' | 'placedBy' | 'placements' | 'readAt'>;

/** Is it where the machine put it: has nobody read it, placed it, taken it back or set it aside? */
export const isAsItCame = ({ state, placedBy, placements, readAt }: Handled): boolean =>
  !readAt && !placedBy && state !== 'set aside' && placements === (state === 'placed' ? 1 : 0);
