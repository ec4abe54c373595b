import type { Request } from 'express';
import { Types } from 'mongoose';
import { NotFound } from '../errors.js';

/** The id in an address. @throws NotFound when it cannot be one. */
export function idOf(req: Request, name = 'id'): Types.ObjectId {
  const value = req.params[name];
  if (!isId(value)) throw new NotFound('There is no such page.');
  return new Types.ObjectId(value);
}

/** One text from the query string; anything else counts as not there. */
export function queryText(req: Request, name: string): string {
  const value = req.query[name];
  return typeof value === 'string' ? value.slice(0, 500) : '';
}

/** An id from the query string; anything that cannot be one counts as not there. */
export function queryId(req: Request, name: string): Types.ObjectId | null {
  const value = queryText(req, name);
  return isId(value) ? new Types.ObjectId(value) : null;
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);

/** One text from a posted form, for where no schema reads it; anything else counts as not there. */
export function bodyText(req: Request, name: string): string {
  const value = ((req.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}

/** The page of a list, from 1. */
export function pageNumber(req: Request): number {
  const page = Number(queryText(req, 'page'));
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}
