import { readdirSync, readFileSync } from 'node:fs';
import { readMessage, type ReadMessage } from '../../src/mail/read-message.js';

const folder = new URL('../fixtures/mail/', import.meta.url);

/** The mails in a folder of test/fixtures/mail, by their names without `.eml`. */
export const mailNames = (kind: string): string[] =>
  readdirSync(new URL(kind, folder))
    .map((file) => file.replace(/\.eml$/, ''))
    .toSorted();

export const mailBytes = (kind: string, name: string): Buffer =>
  readFileSync(new URL(`${kind}/${name}.eml`, folder));

export const mailNamed = (kind: string, name: string): Promise<ReadMessage> =>
  readMessage(mailBytes(kind, name));
