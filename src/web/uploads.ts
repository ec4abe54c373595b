import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { RuleBroken } from '../errors.js';
import { STAFF } from '../users/user.rules.js';
import { withError, type FormState } from './form.js';

export const MAX_FILE_BYTES = 25 * 1024 * 1024;
export const MAX_FILES = 5;

/** Read in memory, bounded, before the CSRF check. */
const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES, fields: 50, fieldSize: 1_000_000, parts: 60 },
  defParamCharset: 'utf8',
});

const readFiles = upload.array('attachments', MAX_FILES);

/** Only what was typed: files pass by, and are not held. */
const readWords = multer({
  fileFilter: (_req, _file, done) => done(null, false),
  limits: { fields: 50, fieldSize: 100_000, parts: 60 },
  defParamCharset: 'utf8',
}).any();

/**
 * Reads a multipart form wherever it is posted, so that the CSRF token in it is seen. Nobody who is not of the staff makes us hold
 * files, which have no place on any page of theirs: the form of a partner stays unread, and so has no token. Of somebody who is
 * not signed in only the words are read: they may be of the staff whose session has ended, and are shown to them once more.
 */
export const acceptFiles: RequestHandler = (req, res, next) => {
  if (!req.is('multipart/form-data')) return next();
  if (!req.user) return readWords(req, res, (error?: unknown) => next(error && asBadForm(error)));
  if (!STAFF.includes(req.user.role)) return next();
  return readFiles(req, res, (error?: unknown) => {
    const refusal = refusalOf(error);
    if (!refusal) return next(error && asBadForm(error));
    refusedFiles.set(req, refusal);
    return next();
  });
};

/** Why the files of a request were not read. Whatever came before them in the form was, and is shown again. */
const refusedFiles = new WeakMap<Request, string>();

/** What is wrong with the files that somebody chose, as opposed to a form that is none of ours. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof multer.MulterError)) return undefined;
  if (error.code === 'LIMIT_FILE_SIZE') return 'A file may have up to 25 MB. Choose a smaller one.';
  if (error.code === 'LIMIT_FILE_COUNT')
    return 'At most five files can be sent at once. Choose five or fewer.';
  return undefined;
}

/** The files of a form. @throws RuleBroken when they were too many, or one of them too large, to be read */
export function filesOf(req: Request): Express.Multer.File[] {
  const refusal = refusedFiles.get(req);
  if (refusal) throw new RuleBroken(refusal);
  return (req.files ?? []) as Express.Multer.File[];
}

/** Were files chosen? An empty field of a form is none. */
export const choseFiles = (req: Request): boolean =>
  refusedFiles.has(req) || ((req.files ?? []) as unknown[]).length > 0;

/** A form that is shown again cannot keep files. What is wrong with them themselves says so already. */
export const withFilesLost = (form: FormState): FormState =>
  'attachments' in form.errors ? form : withError(form, 'attachments', FILES_LOST);

const FILES_LOST = 'Choose your files once more: a form that was not saved cannot keep them.';

/** A form that breaks off is the sender's mistake; the parser has no code for it. */
const asBadForm = (error: unknown): unknown =>
  error instanceof multer.MulterError ? error : Object.assign(error as Error, { status: 400 });
