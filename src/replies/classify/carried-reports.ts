import { addresses, type MessageHeaders } from '../../mail/message-headers.js';
import { asBounceInWords } from './bounces-in-words.js';
import type { Rule } from './classify.js';
import { asDeliveryReport } from './delivery-reports.js';
import { isFromWritingProgram, machineSigns } from './machine-signs.js';

/**
 * A report that a collector of bounces, or a rule of our own house, sends on as a message within a message, without a word beside it.
 * Whatever a person outside passes on stays theirs, be it without a word.
 */
export const asCarriedReport: Rule = (message, ourselves, said) => {
  const { carried, headers } = message;
  if (!carried || isFromWritingProgram(headers)) return null;
  if (!isOfOneHouse(headers) && machineSigns(message).signs.length === 0) return null;
  const verdict = asDeliveryReport(carried, ourselves, said) ?? asBounceInWords(carried, ourselves, said);
  return verdict && { ...verdict, why: `It carries nothing but a report: ${verdict.why}` };
};

/** Does it come from the domain that it goes to? */
function isOfOneHouse(headers: MessageHeaders): boolean {
  const [from, to] = ['from', 'to'].map((name) => addresses(headers, name).map(domainOf));
  return from!.some((domain) => domain !== '' && to!.includes(domain));
}

const domainOf = ({ address }: { address: string }): string => address.split('@')[1]?.toLowerCase() ?? '';
