import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { MongoStore } from 'connect-mongo';
import type { Request } from 'express';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD } from '../support/factories.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();

let site: TestSite;
beforeEach(async () => {
  site = await startSite();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await site.close();
});

type Fields = Record<string, string>;

/** Somebody whose browser, as browsers do, goes on as soon as it has read the headers of a redirect. */
async function aHastyVisitor() {
  const { email } = await aUser();
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(site.url + path, { redirect: 'manual', ...init, headers: { cookie } });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  const tokenOn = async (path: string): Promise<string> => {
    const html = await (await ask(path)).text();
    return /name="_csrf" value="(\w+)"/.exec(html)![1]!;
  };
  const post = async (path: string, fields: Fields): Promise<number> =>
    (await ask(path, { method: 'POST', body: new URLSearchParams(fields) })).status;
  const signIn = (_csrf: string) => post('/sign-in', { email, password: PASSWORD, _csrf });
  return { tokenOn, post, signIn };
}

/** What is saved while a redirect goes out gets to the database when it is let go: by then the next page is there. */
function holdLateSaves() {
  const held: (() => Promise<void>)[] = [];
  const original = Reflect.get(MongoStore.prototype, 'set') as (this: MongoStore, ...args: unknown[]) => void;
  jest.spyOn(MongoStore.prototype, 'set').mockImplementation(function (this: MongoStore, sid, session, done) {
    const { res } = (session as unknown as { req: Request }).req;
    const saved = () => new Promise((resolve) => original.call(this, sid, session, resolve)).then(done);
    if (res!.statusCode === 302) held.push(saved);
    else void saved();
  });
  return { letGo: () => Promise.all(held.splice(0).map((saved) => saved())) };
}

test('what a sign-in, and a sign-out, lead to has a form that can be sent', async () => {
  const { tokenOn, post, signIn } = await aHastyVisitor();
  const { letGo } = holdLateSaves();
  expect(await signIn(await tokenOn('/sign-in'))).toBe(302);
  const toSignOut = await tokenOn('/account');
  await letGo();
  expect(await post('/sign-out', { _csrf: toSignOut })).toBe(302);
  const toSignInAgain = await tokenOn('/sign-in');
  await letGo();
  expect(await signIn(toSignInAgain)).toBe(302);
});

test('whoever opens two pages at once after it can send the form of either', async () => {
  const { tokenOn, post, signIn } = await aHastyVisitor();
  await signIn(await tokenOn('/sign-in'));
  const [one, other] = await Promise.all([tokenOn('/account'), tokenOn('/account')]);
  const fields = { name: 'Robin Hasty', timeZone: 'Europe/London' };
  expect(await post('/account', { ...fields, _csrf: one })).toBe(302);
  expect(await post('/account', { ...fields, _csrf: other })).toBe(302);
});
