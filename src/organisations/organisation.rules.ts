export const organisationKinds = ['company', 'regulator', 'charity', 'newspaper', 'other'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const organisationKindNames: Record<OrganisationKind, string> = {
  company: 'Company',
  regulator: 'Regulator',
  charity: 'Charity',
  newspaper: 'Newspaper',
  other: 'Other',
};

/** Two organisations with the same name but for case, accents and spaces are the same one. */
export const foldName = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

export type Holder = { name: string; salutation: string; from?: string | null; until?: string | null };

/**
 * Who holds an office on a calendar day (`2026-11-24`).
 * A holder without a first day has held it as long as we know; one without a last day still does.
 * Of several, the one who came last counts. @returns null when the office is vacant
 */
export function holderOn<H extends Holder>(holders: readonly H[], day: string): H | null {
  const holding = holders.filter(({ from, until }) => (!from || from <= day) && (!until || until >= day));
  return holding.reduce<H | null>(
    (last, holder) => (!last || (holder.from ?? '') >= (last.from ?? '') ? holder : last),
    null,
  );
}
