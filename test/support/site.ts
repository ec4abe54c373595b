import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestApp, type TestApp } from './app.js';

export type TestSite = TestApp & { url: string; close: () => Promise<void> };

/** The real app at a real port on loopback. */
export async function startSite(settings: Parameters<typeof createTestApp>[0] = {}): Promise<TestSite> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const testApp = createTestApp({ ...settings, baseUrl: url });
  server.on('request', testApp.app as never);
  const close = async (): Promise<void> => {
    testApp.deps.post.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { ...testApp, url, close };
}
