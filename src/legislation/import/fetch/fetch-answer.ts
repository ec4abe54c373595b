import { request, type Dispatcher } from 'undici';
import { readRetryAfter } from './back-off.rules.js';
import { nextAddress } from './fetch-address.js';
import { readBody } from './fetch-body.js';
import type { Fetched, FetchOptions, Limits, Seen } from './fetch-options.js';
import { fetchProblem, laterInWords, refusalProblem } from './fetch-problem.js';

export type Question = {
  url: URL;
  seen: Seen;
  options: FetchOptions;
  limits: Limits;
  by: { dispatcher: Dispatcher; signal: AbortSignal };
};

type Answer = Dispatcher.ResponseData;

/**
 * What one address answers, or where it sends us on to.
 * @throws FetchProblem
 */
export async function answerOf(question: Question): Promise<Fetched | URL> {
  const { url, seen, options, limits, by } = question;
  const version = seen.address === url.href ? versionFields(seen) : {};
  const headers = { ...usualFields(options.contact), ...version };
  try {
    const answer = await request(url, { ...by, headers, headersTimeout: limits.headers, bodyTimeout: 0 });
    const known = Object.keys(version).length > 0;
    return known && answer.statusCode === 304 ? { kind: 'unchanged' } : await understand(answer, question);
  } catch (error) {
    throw fetchProblem(error, url.host);
  }
}

const usualFields = (contact: string) => ({
  'user-agent': printable(contact),
  accept: 'application/json, application/atom+xml, application/rss+xml, application/xml, text/csv, */*;q=0.5',
  'accept-encoding': 'gzip, deflate, br',
});

/** As they were received (RFC 9110, 13.1.2 and 13.1.3), if no server could take them for more than a value. */
function versionFields({ etag, lastModified }: Seen): Record<string, string> {
  const fields = { 'if-none-match': etag, 'if-modified-since': lastModified };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value && value === printable(value) ? [[name, value]] : [],
    ),
  );
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '').trim();

async function understand(answer: Answer, { url, options, limits }: Question): Promise<Fetched | URL> {
  const { statusCode: status, body } = answer;
  const field = (name: string): string => [answer.headers[name] ?? ''].flat()[0] ?? '';
  if ([301, 302, 303, 307, 308].includes(status) && field('location'))
    return nextAddress(url, field('location'));
  const retryAt = [429, 503].includes(status) && readRetryAfter(field('retry-after'), options.now());
  if (retryAt) return { kind: 'later', retryAt, why: laterInWords(url.host) };
  if (status !== 200 && status !== 203) throw refusalProblem(status, url.host);
  const coding = field('content-encoding');
  return {
    kind: 'fetched',
    status,
    body: await readBody({ body, coding, length: field('content-length') }, limits.body),
    contentType: field('content-type'),
    etag: field('etag') || null,
    lastModified: field('last-modified') || null,
    address: url.href,
  };
}
