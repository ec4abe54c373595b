import type { Found } from '../found.js';

/** What came of reading what a source gave: all of it, or nothing and every mistake as a sentence. */
export type SourceRead = { ok: true; found: Found } | { ok: false; mistakes: string[] };

export const notRead = (...mistakes: string[]): SourceRead => ({ ok: false, mistakes });
