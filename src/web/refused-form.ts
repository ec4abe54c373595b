import type { Request } from 'express';
import { ownPath } from './own-path.js';

export type Typed = { name: string; text: string };

/** What a form without the token of this session held, and what its sender can do now. */
export type RefusedForm = {
  kind: 'sign-in' | 'account' | 'other';
  typed: Typed[];
  /** where the form is opened anew; empty when that is not known */
  page: string;
};

const MOST_FIELDS = 20;

export function refusedForm(req: Request): RefusedForm {
  const kind = kindOf(req.path);
  if (kind !== 'other' || isFromElsewhere(req)) return { kind, typed: [], page: '' };
  return { kind, typed: wordsTyped(req.body), page: pageOf(req) };
}

/** Forms that hold passwords, or the secret of a link in their address: nothing of them is shown again. */
const kindOf = (path: string): RefusedForm['kind'] => {
  if (/^\/sign-in\b/i.test(path)) return 'sign-in';
  return /^\/(account|invitations|password-reset|set-up|users)/i.test(path) ? 'account' : 'other';
};

/** Another site could have its own words shown on a page of ours. Browsers say where a form comes from. */
const isFromElsewhere = (req: Request): boolean =>
  ['cross-site', 'same-site'].includes(req.get('sec-fetch-site') ?? '');

/** What somebody wrote: longer than a few words. What was chosen, ticked or hidden is quickly there again. */
export function wordsTyped(body: unknown): Typed[] {
  return Object.entries((body ?? {}) as Record<string, unknown>)
    .filter((field): field is [string, string] => typeof field[1] === 'string')
    .filter(([name, text]) => !/token|csrf|passw|secret/i.test(name) && isWritten(text))
    .slice(0, MOST_FIELDS)
    .map(([name, text]) => ({ name: inWords(name).slice(0, 60), text }));
}

/** Ids, days and marks of a version have no space in them; a web address was pasted, and is looked for twice. */
const isWritten = (text: string): boolean =>
  text.trim().length > 20 && (/\s/.test(text.trim()) || /^https?:/i.test(text) || /\P{ASCII}/u.test(text));

/** `sentOn` as `Sent on`: a form that was not read has no labels. */
const inWords = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./u, (letter) => letter.toUpperCase());

/** A form that came back with a mistake stands at the address it was posted to, where there may be no page. */
function pageOf(req: Request): string {
  const from = req.get('referer') ?? '';
  if (!URL.canParse(from)) return '';
  const { pathname, search } = new URL(from);
  return pathname === req.path || ownPath(pathname) === '/' ? '' : pathname + search;
}
