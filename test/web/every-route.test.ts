import { beforeEach, describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import { roles, type Role } from '../../src/users/user.rules.js';
import { createRouter } from '../../src/web/router.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { addressOf, routesOf, withoutDoor, type Route } from '../support/routes.js';
import { aVisitor, signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

let testApp: TestApp;
beforeEach(() => {
  testApp = createTestApp();
});

test('every route says who may enter', () => {
  expect(routesOf(testApp.app).length).toBeGreaterThan(50);
  expect(withoutDoor(testApp.app)).toEqual([]);
});

describe('the walk finds', () => {
  test('a route without a door, however deep it lies', () => {
    const { app } = testApp;
    app.get('/bare', (_req, res) => res.send('anybody'));
    const outer = Router();
    const inner = Router();
    inner.post('/deep/:id', (_req, res) => res.send('anybody'));
    outer.use(inner);
    app.use(outer);
    expect(withoutDoor(app)).toEqual(['GET /bare', 'POST /deep/:id']);
  });

  test('a route that answers before its door, and one that opens to nobody', () => {
    const { app } = testApp;
    const doored = createRouter();
    doored.get('/nobody', [], () => {});
    app.use(doored.handler);
    const door = (doored.handler as unknown as { stack: { route: { stack: { handle: never }[] } }[] })
      .stack[0]!.route.stack[0]!.handle;
    app.get('/late', (_req, _res, next) => next(), door);
    app.route('/all').all((_req, res) => res.send('anybody'));
    expect(withoutDoor(app)).toEqual(['GET /nobody', 'GET /late', 'ALL /all']);
  });

  test('a router below a path, whose addresses it could not know', () => {
    testApp.app.use('/below', Router());
    expect(() => routesOf(testApp.app)).toThrow('mounted below a path');
  });
});

test('whoever is not signed in is sent to sign in, and nothing else opens', async () => {
  const visitor = aVisitor(testApp);
  const token = await visitor.tokenFrom('/sign-in');
  const wrong: string[] = [];
  for (const route of routesOf(testApp.app).filter(({ door }) => door !== 'anyone')) {
    const address = addressOf(route);
    const { status, headers } = await ask(visitor, route, token);
    const target = route.method === 'GET' ? `/sign-in?next=${encodeURIComponent(address)}` : '/sign-in';
    if (status !== 302 || headers['location'] !== target)
      wrong.push(`${route.method} ${address}: ${status} ${headers['location']}`);
  }
  expect(wrong).toEqual([]);
});

test.each(roles)('every page whose door does not name %s answers 403', async (role: Role) => {
  const visitor = await signInAs(testApp, role);
  const token = await visitor.tokenFrom('/account');
  const wrong: string[] = [];
  for (const route of routesOf(testApp.app)) {
    if (route.door === 'anyone' || route.door!.includes(role)) continue;
    const { status, text } = await ask(visitor, route, token);
    if (status !== 403 || !text.includes('Your account does not open this page.'))
      wrong.push(`${route.method} ${addressOf(route)}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('a partner may open their account and what is shared with them, and nothing else', () => {
  const open = routesOf(testApp.app).filter(({ door }) => door !== 'anyone' && door!.includes('partner'));
  const elsewhere = open
    .map(({ path }) => path)
    .filter((path) => !/^\/(shared|account|sign-out)\b/.test(path));
  expect(elsewhere).toEqual(['/']);
});

/** The one address that a mail provider posts to for its reader (RFC 8058); test/web/unsubscribe.test.ts looks at it. */
const WITHOUT_TOKEN = '/unsubscribe/:token';

test('a form without the token of its session is refused, whatever it is for', async () => {
  const visitor = await signInAs(testApp, 'admin');
  const wrong: string[] = [];
  const posts = routesOf(testApp.app).filter(({ method }) => method === 'POST');
  expect(posts.map(({ path }) => path)).toContain(WITHOUT_TOKEN);
  for (const route of posts.filter(({ path }) => path !== WITHOUT_TOKEN)) {
    for (const token of ['', 'made up']) {
      const { status, text } = await ask(visitor, route, token);
      if (status !== 403 || !text.includes('This form is out of date'))
        wrong.push(`${addressOf(route)}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each(['ffffffffffffffffffffffff', 'nonsense', '%00', '../users', '1'])(
  'an address with %j for every id is answered with 404',
  async (id) => {
    const visitor = await signInAs(testApp, 'admin');
    const token = await visitor.tokenFrom('/account');
    const wrong: string[] = [];
    for (const route of routesOf(testApp.app).filter(({ path }) => path.includes(':'))) {
      const { status } = await ask(visitor, route, token, encodeURIComponent(id).replaceAll('%25', '%'));
      if (status !== 404) wrong.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(wrong).toEqual([]);
  },
);

function ask({ agent }: Visitor, route: Route, token: string, id?: string) {
  const address = addressOf(route, id);
  return route.method === 'GET'
    ? agent.get(address)
    : agent.post(address).type('form').send({ _csrf: token });
}
