import { allPages, type Get } from './all-pages.js';
import { billShape } from './bills-api.js';
import { inShape, type Understood } from './in-shape.js';
import { readBill, type UkBill } from './read-bill.js';

/**
 * Asks the Bills API all it knows about a bill and reads it: see `readBill`. `get` takes a path below `/api/v1`, such as
 * `/Bills/12/Stages?Skip=0&Take=100`. The bill is asked for first, so that one that is not there costs one request; then
 * the three lists together, page by page. Throws what `get` throws, once nothing is being asked any more.
 */
export async function readUkBill(get: Get, billId: number): Promise<Understood<UkBill>> {
  const path = `/Bills/${billId}`;
  const bill = await get(path);
  const known = inShape(billShape, bill, 'The bill');
  if ('unreadable' in known) return known;
  if (known.read.billId !== billId)
    return {
      unreadable: `The API was asked for bill ${billId} and gave bill ${known.read.billId}. Nothing was taken from it.`,
    };
  const [stages, publications, news] = await allOf([
    allPages(get, `${path}/Stages`),
    get(`${path}/Publications`),
    allPages(get, `${path}/NewsArticles`),
  ]);
  return readBill({ bill, stages, publications, news });
}

/** As `Promise.all`, which would leave the others asking behind the back of whoever hears of the first failure. */
async function allOf(asked: readonly Promise<unknown>[]): Promise<unknown[]> {
  const answers = await Promise.allSettled(asked);
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
}
