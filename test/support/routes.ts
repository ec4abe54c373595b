import type { Express } from 'express';
import { doorOf, type Door } from '../../src/web/router.js';

type Layer = {
  name: string;
  slash?: boolean;
  handle: object & { stack?: Layer[] };
  route?: { path: string; stack: { method?: string; handle: object }[] };
};

export type Route = { method: string; path: string; door: Door | undefined };

/** Every route that the app registers, through all its routers, with the door of its first handler. */
export function routesOf(app: Express): Route[] {
  return walk((app as unknown as { router: { stack: Layer[] } }).router.stack);
}

function walk(stack: Layer[]): Route[] {
  return stack.flatMap((layer) => {
    if (layer.route) return routesAt(layer.route);
    if (!layer.handle.stack) return [];
    if (!layer.slash)
      throw new Error('A router is mounted below a path: write the whole path in its routes.');
    return walk(layer.handle.stack);
  });
}

/** A route may answer several methods; what counts is the handler that each of them meets first. */
function routesAt({ path, stack }: NonNullable<Layer['route']>): Route[] {
  const methods = new Set(stack.map(({ method }) => method ?? 'all'));
  return [...methods].map((method) => {
    const first = stack.find((layer) => layer.method === undefined || layer.method === method);
    return { method: method.toUpperCase(), path, door: doorOf(first!.handle) };
  });
}

export const withoutDoor = (app: Express): string[] =>
  routesOf(app)
    .filter(({ door }) => door === undefined || door.length === 0)
    .map(({ method, path }) => `${method} ${path}`);

/** An address of this route; the ids in it are of nothing. */
export const addressOf = ({ path }: Route, id = 'ffffffffffffffffffffffff'): string =>
  path.replaceAll(/:\w+/g, id);
