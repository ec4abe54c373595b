/** Finds a record that is at this version: one from before versions were counted is at 1 and has no number in the database. */
export const atVersion = (version: number) => ({ version: version === 1 ? { $in: [1, null] } : version });
