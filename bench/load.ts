import autocannon from 'autocannon';
import { pagesOf, type Served } from './pages.js';
import { atLeast, type Row } from './rows.js';

const CONNECTIONS = 10;
const SECONDS = 6;
/** What Directus answers on such a list, as JSON, on a machine like the one the target was set on. */
const DIRECTUS = 299;

/** Requests a second over ten connections, on the large campaign. */
export async function measureLoad(large: Served): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, path, cookie } of await pagesOf(large)) {
    if (name !== 'recipients' && name !== 'timeline') continue;
    const url = large.product.url + path;
    const shot = { url, connections: CONNECTIONS, headers: { cookie } };
    await autocannon({ ...shot, duration: 2 });
    const { requests, non2xx, errors } = await autocannon({ ...shot, duration: SECONDS });
    if (non2xx + errors > 0) throw new Error(`${path}: ${non2xx + errors} requests failed.`);
    rows.push(
      atLeast(`${name}, large: requests at ${CONNECTIONS} connections`, requests.average, 'per s', DIRECTUS),
    );
  }
  return rows;
}
