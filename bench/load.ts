import autocannon from 'autocannon';
import { MongoClient } from 'mongodb';
import { pagesOf, recordPages, type Page, type Served } from './pages.js';
import { replayReads, type Read } from './reads.js';
import { atLeast, figure, type Row } from './rows.js';

const CONNECTIONS = 10;
const SECONDS = 6;
/** V8 compiles what runs often, and takes thousands of requests to; a server runs for weeks. */
const WARM_UP_SECONDS = 20;
/** What Directus answers on such a list, as JSON, on a machine like the one the target was set on. */
const DIRECTUS = 299;

/** Requests a second over ten connections, on the large campaign, and the same reads alone as often as they can be made. */
export async function measureLoad(large: Served): Promise<Row[]> {
  const all = await pagesOf(large);
  const pages = all.filter(({ name }) => name === 'recipients' || name === 'timeline');
  const reads = await recordPages(large.uri, pages);
  const rows: Row[] = [];
  for (const [i, page] of pages.entries()) {
    const name = `${page.name}, large, ${CONNECTIONS} connections`;
    rows.push(
      atLeast(`${name}: pages`, await pagesPerSecond(large.product.url, page), 'per s', DIRECTUS),
      figure(`${name}: raw`, await readsPerSecond(large.uri, reads[i]!), 'per s'),
    );
  }
  return rows;
}

async function pagesPerSecond(server: string, { path, cookie }: Page): Promise<number> {
  const shot = { url: server + path, connections: CONNECTIONS, headers: { cookie } };
  await autocannon({ ...shot, duration: WARM_UP_SECONDS });
  const { requests, non2xx, errors } = await autocannon({ ...shot, duration: SECONDS });
  if (non2xx + errors > 0) throw new Error(`${path}: ${non2xx + errors} requests failed.`);
  return requests.average;
}

async function readsPerSecond(uri: string, reads: readonly Read[]): Promise<number> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 20 });
  const perSecond = async (seconds: number): Promise<number> => {
    const began = performance.now();
    let count = 0;
    const reader = async (): Promise<void> => {
      for (; performance.now() < began + seconds * 1000; count += 1) await replayReads(client.db(), reads);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, reader));
    return (count * 1000) / (performance.now() - began);
  };
  await perSecond(WARM_UP_SECONDS);
  const measured = await perSecond(SECONDS);
  await client.close();
  return measured;
}
