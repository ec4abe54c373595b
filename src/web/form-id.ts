import type { Request } from 'express';
import { createHash, randomBytes } from 'node:crypto';
import type { FromForm } from '../stored-once.js';
import { bodyText } from './params.js';
import { filesOf } from './uploads.js';

const ID = /^[\w-]{22}$/;

/** A form that creates something has an id of its own from when it is rendered, see `/partials/form-id`; one that came back keeps it. */
export const formId = (given: unknown): string =>
  typeof given === 'string' && ID.test(given) ? given : randomBytes(16).toString('base64url');

/**
 * The form that was sent and everything in it, in 22 signs: the same where a click was doubled. Whoever goes back to a form and
 * sends other words with it sends another one. Nothing for a form without an id.
 * @throws RuleBroken when its files could not be read
 */
export function sentForm(req: Request): FromForm {
  const id = bodyText(req, 'formId');
  if (!ID.test(id)) return {};
  const { _csrf: _ofSession, ...typed } = req.body as Record<string, unknown>;
  const hash = createHash('sha256').update(JSON.stringify([req.originalUrl, typed]));
  for (const { originalname, buffer } of filesOf(req))
    hash.update(JSON.stringify([originalname, buffer.length])).update(buffer);
  return { fromForm: hash.digest('base64url').slice(0, 22) };
}
