import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FictionalBill } from './fictional-bill.js';

/** `path`: with its query, below `/api/v1` */
export type Asked = { path: string; headers: IncomingHttpHeaders; at: number };

/** What the server does instead of answering as documented, or after how long it does. 'hang' never answers. */
export type Fault =
  'hang' | 'drop' | { afterMs?: number; status?: number; headers?: Record<string, string>; body?: string };

export const serverError: Fault = { status: 500, body: 'Something went wrong.' };
export const notJson: Fault = {
  headers: { 'content-type': 'text/html' },
  body: '<h1>Down for maintenance</h1>',
};
export const slow = (afterMs: number): Fault => ({ afterMs });
export const redirect = (location: string, status = 302): Fault => ({
  status,
  headers: { location },
  body: '',
});
export const tooMany = (retryAfter: string | number): Fault => ({
  status: 429,
  headers: { 'retry-after': String(retryAfter) },
  body: '',
});

type Behaviour = {
  /** asked at each request; undefined: answers as documented */
  fault?: (asked: Asked) => Fault | undefined;
  /** answers carry an ETag, and 304 comes when it is sent back. True unless told */
  etags?: boolean;
  /** fields that are called something else everywhere: `{ stageSittings: 'sittings' }` */
  renamed?: Record<string, string>;
  /** the most items it gives on a page, whatever `Take` says */
  mostPerPage?: number;
};

const BASE = '/api/v1';

export type BillsApi = Awaited<ReturnType<typeof startBillsApi>>;

/** A real server on loopback that speaks the documented shapes of the UK Parliament Bills API about bills nobody introduced. */
export async function startBillsApi(bills: readonly FictionalBill[], behaviour: Behaviour = {}) {
  const current = { etags: true, mostPerPage: 100, ...behaviour };
  const requests: Asked[] = [];
  const open = { now: 0, most: 0 };

  const server = createServer((request, response) => {
    open.most = Math.max(open.most, ++open.now);
    response.once('close', () => open.now--);
    const asked = { path: (request.url ?? '').replace(BASE, ''), headers: request.headers, at: Date.now() };
    requests.push(asked);
    answer(asked, request, response).catch((error: Error) => response.destroy(error));
  });

  async function answer(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = current.fault?.(asked);
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault?.afterMs) await wait(fault.afterMs);
    const found = shapeOf(request.url ?? '', bills, current.mostPerPage);
    const body = fault?.body ?? JSON.stringify(rename(found ?? notFound, current.renamed ?? {}));
    const status = fault?.status ?? (found ? 200 : 404);
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const tagged = current.etags && status === 200 ? { etag } : {};
    const headers = { 'content-type': 'application/json; charset=utf-8', ...tagged, ...fault?.headers };
    if ('etag' in tagged && asked.headers['if-none-match'] === etag) response.writeHead(304, tagged).end();
    else response.writeHead(status, headers).end(body);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    /** the base address, as it stands in the configuration */
    url: `http://127.0.0.1:${port}${BASE}`,
    /** every request, in the order they came, with its headers */
    requests,
    count: (path = '') => requests.filter((asked) => asked.path.startsWith(path)).length,
    /** how many requests were being answered at the same time, at most */
    mostAtOnce: () => open.most,
    /** changes what the server does from now on */
    behave: (changed: Behaviour) => Object.assign(current, changed),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How the API says that there is nothing (RFC 9110 status, .NET problem details). */
const notFound = { type: 'about:blank', title: 'Not Found', status: 404 };

function shapeOf(url: string, bills: readonly FictionalBill[], mostPerPage: number): unknown {
  const { pathname, searchParams } = new URL(url, 'http://bills.test');
  const [, id, list = ''] = /^\/api\/v1\/Bills\/(\d+)(?:\/(\w+))?$/.exec(pathname) ?? [];
  const bill = bills.find(({ bill }) => String(bill.billId) === id);
  if (!bill) return undefined;
  const page = (items: readonly unknown[]) => {
    const skip = Number(searchParams.get('Skip') ?? 0);
    const itemsPerPage = Math.min(Number(searchParams.get('Take') ?? 20), mostPerPage);
    return { items: items.slice(skip, skip + itemsPerPage), totalResults: items.length, itemsPerPage };
  };
  const shapes: Record<string, () => unknown> = {
    '': () => bill.bill,
    Stages: () => page(bill.stages),
    Publications: () => ({ billId: bill.bill.billId, publications: bill.publications }),
    NewsArticles: () => page(bill.news),
  };
  return shapes[list]?.();
}

/** The same answer with some fields called something else, however deep they are. */
function rename(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [names[key] ?? key, rename(inside, names)]),
  );
}
