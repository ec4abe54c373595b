import type { Deps } from '../deps.js';
import { begin } from './begin.js';
import { Firing } from './firing.model.js';
import { todayIn, type ReadTrigger } from './read-trigger.js';

/** From its day on a notice is shown to the partners of its campaign. @returns 1 where it is shown from now on, otherwise 0 */
export async function showNotice(
  read: ReadTrigger,
  day: { day: string; how: string },
  { now }: Deps,
): Promise<number> {
  const { trigger, campaign } = read;
  const today = todayIn(read, now());
  if (day.day > today || (trigger.until && trigger.until < today)) return 0;
  const firing = await begin(read, campaign._id, day, now());
  const { modifiedCount } = await Firing.updateOne(
    { _id: firing._id, state: 'begun' },
    { $set: { state: 'done', said: 'shown' } },
  );
  return modifiedCount;
}
