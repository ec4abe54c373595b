import { type Row } from '../bench/rows.js';
import type { FollowUpState } from '../src/follow-ups/follow-up.rules.js';
import { exactly, nothingLost } from './account.js';
import { HOUR, MINUTE } from './clock.js';
import { addressOf } from './due.js';
import { startMailServer } from './mail-server.js';
import { withScene, type Scene } from './scene.js';
import type { Behaviour } from './rules.js';
import type { World } from './world.js';

type Case = {
  behaviour: Behaviour;
  /** how many follow-ups come to which end, of so many */
  ends: (count: number) => Partial<Record<FollowUpState, number>>;
  slow?: true;
};

/** What a mail server does, and what has to become of the follow-ups. */
const cases: Record<string, Case> = {
  'refuses the first five with 451, then accepts': {
    behaviour: { rules: [{ at: 'message', does: 451, times: 5 }] },
    ends: (count) => ({ sent: count }),
  },
  'refuses every message with 550': {
    behaviour: { rules: [{ at: 'message', does: 550 }] },
    ends: (count) => ({ failed: count }),
  },
  'hangs up after the message': {
    behaviour: { rules: [{ at: 'message', does: 'hang up' }] },
    ends: (count) => ({ uncertain: count }),
  },
  'answers after three seconds': { behaviour: { delay: 3000 }, ends: (count) => ({ sent: count }) },
  'refuses one of the recipients with 550': {
    behaviour: { rules: [{ at: 'recipient', does: 550, to: addressOf(1) }] },
    ends: (count) => ({ sent: count - 1, failed: 1 }),
  },
  'refuses one of the recipients with 450, then accepts': {
    behaviour: { rules: [{ at: 'recipient', does: 450, to: addressOf(1), times: 1 }] },
    ends: (count) => ({ sent: count }),
  },
  'has three sockets for ten connections': {
    behaviour: { sockets: 3, delay: 50 },
    ends: (count) => ({ sent: count }),
  },
  'keeps silent after the message, the socket open': {
    behaviour: { rules: [{ at: 'message', does: 'silence' }] },
    ends: (count) => ({ uncertain: count }),
    slow: true,
  },
};

/** @param slow whether cases that take a minute are tried too */
export async function badMailServers(
  { uri }: World,
  { count, slow }: { count: number; slow: boolean },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, { behaviour, ends, slow: isSlow }] of Object.entries(cases)) {
    if (isSlow && !slow) continue;
    const play = (scene: Scene): Promise<Row[]> => throughRetries(`mail server ${what}`, scene, ends(count));
    rows.push(...(await withScene({ uri, count, behaviour }, play)));
  }
  return [...rows, ...(await awayThenBack(uri, count))];
}

const retriesAfter = [2 * MINUTE, 6 * MINUTE, 16 * MINUTE, HOUR];

/** Sweeps as often as a day may bring. */
async function throughRetries(
  name: string,
  { sweep, clock, account }: Pick<Scene, 'sweep' | 'clock' | 'account'>,
  ends: Partial<Record<FollowUpState, number>>,
): Promise<Row[]> {
  await sweep();
  for (const pause of retriesAfter) {
    if (!(await account()).states.scheduled) break;
    clock.pass(pause);
    await sweep();
  }
  // what has come to its end stays there
  clock.pass(HOUR);
  await sweep();
  const end = await account();
  const states = Object.entries(ends).map(([state, wanted]) =>
    exactly(`${name}: ${state}`, end.states[state as FollowUpState] ?? 0, 'messages', wanted),
  );
  return [...states, ...nothingLost(name, end)];
}

/** Nothing listens where the mail server should be; later it does. */
function awayThenBack(uri: string, count: number): Promise<Row[]> {
  return withScene({ uri, count }, async (scene) => {
    const { port } = scene.mail;
    await scene.mail.stop();
    await scene.sweep();
    const back = await startMailServer({ port });
    try {
      const there = { ...scene, account: () => scene.account(back) };
      return await throughRetries('mail server away, then back', there, { sent: count });
    } finally {
      await back.stop();
    }
  });
}
