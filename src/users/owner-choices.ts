import { User, type UserRecord } from './user.model.js';
import { STAFF } from './user.rules.js';

export type OwnerChoice = { _id: unknown; name: string };

/**
 * Those who may own a campaign or look after a recipient, by name; and whoever does now, marked where they may not any more:
 * a form without them would take their name away with whatever else is saved.
 */
export async function readOwnerChoices(owner: unknown = null): Promise<OwnerChoice[]> {
  const fields = { name: 1, role: 1, closedAt: 1 } as const;
  const people = await User.find(
    { $or: [{ role: { $in: STAFF }, closedAt: null }, { _id: owner ?? null }] },
    fields,
  )
    .sort({ name: 1 })
    .lean<UserRecord[]>();
  return people.map((person) => ({ _id: person._id, name: nameOfOwner(person) }));
}

/** A name, and what keeps its bearer from looking after anything. */
export function nameOfOwner({
  name,
  role,
  closedAt,
}: Pick<UserRecord, 'name' | 'role' | 'closedAt'>): string {
  if (closedAt) return `${name} (account closed)`;
  return STAFF.includes(role) ? name : `${name} (no longer on the staff)`;
}
