import type { RequestHandler } from 'express';
import type { Deps } from '../deps.js';
import { csrfToken } from './sessions.js';
import { viewHelpers } from './view-helpers.js';

/** What every page may use: who is signed in, the path, the notice left by the last action, dates in the reader's zone. */
export const pageLocals =
  ({ now }: Deps): RequestHandler =>
  (req, res, next) => {
    Object.assign(res.locals, viewHelpers(req.user?.timeZone ?? 'UTC', now()), {
      user: req.user ?? null,
      path: req.path,
      notice: takeNotice(req.session),
      csrfToken: () => csrfToken(req),
      form: { values: {}, errors: {} },
    });
    next();
  };

function takeNotice(session: { notice?: string }): string | null {
  const notice = session.notice ?? null;
  if (notice) delete session.notice;
  return notice;
}
