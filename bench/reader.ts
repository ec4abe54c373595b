import { Agent, request } from 'node:http';
import { PASSWORD } from './campaign.js';

type Answer = { status: number; text: string; cookies: string[] };
type Sent = { method?: string; body?: string; cookie?: string };

/** One connection that is kept: what is measured is the page and not the way to it. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export function ask(url: string, { method = 'GET', body, cookie }: Sent = {}): Promise<Answer> {
  const headers = {
    ...(cookie && { cookie }),
    ...(body && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          cookies: response.headers['set-cookie'] ?? [],
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Signs in through the form, as a person does. @returns the cookie of the session */
export async function signIn(url: string, email: string): Promise<string> {
  const page = await ask(`${url}/sign-in`);
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: token, email, password: PASSWORD }).toString();
  const answer = await ask(`${url}/sign-in`, { method: 'POST', body, cookie: cookieOf(page.cookies) });
  if (answer.status !== 302) throw new Error(`${email} could not sign in: ${answer.status}`);
  return cookieOf(answer.cookies);
}

const cookieOf = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ');
