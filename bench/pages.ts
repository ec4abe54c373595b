import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { createApp } from '../src/app.js';
import { NO_LIMITS } from '../src/follow-ups/limits.rules.js';
import { createLog } from '../src/log.js';
import { createPost } from '../src/mail/post.js';
import { closeServer, listen } from '../src/web/http-server.js';
import { PARTNER_EMAIL, STAFF_EMAIL, type Generated } from './campaign.js';
import { freePort, SECRET, type Product } from './product.js';
import { ask, signIn } from './reader.js';
import { recordReads, replayReads, type Read } from './reads.js';
import { atMost, figure, percentile, type Row } from './rows.js';

export type Served = { uri: string; product: Product; generated: Generated };
/** `whole`: it counts all of a campaign, so that it takes longer the larger that is; other pages show one screenful. */
export type Page = { name: string; path: string; cookie: string; whole?: boolean };
type Measured = { page: number[]; raw: number[] };

const WARM_UP = 60;
const SAMPLES = 300;

export async function pagesOf({ product, generated }: Served): Promise<Page[]> {
  const staff = await signIn(product.url, STAFF_EMAIL);
  const partner = await signIn(product.url, PARTNER_EMAIL);
  const { campaign, recipient } = generated;
  return [
    { name: 'first page', path: '/', cookie: staff },
    { name: 'recipients', path: `/campaigns/${String(campaign)}/recipients`, cookie: staff },
    { name: 'matrix', path: `/campaigns/${String(campaign)}/commitments`, cookie: staff },
    { name: 'figures', path: `/campaigns/${String(campaign)}/figures`, cookie: staff, whole: true },
    { name: 'timeline', path: `/recipients/${String(recipient)}`, cookie: staff },
    { name: 'partner view', path: `/shared/campaigns/${String(campaign)}`, cookie: partner },
  ];
}

/** Small, large, page and raw take turns, so that whatever else the machine does meets all of them alike. */
export async function measurePages(small: Served, large: Served): Promise<Row[]> {
  const sides = [await sideOf(small), await sideOf(large)] as const;
  const rows: Row[] = [];
  for (let n = 0; n < sides[0].pages.length; n += 1) {
    const samples: [Measured, Measured] = [none(), none()];
    for (let i = -WARM_UP; i < SAMPLES; i += 1) {
      for (const [s, side] of sides.entries()) {
        const page = await timed(() => open(side.url, side.pages[n]!));
        const raw = await timed(() => replayReads(side.db, side.reads[n]!));
        if (i < 0) continue;
        samples[s]!.page.push(page);
        samples[s]!.raw.push(raw);
      }
    }
    rows.push(...rowsOf(sides[0].pages[n]!, samples, sides[1].reads[n]!.length));
  }
  for (const { client } of sides) await client.close();
  return rows;
}

/** Pages that are only looked at in one place: each beside its own reads. */
export async function measureAlone(served: Served, pages: readonly Page[]): Promise<Row[]> {
  const reads = await recordPages(served.uri, pages);
  const client = await MongoClient.connect(served.uri, { maxPoolSize: 20 });
  const rows: Row[] = [];
  for (const [n, page] of pages.entries()) {
    const measured = none();
    for (let i = -WARM_UP; i < SAMPLES; i += 1) {
      const took = await timed(() => open(served.product.url, page));
      const raw = await timed(() => replayReads(client.db(), reads[n]!));
      if (i < 0) continue;
      measured.page.push(took);
      measured.raw.push(raw);
    }
    const [took, raw] = [percentile(measured.page, 0.5), percentile(measured.raw, 0.5)];
    rows.push(
      figure(`${page.name}: p50`, took, 'ms'),
      figure(`${page.name}: raw p50 (${reads[n]!.length} reads)`, raw, 'ms'),
      atMost(`${page.name}: page ÷ raw`, took / raw, '×', 3),
    );
  }
  await client.close();
  return rows;
}

const none = (): Measured => ({ page: [], raw: [] });

function rowsOf({ name, whole }: Page, [small, large]: [Measured, Measured], reads: number): Row[] {
  const p50 = (samples: readonly number[]): number => percentile(samples, 0.5);
  const one = (size: string, { page, raw }: Measured): Row[] => [
    figure(`${name}, ${size}: p50`, p50(page), 'ms'),
    figure(`${name}, ${size}: p95`, percentile(page, 0.95), 'ms'),
    figure(`${name}, ${size}: raw p50 (${reads} reads)`, p50(raw), 'ms'),
    atMost(`${name}, ${size}: page ÷ raw`, p50(page) / p50(raw), '×', 3),
  ];
  const grown = p50(large.page) / p50(small.page);
  const growth = whole
    ? figure(`${name}: large ÷ small`, grown, '×')
    : atMost(`${name}: large ÷ small`, grown, '×', 1.5);
  return [...one('small', small), ...one('large', large), growth];
}

async function sideOf(served: Served) {
  const pages = await pagesOf(served);
  const reads = await recordPages(served.uri, pages);
  const client = await MongoClient.connect(served.uri, { maxPoolSize: 20 });
  return { pages, reads, client, db: client.db(), url: served.product.url };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function open(url: string, { path, cookie }: Page): Promise<void> {
  const { status } = await ask(url + path, { cookie });
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}

/** The same app in this process, on a connection that tells which commands it sends. */
export async function recordPages(uri: string, pages: readonly Page[]): Promise<Read[][]> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, { autoIndex: false, autoCreate: false, monitorCommands: true });
  const port = await freePort();
  const server = await listen(createApp(depsFor(port)), port);
  const recorded: Read[][] = [];
  for (const page of pages) {
    await open(`http://127.0.0.1:${port}`, page);
    recorded.push(
      await recordReads(mongoose.connection.getClient(), () => open(`http://127.0.0.1:${port}`, page)),
    );
  }
  await closeServer(server);
  await mongoose.disconnect();
  return recorded;
}

const depsFor = (port: number) => ({
  now: () => new Date(),
  legislation: { billsApi: 'http://127.0.0.1:9', trusted: [], contact: '' },
  post: createPost({ mailFrom: 'bench@example.org' }),
  replies: { address: null, authServer: null, mailbox: null, keepDays: 0 },
  limits: NO_LIMITS,
  baseUrl: `http://127.0.0.1:${port}`,
  sessionSecret: SECRET,
  secureCookies: false,
  log: createLog('silent'),
});
