import type { Item, Which } from './sources.js';

/** As part of a filter, beside everything else that it says. */
export const idsOf = ({ only, except }: Which) =>
  only ? { _id: { $in: [...only] } } : except && except.length > 0 ? { _id: { $nin: [...except] } } : {};

/** The same of what has been read already. */
export const isAsked =
  ({ only, except }: Which) =>
  ({ id }: Pick<Item, 'id'>): boolean =>
    !except?.some((one) => one.equals(id)) && (only?.some((one) => one.equals(id)) ?? true);
