import { csrfSync } from 'csrf-sync';
import type { RequestHandler } from 'express';
import session from 'express-session';
import mongoose from 'mongoose';
import type { Deps } from '../deps.js';
import { contentOf, SESSION_MS, SessionStore } from '../users/session-store.js';

export type NoticeLink = { href: string; words: string };

declare module 'express-session' {
  interface SessionData {
    /** said once, on the next page */
    notice?: string;
    /** what that leads to */
    noticeLinks?: NoticeLink[];
    /** a one-time link, shown once to the administrator who made it */
    linkShownOnce?: string;
    /** the id of the campaign that they looked at last, with which the first page opens */
    campaignLookedAt?: string;
  }
}

export const sessions = ({ sessionSecret, secureCookies }: Deps): RequestHandler =>
  session({
    name: 'answerable',
    secret: sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: secureCookies, maxAge: SESSION_MS },
    store: new SessionStore({
      client: mongoose.connection.getClient(),
      autoRemove: 'disabled',
      ttl: SESSION_MS / 1000,
    }),
  });

/**
 * A browser follows a redirect as soon as it has read the headers, which express-session sends before it saves: the next
 * page would miss the notice that belongs to it. So what changed in the session is saved first.
 */
export const savedBeforeRedirect: RequestHandler = (req, res, next) => {
  const before = contentOf(req.session);
  const redirect = res.redirect.bind(res) as (...args: unknown[]) => void;
  res.redirect = (...args: unknown[]) => {
    if (contentOf(req.session) === before) return redirect(...args);
    return req.session.save((error?: unknown) => (error ? next(error) : redirect(...args)));
  };
  next();
};

const csrf = csrfSync({ getTokenFromRequest: (req) => (req.body as { _csrf?: string } | undefined)?._csrf });

/** Refuses every form that does not carry the token of this session. */
export const csrfProtection: RequestHandler = csrf.csrfSynchronisedProtection;
export const csrfToken = csrf.generateToken;
