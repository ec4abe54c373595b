import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { NotAllowed } from '../errors.js';
import type { Role } from '../users/user.rules.js';

/** Who may enter: named roles, or anyone at all (sign-in, health). An empty list lets nobody in. */
export type Door = readonly Role[] | 'anyone';

type Handler = (req: Request, res: Response, next: NextFunction) => unknown;
type Add = (path: string, door: Door, ...handlers: Handler[]) => void;

const doors = new WeakMap<object, Door>();

/** The door of a registered handler, or undefined where it has none: the test that walks all routes asks this. */
export const doorOf = (handler: object): Door | undefined => doors.get(handler);

/** An Express router on which a route cannot be added without saying who may enter. */
export function createRouter() {
  const router = Router();
  const add =
    (method: 'get' | 'post'): Add =>
    (path, door, ...handlers) => {
      router[method](path, admit(door), ...(handlers as RequestHandler[]));
    };
  return { get: add('get'), post: add('post'), handler: router };
}

function admit(door: Door): RequestHandler {
  const middleware: RequestHandler = (req, res, next) => {
    if (door === 'anyone') return next();
    if (!req.user) {
      const target = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : '';
      return res.redirect(`/sign-in${target}`);
    }
    if (!door.includes(req.user.role)) throw new NotAllowed('Your account does not open this page.');
    return next();
  };
  doors.set(middleware, door);
  return middleware;
}
