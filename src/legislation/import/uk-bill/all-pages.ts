import { anyPageShape } from './bills-api.js';

/** Asks a source for a path below its base address, and gives the JSON of the answer, parsed. */
export type Get = (path: string) => Promise<unknown>;

const TAKE = 100;
const MOST_PAGES = 100;

/**
 * Asks for page after page of a list and gives all of them as one page. Stops when as many items came as the API counts,
 * when a page is empty or came before, and after 100 pages: then the count says that some are missing. The count is the
 * highest that was said, for a list that shrinks between two pages lets one item slip through. An answer that is no page
 * is given back as it came. Throws what `get` throws.
 */
export async function allPages(get: Get, path: string): Promise<unknown> {
  const seen = new Set<string>();
  let items: unknown[] = [];
  let totalResults = 0;
  for (let asked = 0; asked < MOST_PAGES; asked++) {
    const answer = await get(`${path}?Skip=${items.length}&Take=${TAKE}`);
    const page = anyPageShape.safeParse(answer);
    if (!page.success) return answer;
    totalResults = Math.max(totalResults, page.data.totalResults);
    const text = JSON.stringify(page.data.items);
    if (page.data.items.length === 0 || seen.has(text)) break;
    seen.add(text);
    items = items.concat(page.data.items);
    if (items.length >= totalResults) break;
  }
  return { items, totalResults };
}
