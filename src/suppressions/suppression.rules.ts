import type { Types } from 'mongoose';
import { domainToASCII } from 'node:url';
import { dayInWords, dayOf, type Day } from '../dates.js';
import { foldName } from '../organisations/organisation.rules.js';

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
  reason: string;
  source: string;
  from: Day;
  until?: Day | null;
  /** its first day had begun for whoever wrote it down */
  atOnce?: boolean | null;
  lifted?: unknown;
};

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const DOMAIN = new RegExp(`^(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`);

/**
 * A mail domain as domains are compared: small letters, unicode as punycode, no dot at the end.
 * @returns null when it is none; a name without a dot, such as `org`, would silence half the world and is none either
 */
export function foldDomain(text: string): string | null {
  const typed = text.trim().replace(/^@/, '').replace(/\.$/, '');
  // the parser of addresses would take `example.org/page` or `example.org:80` for `example.org`
  if (!/^[^\s/\\:?#@%[\]]+$/.test(typed)) return null;
  const domain = domainToASCII(typed);
  return domain.length <= 253 && DOMAIN.test(domain) ? domain : null;
}

/** An email address as addresses are compared. @returns null when it is none */
export function foldAddress(text: string): string | null {
  const typed = text.trim();
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, Math.max(at, 0)).normalize('NFC').toLowerCase();
  const domain = foldDomain(typed.slice(at + 1));
  return domain && /^[^\s@]{1,64}$/.test(local) ? `${local}@${domain}` : null;
}

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

/** @returns a sentence for each suppression that keeps this target from being written to then; none lets it be written to */
export function suppressedBy(suppressions: readonly Suppression[], target: Target, now: Date): string[] {
  const keys = new Set(keysOf(target));
  return suppressions
    .filter((one) => keys.has(one.key) && isInForce(one, target.at ?? now, target.timeZone))
    .map(sentence);
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
