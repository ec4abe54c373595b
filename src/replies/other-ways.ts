import type { OfficeRecord } from '../organisations/office.model.js';
import type { OrganisationRecord } from '../organisations/organisation.model.js';
import { foldAddress } from '../suppressions/fold-address.js';

export type Way = { kind: 'address' | 'letter' | 'phone'; to: string; who: string };

type Known = Pick<OfficeRecord, 'email' | 'postalAddress' | 'phone' | 'title'>;

/**
 * Where else somebody can be reached whose mail came back, the likeliest first: the address the office has now, other addresses
 * at the organisation, a letter, a telephone.
 * @param failed the address that the mail did not reach, small letters
 */
export function otherWays(
  office: Known,
  { people }: Pick<OrganisationRecord, 'people'>,
  failed: string | null,
): Way[] {
  const works = (email: string): boolean => email !== '' && foldAddress(email) !== failed;
  return [
    ...(works(office.email) ? [{ kind: 'address' as const, to: office.email, who: office.title }] : []),
    ...people
      .filter(({ email }) => works(email))
      .map(({ email, name }) => ({ kind: 'address' as const, to: email, who: name })),
    ...(office.postalAddress
      ? [{ kind: 'letter' as const, to: office.postalAddress, who: office.title }]
      : []),
    ...(office.phone ? [{ kind: 'phone' as const, to: office.phone, who: office.title }] : []),
    ...people
      .filter(({ phone }) => phone)
      .map(({ phone, name }) => ({ kind: 'phone' as const, to: phone, who: name })),
  ];
}
