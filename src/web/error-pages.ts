import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { NotAllowed, NotFound, RuleBroken } from '../errors.js';
import { isDatabaseGone } from '../database.js';
import { withoutSecrets } from './log-path.js';
import { refusedForm } from './refused-form.js';
import { renderPage } from './render.js';

type Page = { status: number; title: string; message: string };

export const unknownAddress: RequestHandler = () => {
  throw new NotFound('There is nothing at this address.');
};

/** Turns what was thrown into a page that says what happened, what was kept and what to do. */
export const errorPages =
  (log: Logger): ErrorRequestHandler =>
  // express knows such a handler by its four arguments
  async (error: unknown, req, res, _next) => {
    if (res.headersSent) {
      if (!isLeft(error)) log.error({ err: error, path: withoutSecrets(req.path) }, 'an answer broke off');
      // what has begun to go out is not to be taken for the whole
      return void res.destroy();
    }
    if (isRefusedForm(error)) {
      res.status(403);
      return renderPage(res, 'errors/refused-form', 'This form is out of date', refusedForm(req));
    }
    const page = pageFor(error);
    if (page.status >= 500) log.error({ err: error, path: withoutSecrets(req.path) }, page.title);
    res.status(page.status);
    if (page.status === 503) res.set('Retry-After', '10');
    await renderPage(res, 'errors/error', page.title, { message: page.message, status: page.status });
  };

/** Has whoever asked gone away before the answer was complete? */
const isLeft = (error: unknown): boolean =>
  (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE';

const isRefusedForm = (error: unknown): boolean => (error as { code?: string }).code === 'EBADCSRFTOKEN';

function pageFor(error: unknown): Page {
  if (error instanceof NotFound) return { status: 404, title: 'Not found', message: error.message };
  if (error instanceof NotAllowed) return { status: 403, title: 'Not allowed', message: error.message };
  if (error instanceof RuleBroken)
    return { status: 409, title: 'That cannot be done', message: error.message };
  if (isDatabaseGone(error)) return databaseGone;
  return pageForCode(error as Coded);
}

const databaseGone: Page = {
  status: 503,
  title: 'The database cannot be reached',
  message:
    'What you sent last may have been saved, or not: look before you send it again. The page works again by itself as soon as the database does.',
};

/** The codes of a database are numbers. */
type Coded = { code?: string | number; type?: string; status?: number };

function pageForCode({ code, type, status }: Coded): Page {
  if (type === 'entity.too.large' || code === 'LIMIT_FIELD_VALUE' || type === 'parameters.too.many') {
    return {
      status: 413,
      title: 'That is too much text',
      message: 'The form held more than can be accepted at once. Nothing was saved: go back and shorten it.',
    };
  }
  if (String(code).startsWith('LIMIT_') || (status !== undefined && status >= 400 && status < 500)) {
    return {
      status: 400,
      title: 'The form could not be read',
      message:
        'What arrived was not a form of ours. Nothing was saved: go back, reload the page and send it again.',
    };
  }
  return {
    status: 500,
    title: 'Something went wrong here',
    message:
      'This is a mistake in the software, not yours. It has been logged. Check whether what you did was saved before you repeat it.',
  };
}
