type Owned = { owner?: unknown };
export type Staff = { _id: unknown; role: string };

/**
 * Whose it is: whoever looks after the recipient, otherwise the owner of the campaign, otherwise every administrator, so
 * that nothing late goes unseen. `staff`: those who can be told; an owner who left is passed over.
 * @returns their ids
 */
export function whoIsTold(
  recipient: Owned | null,
  campaign: Owned | null,
  staff: readonly Staff[],
): string[] {
  const present = new Set(staff.map(({ _id }) => String(_id)));
  const owner = [recipient?.owner, campaign?.owner].map(String).find((id) => present.has(id));
  return owner ? [owner] : administrators(staff);
}

/** Those who are told of a law that all campaigns share: the owners of campaigns, or every administrator where none has one. */
export function whoIsToldOfLaw(campaigns: readonly Owned[], staff: readonly Staff[]): string[] {
  const owners = ownersOf(campaigns, staff);
  return owners.length > 0 ? owners : administrators(staff);
}

/** Those who are told of what may be anybody's: the owners of campaigns and every administrator. */
export const whoIsToldOfStrays = (campaigns: readonly Owned[], staff: readonly Staff[]): string[] => [
  ...new Set([...ownersOf(campaigns, staff), ...administrators(staff)]),
];

function ownersOf(campaigns: readonly Owned[], staff: readonly Staff[]): string[] {
  const present = new Set(staff.map(({ _id }) => String(_id)));
  return [...new Set(campaigns.map(({ owner }) => String(owner)).filter((id) => present.has(id)))];
}

const administrators = (staff: readonly Staff[]): string[] =>
  staff.filter(({ role }) => role === 'admin').map(({ _id }) => String(_id));
