import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import type { ContactDay, SharedRecipient } from './projections.js';

const known = (contact: ContactDay | null): string =>
  contact ? (contact.by ? 'by that day' : 'that day') : '';

const columns: [string, (recipient: SharedRecipient) => string | number][] = [
  ['Organisation', ({ organisation }) => organisation],
  ['Office', ({ office }) => office],
  ['Held by', ({ holder }) => holder],
  ['Delivery', ({ deliveryName }) => deliveryName],
  ['Engagement', ({ engagementName }) => engagementName],
  ['Late', ({ lateness }) => lateness],
  ['First contact', ({ firstContact }) => firstContact?.day ?? ''],
  ['First contact was', ({ firstContact }) => known(firstContact)],
  ['Last contact', ({ lastContact }) => lastContact?.day ?? ''],
  ['Last contact was', ({ lastContact }) => known(lastContact)],
  ['Contacts from the campaign', ({ contactsOut }) => contactsOut],
  ['Contacts from the recipient', ({ contactsIn }) => contactsIn],
  ['Follow-up planned', ({ nextStep }) => (nextStep ? 'yes' : 'no')],
  ['Follow-up planned for', ({ nextStep }) => nextStep?.on ?? ''],
];

/**
 * The recipients as CSV (RFC 4180), UTF-8 with a byte order mark, which spreadsheets need to read accents.
 * A cell that begins like a formula is escaped, so that a name cannot run anything in a spreadsheet.
 */
export function recipientsCsv(recipients: AsyncIterable<SharedRecipient>): Readable {
  const writer = stringify({
    bom: true,
    header: true,
    columns: columns.map(([header]) => header),
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  const rows = Readable.from(recipients).map((recipient: SharedRecipient) =>
    columns.map(([, cell]) => cell(recipient)),
  );
  rows.on('error', (error) => writer.destroy(error));
  return rows.pipe(writer);
}

/** `open-letter-to-technology-companies-2026-11-24.csv` */
export function csvName(title: string, day: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['recipients'];
  return `${words.join('-').slice(0, 60)}-${day}.csv`;
}
