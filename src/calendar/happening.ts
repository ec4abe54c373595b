/** One thing that happened, as the feed tells it: a title, and no word that anybody wrote. `id` stays as long as the thing does. */
export type Happening = { id: string; title: string; href: string; at: Date };

/** So many are told, the latest ones. */
export const MOST = 100;

/** The latest of all, the latest first. Two at one time stand by their ids, whatever the database gave first. */
export const latest = (happenings: readonly Happening[]): Happening[] =>
  happenings
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .slice(0, MOST);
