import type { Readable } from 'node:stream';
import { csvOf, type CsvRow } from '../csv.js';
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
  ['Follow-up planned', ({ nextStep }) => (!nextStep ? 'no' : nextStep.waits ? 'waits for a person' : 'yes')],
  ['Follow-up planned for', ({ nextStep }) => nextStep?.on ?? ''],
];

/** The recipients as a table for a spreadsheet. */
export const recipientsCsv = (recipients: AsyncIterable<SharedRecipient>): Readable =>
  csvOf(
    columns.map(([header]) => header),
    linesOf(recipients),
  );

async function* linesOf(recipients: AsyncIterable<SharedRecipient>): AsyncGenerator<CsvRow> {
  for await (const recipient of recipients) yield columns.map(([, cell]) => cell(recipient));
}
