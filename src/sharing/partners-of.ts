import type { Types } from 'mongoose';
import { User } from '../users/user.model.js';

/** The names of the partners who may read a campaign, those who have not taken up their invitation among them; for staff. */
export async function partnersOf(campaign: Types.ObjectId): Promise<string[]> {
  const partners = await User.find({ role: 'partner', campaigns: campaign, closedAt: null }, { name: 1 })
    .sort({ name: 1 })
    .lean<{ name: string }[]>();
  return partners.map(({ name }) => name);
}
