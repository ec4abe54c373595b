import { typedAddress } from '../../mail/address-in-text.js';
import { deliveryStatuses, type DeliveryStatus } from '../../mail/delivery-status.js';
import type { MessageHeaders } from '../../mail/message-headers.js';
import type { MessagePart } from '../../mail/message-part.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import type { DeliveryProblem, Ourselves, Verdict } from '../incoming.rules.js';
import { diagnose, isVague } from './causes.js';
import type { Rule } from './classify.js';
import { codesIn, statusIn } from './diagnostic-codes.js';
import { failedAddress, recipientsOf } from './failed-address.js';
import { machineSigns } from './machine-signs.js';
import { originalMessageId } from './original-message-id.js';
import { oneLine, wordsAbout } from './words-about.js';

type Action = 'failed' | 'delayed' | 'arrived';

/**
 * Recognises reports by RFC 3464 and RFC 6533. The part with the fields is found by its type or, as that is often wrong, by what
 * stands in it; the sender has to be a program as well, for people pass such parts on. Of several recipients one that failed decides.
 */
export const asDeliveryReport: Rule = (message, ourselves) => {
  const part = statusPart(message);
  if (!part || !isFromProgram(message)) return null;
  const statuses = deliveryStatuses(part.text!);
  for (const action of ['failed', 'delayed'] as const) {
    const status = statuses.find((one) => actionOf(one) === action);
    if (status) return verdictOf({ message, ourselves, status, action, part });
  }
  if (!statuses.some((one) => actionOf(one) === 'arrived')) return null;
  return { kind: 'auto-reply', why: `${part.type}: a receipt that it was delivered` };
};

const isStatus = ({ text }: MessagePart): boolean =>
  /^(?:final|original)-recipient[ \t]*:/im.test(text?.slice(0, 4000) ?? '');

const statusPart = ({ parts, type }: ReadMessage): MessagePart | undefined =>
  parts.find((part) => /^message\/(?:global-)?delivery-status$/.test(part.type) && part.text) ??
  (type === 'multipart/report' ? parts.slice(1).find(isStatus) : undefined);

function isFromProgram(message: ReadMessage): boolean {
  const { points, isServer } = machineSigns(message);
  return message.type === 'multipart/report' ? points >= 1 || isServer : points >= 2;
}

/** What became of it; where the server does not say so, its codes do. */
function actionOf({ action, status, 'diagnostic-code': diagnostic }: DeliveryStatus): Action | null {
  const said = action.toLowerCase();
  if (/fail|undeliver|error|reject|expired/.test(said)) return 'failed';
  if (/delay|defer/.test(said)) return 'delayed';
  if (/deliver|relay|expand|success/.test(said)) return 'arrived';
  const [first] = statusIn(status) ?? codesIn(diagnostic).reply ?? '';
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
  const { headers } = message;
  const returned = returnedHeaders(message.parts.filter((one) => one !== part));
  const { said } = withoutCopy(plainText(message));
  const address =
    reportedAddress(status, returned, ourselves) ??
    failedAddress({ said, returned, report: headers, ourselves });
  const { hard, ...problem } = problemOf(status, said, address);
  return {
    kind: action === 'failed' ? 'bounce' : 'delayed',
    why: `${part.type}: ${status.action ? `Action: ${status.action}` : `Status: ${status.status}`}`.slice(
      0,
      200,
    ),
    problem: { ...problem, hard: action === 'failed' && hard },
    originalMessageId: originalMessageId({ returned, headers, said }),
  };
}

/**
 * Whom we wrote to, where the copy of our message shows which of the recipients that is: a forwarding server reports where it sent
 * the message on to, and only the other can be suppressed. Else the final recipient.
 */
function reportedAddress(
  status: DeliveryStatus,
  returned: MessageHeaders | null,
  { addresses: ours }: Ourselves,
): string | null {
  const fields = ['final-recipient', 'original-recipient', 'x-actual-recipient'] as const;
  const reported = fields
    .map((name) => typedAddress(status[name]))
    .filter((one): one is string => one !== null && !ours.includes(one));
  const sentTo = recipientsOf(returned);
  return reported.find((one) => sentTo.includes(one)) ?? reported.find(isOutside) ?? reported[0] ?? null;
}

/** A host without a dot is known inside their house only. */
const isOutside = (address: string): boolean => /@.*[.:]/.test(address);

/** Servers that say nothing in the field say it in a comment to the status, or in the text for people. */
function problemOf(status: DeliveryStatus, said: string, address: string | null): DeliveryProblem {
  const field = statusIn(status.status);
  const inField = status['diagnostic-code'].replace(/^(?!x-unix)[\w-]{1,30}\s*;\s*/i, '') || status.status;
  const reported = diagnose(inField, field);
  const inText = isVague(reported) ? [wordsAbout(said, address), oneLine(said)] : [];
  const told = inText.map((words) => diagnose(words, field)).find((one) => !isVague(one));
  return { ...(told ?? reported), address };
}
