import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { useDatabase } from '../support/database.js';
import { signInAs } from '../support/visitor.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();

let site: TestSite;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

/** Like a browser, which follows a redirect as soon as it has read the headers. */
async function open(path: string, cookie: string, form?: URLSearchParams): Promise<IncomingMessage> {
  const headers = { cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) };
  const asked = request(site.url + path, { method: form ? 'POST' : 'GET', headers, agent: false });
  asked.end(form?.toString());
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

test('what an action says is on the page that follows, however fast that is asked for', async () => {
  const staff = await signInAs({ app: site.url }, 'staff');
  const cookie = staff.agent.jar
    .getCookies({ path: '/', domain: '127.0.0.1', secure: false, script: false })
    .toValueString();
  for (let n = 0; n < 10; n += 1) {
    const _csrf = await staff.tokenFrom('/account');
    const moved = await open(
      '/account',
      cookie,
      new URLSearchParams({ _csrf, name: `Robin ${n}`, timeZone: 'UTC' }),
    );
    expect(moved.statusCode).toBe(302);
    const page = load(await text(await open(moved.headers.location!, cookie)));
    moved.resume();
    expect(`${n}: ${page('.notice').text()}`).toBe(`${n}: Your account is saved.`);
  }
});
