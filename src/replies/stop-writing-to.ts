import { foldAddress } from '../suppressions/suppression.rules.js';
import { liftedLastAt, suppressAddress } from '../suppressions/suppressions.js';
import { bounceCauseNames } from './incoming.rules.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';
import { isEnoughBounces, BOUNCES_COUNT_FOR_DAYS } from './bounce-limit.rules.js';

/** After a complaint at once, after bounces when there have been enough: the address is not written to any more. */
export async function stopWritingTo(
  { kind, problem, from, reporter }: IncomingMailRecord,
  now: Date,
): Promise<void> {
  const address = foldAddress(problem?.address ?? reporter ?? '');
  if (!address) return;
  if (kind === 'complaint') {
    const source = `A complaint from ${from?.address || 'their mail provider'} (RFC 5965).`;
    await suppressAddress(address, { reason: 'They reported a message of ours as spam.', source }, now);
    return;
  }
  const enough = isEnoughBounces(await bouncesOf(address, now));
  if (!enough) return;
  await suppressAddress(
    address,
    {
      reason: `${enough} The last one said: ${bounceCauseNames[problem!.cause]}`,
      source: 'Mail that came back.',
    },
    now,
  );
}

/** Of each mail to this address that came back and still counts, whether it was for good. */
export async function bouncesOf(address: string, now: Date): Promise<boolean[]> {
  const since = new Date(now.getTime() - BOUNCES_COUNT_FOR_DAYS * 86_400_000);
  const lifted = await liftedLastAt(address);
  const bounces = await IncomingMail.find(
    {
      kind: 'bounce',
      state: 'placed',
      'problem.address': address,
      happenedAt: { $gte: lifted && lifted > since ? lifted : since },
    },
    { problem: 1 },
  ).lean<Pick<IncomingMailRecord, 'problem'>[]>();
  return bounces.map(({ problem }) => Boolean(problem?.hard));
}
