import { dayOf } from '../dates.js';
import { foldName, holderOn, type Holder } from '../organisations/organisation.rules.js';
import { foldAddress } from './fold-address.js';

/** What the records of an organisation say of its people: whoever holds an office is written to at that office's address. */
export type PeopleRecords = {
  people: readonly { name: string; email: string }[];
  offices: readonly { email: string; timeZone: string; holders: readonly Holder[] }[];
};

/**
 * The addresses (folded) that an organisation's records hold for a person of this name at an instant, whoever else is written
 * to there. Who held an office before has no claim to its address any more: it is their successor's.
 */
export function addressesOf(name: string, { people, offices }: PeopleRecords, at: Date): Set<string> {
  const isTheirs = (other: string | undefined) => other !== undefined && foldName(other) === foldName(name);
  const emails = [
    ...people.filter((one) => isTheirs(one.name)),
    ...offices.filter(({ holders, timeZone }) => isTheirs(holderOn(holders, dayOf(at, timeZone))?.name)),
  ].map(({ email }) => foldAddress(email));
  return new Set(emails.filter((email) => email !== null));
}

/** Is somebody of this name written down there, at whatever time? A name that is spelled otherwise would keep nothing back. */
export const isNamed = (name: string, { people, offices }: PeopleRecords): boolean =>
  [...people, ...offices.flatMap(({ holders }) => holders)].some(
    (one) => foldName(one.name) === foldName(name),
  );
