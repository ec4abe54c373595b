import { FollowUp } from '../follow-ups/follow-up.model.js';
import { byId } from '../group-by.js';
import { foldAddress } from '../suppressions/fold-address.js';
import { readStandings, suppressAddresses, type Standing } from '../suppressions/suppressions.js';
import { bounceCauseNames } from './incoming.rules.js';
import { IncomingMail, type IncomingMailRecord } from './incoming-mail.model.js';
import { isEnoughBounces, BOUNCES_COUNT_FOR_DAYS } from './bounce-limit.rules.js';

/** After a complaint at once, after bounces when there have been enough: the address is not written to any more. */
export async function stopWritingTo(mails: readonly IncomingMailRecord[], now: Date): Promise<void> {
  const about = [...mails.map((mail) => [aboutWhom(mail), mail] as const), ...(await complainedOf(mails))];
  const lastOf = new Map(about);
  const addresses = [...lastOf.keys()].filter((address) => address !== null);
  if (addresses.length === 0) return;
  const standings = await readStandings(addresses);
  const open = addresses.filter((address) => !standings.get(address)!.isSuppressed);
  const complaints = new Map(about.filter(([, { kind }]) => kind === 'complaint'));
  const bounced = await countBounces(
    open.filter((address) => !complaints.has(address)),
    standings,
    now,
  );
  const told = open.map((address) => {
    const complaint = complaints.get(address);
    if (complaint) return { address, ...afterComplaint(complaint) };
    const enough = isEnoughBounces(bounced.get(address) ?? []);
    return enough ? { address, ...afterBounces(enough, lastOf.get(address)!) } : null;
  });
  await suppressAddresses(
    told.filter((one) => one !== null),
    now,
  );
}

/** Where the mail that is complained of went: providers leave the address out of a complaint, or put another in its place (RFC 6590). */
async function complainedOf(mails: readonly IncomingMailRecord[]) {
  const complaints = mails.filter(({ kind, followUp }) => kind === 'complaint' && followUp);
  if (complaints.length === 0) return [];
  const ids = complaints.map(({ followUp }) => followUp!);
  const sent = byId(await FollowUp.find({ _id: { $in: ids } }, { to: 1 }).lean());
  return complaints.map(
    (mail) => [foldAddress(sent.get(String(mail.followUp))?.to.address ?? ''), mail] as const,
  );
}

/** The address a bounce or a complaint is about, folded, as far as is known: where the mail went, or whose it says it is. */
export const addressAbout = async (mail: IncomingMailRecord): Promise<string | null> =>
  (await complainedOf([mail]))[0]?.[0] ?? aboutWhom(mail);

const aboutWhom = ({ problem, reporter }: IncomingMailRecord): string | null =>
  foldAddress(problem?.address ?? reporter ?? '');

const afterComplaint = ({ from }: IncomingMailRecord) => ({
  reason: 'They reported a message of ours as spam.',
  source: `A complaint from ${from?.address || 'their mail provider'} (RFC 5965).`,
});

const afterBounces = (enough: string, { problem }: IncomingMailRecord) => ({
  reason: `${enough} The last one said: ${bounceCauseNames[problem!.cause]}`,
  source: 'Mail that came back.',
});

/** Of each mail to this address (folded) that came back and still counts, whether it was for good. */
export async function bouncesOf(address: string, now: Date): Promise<boolean[]> {
  const bounced = await countBounces([address], await readStandings([address]), now);
  return bounced.get(address) ?? [];
}

async function countBounces(
  addresses: readonly string[],
  standings: ReadonlyMap<string, Standing>,
  now: Date,
): Promise<Map<string, boolean[]>> {
  if (addresses.length === 0) return new Map();
  const since = new Date(now.getTime() - BOUNCES_COUNT_FOR_DAYS * 86_400_000);
  const bounces = await IncomingMail.find(
    { kind: 'bounce', state: 'placed', 'problem.address': { $in: addresses }, happenedAt: { $gte: since } },
    { problem: 1, happenedAt: 1 },
  ).lean<Pick<IncomingMailRecord, 'problem' | 'happenedAt'>[]>();
  const counting = (address: string) =>
    bounces.filter(
      ({ problem, happenedAt }) =>
        problem?.address === address && happenedAt >= (standings.get(address)?.liftedAt ?? since),
    );
  return new Map(
    addresses.map((address) => [address, counting(address).map(({ problem }) => problem!.hard)]),
  );
}
