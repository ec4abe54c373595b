import { typedAddress } from '../../mail/address-in-text.js';
import { deliveryStatuses, type DeliveryStatus } from '../../mail/delivery-status.js';
import { header, addresses } from '../../mail/message-headers.js';
import type { MessagePart } from '../../mail/message-part.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import type { DeliveryProblem, Ourselves, Verdict } from '../incoming.rules.js';
import { domainOf, originalMessageId, wordsAbout } from './bounces-in-words.js';
import { diagnose } from './causes.js';
import type { Rule } from './classify.js';
import { statusIn } from './diagnostic-codes.js';
import { failedAddress, recipientsOf } from './failed-address.js';
import { machineSigns } from './machine-signs.js';

type Action = 'failed' | 'delayed' | 'arrived';

/**
 * Recognises reports by RFC 3464 and RFC 6533. The part with the fields is found by its type or, as that is often wrong, by what
 * stands in it; outside a multipart/report the sender has to be a program as well, for people pass such parts on.
 */
export const asDeliveryReport: Rule = (message, ourselves) => {
  const found = statusPart(message);
  if (!found || !isFromProgram(message)) return null;
  const statuses = deliveryStatuses(found.text!);
  const reported = statuses.map((status) => ({ status, action: actionOf(status) }));
  for (const action of ['failed', 'delayed'] as const) {
    const status = reported.find((one) => one.action === action)?.status;
    if (status) return verdictOf({ message, ourselves, status, action, part: found });
  }
  if (!reported.some(({ action }) => action === 'arrived')) return null;
  return { kind: 'auto-reply', why: `${found.type}: a receipt that it was delivered` };
};

const FIELDS = /^(?:(?:final|original)-recipient|action)[ \t]*:/im;

function statusPart({ parts, type }: ReadMessage): MessagePart | null {
  const typed = parts.find((part) => /^message\/(?:global-)?delivery-status$/.test(part.type) && part.text);
  if (typed || type !== 'multipart/report') return typed ?? null;
  const isStatus = ({ text }: MessagePart): boolean =>
    /^(?:final|original)-recipient[ \t]*:/im.test(text!.slice(0, 4000)) && FIELDS.test(text!.slice(0, 4000));
  return parts.slice(1).find((part) => part.text && isStatus(part)) ?? null;
}

function isFromProgram(message: ReadMessage): boolean {
  const { points } = machineSigns(message);
  return points >= (message.type === 'multipart/report' ? 1 : 2);
}

function actionOf({ action, status }: DeliveryStatus): Action | null {
  const said = action.toLowerCase();
  if (/fail|undeliver|error|reject/.test(said)) return 'failed';
  if (said.includes('delay') || said.includes('defer')) return 'delayed';
  if (/deliver|relay|expand|success/.test(said)) return 'arrived';
  const [first] = statusIn(status) ?? '';
  return first === '5' || first === '4' ? 'failed' : first === '2' ? 'arrived' : null;
}

type Found = {
  message: ReadMessage;
  ourselves: Ourselves;
  status: DeliveryStatus;
  action: 'failed' | 'delayed';
  part: MessagePart;
};

function verdictOf({ message, ourselves, status, action, part }: Found): Verdict {
  const returned = returnedHeaders(message.parts.filter((one) => one !== part));
  const { said } = withoutCopy(plainText(message));
  const notThem = new Set([
    ...ourselves.addresses,
    ...['to', 'from'].flatMap((name) => addresses(message.headers, name).map(({ address }) => address)),
  ]);
  const address =
    reportedAddress(status, recipientsOf(returned), ourselves) ??
    typedAddress(header(message.headers, 'x-failed-recipients')) ??
    failedAddress({ said, returned, notThem, domain: domainOf(message) });
  return {
    kind: action === 'failed' ? 'bounce' : 'delayed',
    why: `${part.type}: ${status.action ? `Action: ${status.action}` : `Status: ${status.status}`}`.slice(
      0,
      200,
    ),
    problem: problemOf(status, { address, action, said }),
    originalMessageId: originalMessageId(returned, message.headers, said),
  };
}

/**
 * Whom we wrote to, where the copy of our message shows which of the recipients that is: a forwarding server reports where it sent
 * the message on to, and only the other can be suppressed. Else the final recipient.
 */
function reportedAddress(
  status: DeliveryStatus,
  sentTo: readonly string[],
  { addresses: ours }: Ourselves,
): string | null {
  const fields = ['final-recipient', 'original-recipient', 'x-actual-recipient'] as const;
  const reported = fields
    .map((name) => typedAddress(status[name]))
    .filter((one) => one !== null && !ours.includes(one));
  return reported.find((one) => sentTo.includes(one!)) ?? reported[0] ?? null;
}

function problemOf(
  status: DeliveryStatus,
  { address, action, said }: { address: string | null; action: Action; said: string },
): DeliveryProblem {
  const field = statusIn(status.status);
  const reported = diagnose(status['diagnostic-code'].replace(/^[\w-]{1,30}\s*;\s*/, ''), field);
  const isPlain = reported.cause === 'unknown' || reported.cause === 'rejected';
  const told = isPlain ? diagnose(wordsAbout(said, address), field) : reported;
  const { cause, hard, status: code } = told.cause === 'unknown' ? reported : told;
  return { cause, hard: action === 'failed' && hard, status: code, address };
}
