import type { RequestHandler } from 'express';
import multer from 'multer';

export const MAX_FILE_BYTES = 25 * 1024 * 1024;
export const MAX_FILES = 5;

/** Read in memory, bounded, before the CSRF check. */
const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES, fields: 50, fieldSize: 1_000_000, parts: 60 },
  defParamCharset: 'utf8',
});

const readFiles = upload.array('attachments', MAX_FILES);

/**
 * Reads a multipart form wherever it is posted, so that the CSRF token in it is seen. Nobody who is not signed in makes
 * us hold files: their form stays unread, and so has no token.
 */
export const acceptFiles: RequestHandler = (req, res, next) =>
  req.user && req.is('multipart/form-data')
    ? readFiles(req, res, (error?: unknown) => next(error && asBadForm(error)))
    : next();

/** A form that breaks off is the sender's mistake; the parser has no code for it. */
const asBadForm = (error: unknown): unknown =>
  error instanceof multer.MulterError ? error : Object.assign(error as Error, { status: 400 });
