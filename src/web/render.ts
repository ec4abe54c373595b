import ejs from 'ejs';
import type { Response } from 'express';
import type { FormState } from './form.js';
import { choseFiles, withFilesLost } from './uploads.js';
import { viewHelpers } from './view-helpers.js';

type Locals = Record<string, unknown>;

/**
 * Renders a page inside the layout. `locals` is written out by the caller, never spread from a request:
 * a query string could otherwise change EJS's own options.
 */
export async function renderPage(
  res: Response,
  view: string,
  title: string,
  locals: Locals = {},
): Promise<void> {
  const { ofEveryPage } = res.locals as { ofEveryPage: () => Locals };
  const shared = { ...ofEveryPage(), ...locals, title };
  const body = await render(res, view, shared);
  res.send(await render(res, 'layouts/page', { ...shared, body }));
}

/**
 * A form that was not right: the page again with what was typed, status 422. Whoever chose files is told in each of them that
 * these were not kept, and nobody else is.
 */
export async function renderForm(
  res: Response,
  view: string,
  title: string,
  locals: Locals & { form: FormState },
): Promise<void> {
  const filesLost = choseFiles(res.req);
  const form = filesLost ? withFilesLost(locals.form) : locals.form;
  const wrong = Object.keys(form.errors).length > 0;
  if (wrong) res.status(422);
  const documentTitle = wrong ? `Please check: ${title}` : title;
  await renderPage(res, view, title, { ...locals, form, filesLost, documentTitle });
}

/** A piece of a page that is the same for every reader, and so can be kept: it knows nobody, and no time of day. */
export const renderPart = (res: Response, view: string, locals: Locals): Promise<string> =>
  render(res, view, { ...viewHelpers('UTC', new Date(0)), ...locals });

type Done = (error: Error | null, html?: string) => void;

/** A view includes others by their names from the root, `/partials/field`: beside itself it would look on the disk for each, every time. */
export const viewEngine =
  (root: string) =>
  (file: string, locals: object, done: Done): void => {
    ejs.renderFile(file, locals, { root, cache: true }, done);
  };

function render(res: Response, view: string, locals: Locals): Promise<string> {
  return new Promise((resolve, reject) => {
    res.app.render(view, locals, (error: Error | null, html?: string) =>
      error ? reject(error) : resolve(html ?? ''),
    );
  });
}
