import { parseHeaders } from './message-headers.js';

/** What a delivery report says of one recipient (RFC 3464, section 2.3), field by field; an empty string where it says nothing. */
export type DeliveryStatus = Record<(typeof fields)[number], string>;

const fields = [
  'original-recipient',
  'final-recipient',
  'x-actual-recipient',
  'action',
  'status',
  'diagnostic-code',
  'remote-mta',
] as const;
const isField = (name: string): name is (typeof fields)[number] => fields.some((field) => field === name);
const isRecipient = (name: string): boolean => name === 'original-recipient' || name === 'final-recipient';

const empty = (): DeliveryStatus => ({
  'original-recipient': '',
  'final-recipient': '',
  'x-actual-recipient': '',
  action: '',
  status: '',
  'diagnostic-code': '',
  'remote-mta': '',
});

/** A report to 10,000 recipients is understood from the first of them. */
const MOST = 200;

/**
 * Reads the fields of a delivery report. Many servers forget the blank lines between recipients or write some too many, so a
 * recipient also begins where a field that names one comes a second time, and a block that names none belongs to the one above.
 */
export function deliveryStatuses(text: string): DeliveryStatus[] {
  const found: DeliveryStatus[] = [];
  for (const block of text.slice(0, 200_000).split(/\n[ \t]*(?=\n)/)) {
    const said = parseHeaders(block.replace(/^\s+/, '')).filter(({ name }) => isField(name));
    let current = said.some(({ name }) => isRecipient(name)) ? null : (found.at(-1) ?? null);
    for (const { name, value } of said as { name: keyof DeliveryStatus; value: string }[]) {
      if (!current || (isRecipient(name) && current[name])) {
        if (found.length === MOST) return found;
        found.push((current = empty()));
      }
      current[name] ||= value;
    }
  }
  return found.filter((one) => one.action || one.status || one['diagnostic-code'] || one['final-recipient']);
}
