import { readAddress } from './fetch-address.js';
import { answerOf, type Question } from './fetch-answer.js';
import { agentFor } from './fetch-connect.js';
import { usualLimits, type Fetched, type FetchOptions, type Seen } from './fetch-options.js';
import { FetchProblem, sentWrong, TooSlow } from './fetch-problem.js';
import { resolveName } from './fetch-public.js';

export type { Fetched, FetchOptions, Seen } from './fetch-options.js';

const MOST_REDIRECTS = 5;

/**
 * Fetches a source of legislation: only what has changed, only from the open internet or a trusted origin, and never more
 * than the limits. What can go wrong outside comes back as a value, in sentences for whoever looks after the source.
 * @throws the reason of `signal` when that ended it
 */
export async function fetchSource(
  address: string,
  seen: Seen,
  options: FetchOptions,
  signal?: AbortSignal,
): Promise<Fetched> {
  const limits = { ...usualLimits, ...options.limits };
  const { trusted, resolve = resolveName } = options;
  const dispatcher = agentFor({ trusted, resolve, timeout: limits.connect });
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(new TooSlow()), limits.whole);
  const by = { dispatcher, signal: AbortSignal.any(signal ? [slow.signal, signal] : [slow.signal]) };
  try {
    const url = readAddress(address);
    return await follow({ url, seen: { ...seen, address: seen.address || url.href }, options, limits, by });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof FetchProblem) return { kind: 'failed', why: error.message };
    throw error;
  } finally {
    clearTimeout(timer);
    await dispatcher.destroy();
  }
}

/** Goes where redirects lead; each address is judged anew. */
async function follow(question: Question): Promise<Fetched> {
  const asked = new Set<string>();
  for (let { url } = question; ;) {
    asked.add(url.href);
    const answer = await answerOf({ ...question, url });
    if (!(answer instanceof URL)) return answer;
    if (asked.has(answer.href)) throw sentWrong(url.host, 'an address that was asked already, in a circle');
    if (asked.size > MOST_REDIRECTS)
      throw sentWrong(url.host, `yet another address, after ${MOST_REDIRECTS}`);
    url = answer;
  }
}
