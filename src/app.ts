import compression from 'compression';
import express, { type Express } from 'express';
import path from 'node:path';
import type { Deps } from './deps.js';
import { addRoutes, addRoutesWithoutToken } from './routes.js';
import { signedIn } from './users/signed-in.js';
import { errorPages, unknownAddress } from './web/error-pages.js';
import { pageLocals } from './web/locals.js';
import { viewEngine } from './web/render.js';
import { securityHeaders, neverCached } from './web/security.js';
import { csrfProtection, savedBeforeRedirect, sessions } from './web/sessions.js';
import { acceptFiles } from './web/uploads.js';

/** A request's way in, top to bottom. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by');
  // pages are never kept by a cache, so there is nothing to compare
  app.disable('etag');
  app.set('trust proxy', 'loopback, uniquelocal');
  app.set('view engine', 'ejs');
  const views = path.resolve('views');
  app.set('views', views);
  app.engine('ejs', viewEngine(views));
  app.enable('view cache');
  app.set('query parser', 'simple');
  // should even the error page fail, Express shows no stack
  app.set('env', 'production');

  app.use(securityHeaders());
  app.use(compression());
  app.use('/assets', express.static(path.resolve('views/assets'), { maxAge: '1h' }));
  app.use('/assets/pico', express.static(path.resolve('node_modules/@picocss/pico/css'), { maxAge: '7d' }));
  app.use(neverCached);
  app.use(pageLocals(deps));
  app.use(express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 10_000 }));
  app.use(sessions(deps), savedBeforeRedirect);
  const authenticator = signedIn(deps);
  app.use(authenticator.session());
  addRoutesWithoutToken(app, deps);
  app.use(acceptFiles);
  app.use(csrfProtection);
  addRoutes(app, deps, authenticator);
  app.use(unknownAddress);
  app.use(errorPages(deps.log));
  return app;
}
