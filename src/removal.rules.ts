import type { Types } from 'mongoose';
import type { Removals, RemovedRecord } from './removal.model.js';

export type Writing = { by: Types.ObjectId; now: Date };
export type Removing = Writing & { why: string };
export type Back = { by: Types.ObjectId; at: Date };

export const removedBy = ({ by, now, why }: Removing): RemovedRecord => ({ by, at: now, why });

/** That it was removed stays written down when it is put back. */
export const notRemovedAnyMore = ({ removed, onceRemoved }: Removals, { by, at }: Back): Removals => ({
  removed: null,
  onceRemoved: [...(onceRemoved ?? []), ...(removed ? [{ ...removed, backBy: by, backAt: at }] : [])],
});
