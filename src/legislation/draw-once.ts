import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { Track } from './track.model.js';
import { notRemoved } from '../removal.model.js';

/** Readers live in several zones, and so in two or three days at once. */
const KEPT = 4;
const drawn = new Map<string, string>();

/**
 * The picture of all laws as it was drawn before, as long as no law has changed and the day is the same. Drawing it takes
 * ten times as long as asking whether it has to be. `draw`: makes the HTML.
 */
export async function drawOnce(today: Day, draw: () => Promise<string>): Promise<string> {
  const laws = await Track.find(notRemoved, { revision: 1 })
    .sort({ title: 1 })
    .lean<{ _id: Types.ObjectId; revision?: number }[]>();
  const version = [today, ...laws.map(({ _id, revision }) => `${String(_id)} ${revision ?? 0}`)].join('\n');
  const before = drawn.get(version);
  if (before !== undefined) return before;
  const html = await draw();
  drawn.set(version, html);
  if (drawn.size > KEPT) drawn.delete(drawn.keys().next().value!);
  return html;
}
