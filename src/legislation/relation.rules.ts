/** What a law is to another one. */
export const relations = ['amends', 'replaces', 'interim for'] as const;
export type Relation = (typeof relations)[number];

/** Seen from the law that says so, and from the other one. */
export const relationNames: Record<Relation, { here: string; there: string }> = {
  amends: { here: 'Amends', there: 'Amended by' },
  replaces: { here: 'Replaces', there: 'Replaced by' },
  'interim for': { here: 'In place until', there: 'Until then' },
};
