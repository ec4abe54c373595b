import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { safeHtml } from '../../src/mail/safe-html.js';
import { sendIncomingMail } from '../../src/web/framed-mail.js';
import { securityHeaders } from '../../src/web/security.js';
import { useBrowser } from '../support/browser.js';
import { harmOf } from '../support/harmless.js';
import { allHtmlTricks, ELSEWHERE } from '../support/html-tricks.js';

const browser = useBrowser();
const AT_A_TIME = 30;
/** So many milliseconds for what begins only after a page is there. */
const AFTERWARDS = 300;

let server: Server;
let url: string;
let page: Page;
/** scripts that ran, windows that opened, and whatever was asked for over the network; each with the trick that did it */
let happened: string[];

beforeAll(async () => {
  server = createServer(site());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  ({ page } = await browser.open(url));
  happened = [];
  await page.context().exposeBinding('ran', ({ frame }) => happened.push(`ran: ${trickIn(frame)}`));
  // what a policy holds back never comes this far
  await page.context().route(/^(?!.*\/(raw|safe|framed|page)(\?.*)?$)/, async (route) => {
    happened.push(`asked for ${route.request().url()}: ${trickIn(route.request().frame())}`);
    await route.fulfill({ body: 'ran()' });
  });
  page.context().on('page', (opened) => happened.push(`opened ${opened.url()}`));
  page.on('dialog', (dialog) => void dialog.dismiss());
});
afterEach(() => page.context().close());

const trickIn = (frame: Frame): string =>
  allHtmlTricks[Number(/tricks\/(\d+)/.exec(frame.url())?.[1])] ?? frame.url();

/** Each trick as it came, made safe, and as we answer it for a frame; and pages with frames of many of them. */
function site() {
  const app = express();
  const trick = (number: string): string => allHtmlTricks[Number(number)]!;
  app.get('/tricks/:number/raw', (req, res) => void res.send(`<!doctype html>${trick(req.params.number)}`));
  app.get('/tricks/:number/safe', (req, res) => {
    res.send(`<!doctype html><title>x</title>${safeHtml(trick(req.params.number))}`);
  });
  app.get('/unguarded/:from/:how/page', ({ params }, res) => void res.send(framesFrom(params)));
  app.use(securityHeaders());
  app.get('/guarded/:from/:how/page', ({ params }, res) => void res.send(framesFrom(params)));
  app.get('/tricks/:number/framed', (req, res) => {
    const html = trick(req.params.number);
    sendIncomingMail(res, req.query['raw'] === undefined ? safeHtml(html) : html);
  });
  return app;
}

/** Without an attribute `sandbox`: the answer has to hold by itself. */
function framesFrom({ from, how }: { from: string; how: string }): string {
  const numbers = [...allHtmlTricks.keys()].slice(Number(from), Number(from) + AT_A_TIME);
  const frames = numbers.map(
    (number) => `<iframe width=150 height=60 src="/tricks/${number}/${how}"></iframe>`,
  );
  return `<!doctype html><title>x</title>${frames.join('')}`;
}

/** Opens all tricks, many on one page, and does something in each of their frames. */
async function openAll(where: 'guarded' | 'unguarded', how: string, act: (frame: Frame) => Promise<void>) {
  for (let from = 0; from < allHtmlTricks.length; from += AT_A_TIME) {
    await page.goto(`${url}/${where}/${from}/${encodeURIComponent(how)}/page`);
    for (const frame of page.mainFrame().childFrames()) await act(frame);
    await page.waitForTimeout(AFTERWARDS);
  }
}

/** What a hand and a pointer do to everything on a page; links that lead out of it are not followed. */
const TOUCH = `for (const one of document.querySelectorAll('*')) {
  for (const kind of ['mouseover', 'pointerenter', 'wheel', 'paste', 'focus'])
    one.dispatchEvent(new Event(kind, { bubbles: true }));
  one.focus?.();
  if (!/^(https?|mailto):/.test(one.closest('a')?.protocol)) one.click?.();
}`;

const ELEMENTS = `[...document.body.querySelectorAll('*')].map((one) =>
  [one.localName, Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value]))])`;

test('as they come, the tricks run scripts and ask for things, which is seen here', async () => {
  // some of them lead away from where they were
  await openAll('unguarded', 'raw', (frame) => frame.evaluate<void>(TOUCH).catch(() => undefined));
  expect(happened.filter((what) => what.startsWith('ran')).length).toBeGreaterThan(80);
  expect(happened.filter((what) => what.startsWith(`asked for ${ELSEWHERE}`)).length).toBeGreaterThan(25);
}, 120_000);

test('made safe, none of them runs or asks for anything, even in a page that would let it', async () => {
  const harm: string[] = [];
  await openAll('unguarded', 'safe', async (frame) => {
    const elements = await frame.evaluate<[string, Record<string, string>][]>(ELEMENTS);
    harm.push(...elements.flatMap(([name, attributes]) => harmOf(name, attributes)));
    await frame.evaluate(TOUCH);
  });
  expect(harm).toEqual([]);
  expect(happened).toEqual([]);
}, 120_000);

test('in a frame of ours none of them runs or asks for anything, even as they come', async () => {
  let harmful = 0;
  await openAll('guarded', 'framed?raw', async (frame) => {
    harmful += await frame.evaluate<number>('document.images.length + document.scripts.length');
  });
  expect(harmful).toBeGreaterThan(50);
  expect(happened).toEqual([]);
}, 120_000);

test('in a frame of ours a link leads nowhere when it is pressed', async () => {
  const at = allHtmlTricks.findIndex((html) => html.startsWith('<a href="https://example.org" onclick'));
  await page.goto(`${url}/guarded/${at}/framed/page`);
  const link = page.frameLocator('iframe >> nth=0').getByRole('link', { name: 'link' });
  expect(await link.getAttribute('href')).toBe('https://example.org/');
  await link.click();
  await page.waitForTimeout(AFTERWARDS);
  expect(happened).toEqual([]);
  expect(page.mainFrame().childFrames()[0]!.url()).toBe(`${url}/tricks/${at}/framed`);
});

test('the answer says that nothing in it may run, load, be sent or be guessed to be something else', async () => {
  const { headers } = await fetch(`${url}/tricks/0/framed`);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'none'; img-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
  );
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-dns-prefetch-control')).toBe('off');
  expect(headers.get('x-frame-options')).toBeNull();
});
