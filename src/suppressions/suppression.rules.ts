import type { Types } from 'mongoose';
import { dayInWords, dayOf, type Day } from '../dates.js';
import { foldName } from '../organisations/organisation.rules.js';
import { foldAddress, foldDomain } from './fold-address.js';
import { addressesOf, type PeopleRecords } from './person-addresses.rules.js';

export const suppressionKinds = ['address', 'person', 'organisation', 'domain'] as const;
export type SuppressionKind = (typeof suppressionKinds)[number];

export const suppressionKindNames: Record<SuppressionKind, string> = {
  address: 'One email address',
  person: 'One person at an organisation',
  organisation: 'A whole organisation',
  domain: 'Every address of a mail domain',
};

type OrganisationId = Types.ObjectId | string | null;

/**
 * Somebody who is about to be written to; what is not known is left out. `timeZone`: the named one of their office. `at`: when,
 * where that is not now.
 */
export type Target = {
  address?: string;
  personName?: string;
  organisation?: OrganisationId;
  timeZone?: string;
  at?: Date;
};

/** What the rules look at of a suppression. */
export type Suppression = {
  key: string;
  kind: SuppressionKind;
  value: string;
  organisation?: OrganisationId;
  reason: string;
  source: string;
  from: Day;
  until?: Day | null;
  /** its first day had begun for whoever wrote it down */
  atOnce?: boolean | null;
  lifted?: unknown;
};

/** What a suppression of this kind is found by. @returns null when the value cannot be one of its kind */
export function keyOf(
  kind: SuppressionKind,
  { value, organisation }: { value: string; organisation?: OrganisationId },
) {
  if (kind === 'address') return key(kind, foldAddress(value));
  if (kind === 'domain') return key(kind, foldDomain(value));
  if (!organisation) return null;
  if (kind === 'organisation') return key(kind, String(organisation));
  return key(kind, foldName(value) && `${String(organisation)} ${foldName(value)}`);
}

const key = (kind: SuppressionKind, folded: string | null): string | null =>
  folded ? `${kind} ${folded}` : null;

/** Every key that would keep this target from being written to; of a domain, those of the domains above it too. */
export function keysOf({ address = '', personName = '', organisation }: Target): string[] {
  const domain = foldDomain(address.slice(address.lastIndexOf('@') + 1));
  const labels = domain?.split('.') ?? [];
  const domains = labels.slice(0, -1).map((_, i) => key('domain', labels.slice(i).join('.')));
  return [
    keyOf('address', { value: address }),
    ...domains,
    keyOf('organisation', { value: '', organisation }),
    keyOf('person', { value: personName, organisation }),
  ].filter((one) => one !== null);
}

type Days = Pick<Suppression, 'from' | 'until' | 'atOnce' | 'lifted'>;

/** Where a day begins first and ends last on earth (POSIX turns the signs round: these are UTC+14 and UTC-12). */
const [FIRST, LAST] = ['Etc/GMT-14', 'Etc/GMT+12'];

/** The day that is about to be over everywhere: what ended before it holds nowhere any more. */
export const lastDayAnywhere = (now: Date): Day => dayOf(now, LAST);

/**
 * Does it hold at this instant? Both its days are part of it, as they are called where somebody is written to; where that is not
 * known, from when the first begins anywhere until the last is over everywhere. What is to hold from today on holds at once.
 */
export function isInForce({ from, until, atOnce, lifted }: Days, at: Date, timeZone?: string): boolean {
  const hasBegun = atOnce || from <= dayOf(at, timeZone ?? FIRST);
  const isOver = until && until < dayOf(at, timeZone ?? LAST);
  return !lifted && hasBegun && !isOver;
}

export type SuppressionState = 'lifted' | 'expired' | 'to come' | 'in force';

/** What pages show of where a suppression is. */
export function stateOf(suppression: Days, now: Date): SuppressionState {
  if (suppression.lifted) return 'lifted';
  if (isInForce(suppression, now)) return 'in force';
  return dayOf(now, FIRST) < suppression.from ? 'to come' : 'expired';
}

/**
 * @param peopleOf what the organisations of suppressed people say of them, by id: a person is not written to at their address either,
 *   whoever the mail is addressed to
 * @returns a sentence for each suppression that keeps this target from being written to then, once where two say the same; none lets
 *   it be written to
 */
export function suppressedBy(
  suppressions: readonly Suppression[],
  target: Target,
  now: Date,
  peopleOf: ReadonlyMap<string, PeopleRecords> = new Map(),
): string[] {
  const keys = new Set(keysOf(target));
  const address = foldAddress(target.address ?? '');
  const at = target.at ?? now;
  const isTheirAddress = ({ kind, value, organisation }: Suppression): boolean => {
    const records = kind === 'person' && peopleOf.get(String(organisation));
    return Boolean(records && address && addressesOf(value, records, at).has(address));
  };
  const sentences = suppressions
    .filter((one) => isInForce(one, at, target.timeZone))
    .flatMap((one) => {
      if (keys.has(one.key)) return sentence(one);
      return isTheirAddress(one) ? `${address} is an address of ${one.value}. ${sentence(one)}` : [];
    });
  return [...new Set(sentences)];
}

/** What it covers, in words that begin or stand within a sentence. */
export const covers = ({ kind, value }: Pick<Suppression, 'kind' | 'value'>): string =>
  kind === 'domain' ? `every address at ${value}` : value;

function sentence(suppression: Suppression): string {
  const { from, until, reason, source } = suppression;
  const days = `from ${dayInWords(from)}${until ? `, until ${dayInWords(until)}` : ''}`;
  return capital(
    `${covers(suppression)} is not to be written to ${days}: ${closed(reason)} Source: ${closed(source)}`,
  );
}

/** An address keeps its small letter: it is a name. */
export const capital = (text: string): string => (text.startsWith('every ') ? `E${text.slice(1)}` : text);

/** Typed text as the end of a sentence. */
const closed = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return /[.!?…]$/.test(line) ? line : `${line}.`;
};
