import type { Deps } from '../deps.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { findOrganisation } from '../organisations/organisations.js';
import { foldAddress } from '../suppressions/fold-address.js';
import { findSuppressed, readSuppressions } from '../suppressions/suppressions.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';
import { otherWays, type Way } from './other-ways.js';
import { addressAbout, bouncesOf } from './stop-writing-to.js';

/** What follows from a bounce or a complaint that is placed: is the address still written to, and after a bounce, how else are they reached? */
export async function whatFollows(
  mail: IncomingMailRecord,
  office: OfficeRecord,
  { now }: Pick<Deps, 'now'>,
) {
  const { kind, state } = mail;
  if (state !== 'placed' || (kind !== 'bounce' && kind !== 'complaint')) return null;
  const address = await addressAbout(mail);
  const [suppression, bounces, ways] = await Promise.all([
    address && findSuppressed(address, now()),
    address && kind === 'bounce' ? bouncesOf(address, now()) : [],
    kind === 'bounce' ? waysTo(office, address, now()) : [],
  ]);
  return {
    address,
    suppression: suppression || null,
    bounces: bounces.length,
    /** somebody has corrected it at the office since */
    isCorrected: Boolean(address && office.email) && foldAddress(office.email) !== address,
    ways,
  };
}

/** How else they may be reached, without whoever is not to be written to. */
async function waysTo(office: OfficeRecord, failed: string | null, now: Date): Promise<Way[]> {
  const { _id: organisation, people } = await findOrganisation(office.organisation);
  const ways = otherWays(office, { people }, failed);
  const mails = ways.filter(({ kind }) => kind === 'address');
  const suppressed = await readSuppressions(
    mails.map(({ to, who }) => ({ address: to, personName: who, organisation, timeZone: office.timeZone })),
    now,
  );
  return ways.filter((way) => !suppressed[mails.indexOf(way)]?.length);
}
