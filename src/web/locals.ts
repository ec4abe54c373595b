import type { RequestHandler } from 'express';
import type { SessionData } from 'express-session';
import type { Deps } from '../deps.js';
import { formId } from './form-id.js';
import { csrfToken } from './sessions.js';
import { viewHelpers } from './view-helpers.js';

/**
 * What every page may use: who is signed in, the path, the notice left by the last action, dates in the reader's zone.
 * Asked when a page is rendered, so that a request that goes wrong before it is known who asks has its page too.
 */
export const pageLocals =
  ({ now }: Deps): RequestHandler =>
  (req, res, next) => {
    res.locals['ofEveryPage'] = () => ({
      ...viewHelpers(req.user?.timeZone ?? 'UTC', now()),
      user: req.user ?? null,
      path: req.path,
      ...takeNotice(req.session),
      csrfToken: () => csrfToken(req),
      formId,
      form: { values: {}, errors: {} },
    });
    next();
  };

/** There is no session when the database could not be asked for it. */
function takeNotice(session: Partial<SessionData> | undefined) {
  const { notice = null, noticeLinks = [] } = session ?? {};
  if (notice) delete session!.notice;
  if (session?.noticeLinks) delete session.noticeLinks;
  return { notice, noticeLinks };
}
