import { expect, test } from '@jest/globals';
import type { Request, RequestHandler, Response } from 'express';
import { NotAllowed } from '../../src/errors.js';
import type { Role } from '../../src/users/user.rules.js';
import { createRouter, doorOf, type Door } from '../../src/web/router.js';

type Registered = {
  stack: { route: { methods: Record<string, boolean>; stack: { handle: RequestHandler }[] } }[];
};

function routeWith(door: Door, method: 'get' | 'post' = 'get') {
  const routes = createRouter();
  routes[method]('/page', door, () => {});
  const { route } = (routes.handler as unknown as Registered).stack[0]!;
  return { handlers: route.stack.map(({ handle }) => handle), methods: route.methods };
}

/** Knocks on a door. @returns where it sends to, or that it opened */
function knock(door: Door, role: Role | null, method = 'GET'): string {
  let outcome = 'nothing';
  const req = { method, originalUrl: '/page?a=1', ...(role && { user: { role } }) } as unknown as Request;
  const res = { redirect: (to: string) => (outcome = to) } as unknown as Response;
  void routeWith(door).handlers[0]!(req, res, () => (outcome = 'opened'));
  return outcome;
}

test('a route is registered with its door before its handler', () => {
  const { handlers, methods } = routeWith(['admin'], 'post');
  expect(methods).toEqual({ post: true });
  expect(handlers).toHaveLength(2);
  expect(doorOf(handlers[0]!)).toEqual(['admin']);
  expect(doorOf(handlers[1]!)).toBeUndefined();
});

test.each<[Door, Role | null, string]>([
  ['anyone', null, 'opened'],
  ['anyone', 'partner', 'opened'],
  [['admin', 'staff'], 'staff', 'opened'],
  [['admin'], null, '/sign-in?next=%2Fpage%3Fa%3D1'],
])('the door %j, to %s: %s', (door, role, outcome) => {
  expect(knock(door, role)).toBe(outcome);
});

test.each<[Door, Role]>([
  [['admin'], 'staff'],
  [['admin', 'staff'], 'partner'],
  [[], 'admin'],
])('the door %j is closed to %s', (door, role) => {
  expect(() => knock(door, role)).toThrow(NotAllowed);
});

test('a form sent without being signed in is not repeated after signing in', () => {
  expect(knock(['admin'], null, 'POST')).toBe('/sign-in');
});
