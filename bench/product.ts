import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

export const SECRET = 'a secret of the bench, of 32 characters or more';

export type Product = {
  url: string;
  startSeconds: number;
  megabytes: () => number;
  stop: () => Promise<void>;
};

/** The real server in a process of its own, as it would run for real, without a schedule beside the pages. */
export async function startProduct(uri: string): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const flags = readFileSync('config/node-flags', 'utf8').trim().split(' ');
  const child = spawn(process.execPath, [...flags, 'dist/src/server.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ROLE: 'web',
      PORT: String(port),
      BASE_URL: url,
      MONGODB_URI: uri,
      SESSION_SECRET: SECRET,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await serving(url, child);
  return {
    url,
    startSeconds: (performance.now() - began) / 1000,
    megabytes: () => residentMegabytes(child.pid!),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function serving(url: string, child: ChildProcess): Promise<void> {
  const limit = performance.now() + 60_000;
  while (!(await isServing(url))) {
    if (child.exitCode !== null || performance.now() > limit) throw new Error('The server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const isServing = (url: string): Promise<boolean> =>
  fetch(`${url}/sign-in`).then(
    ({ ok }) => ok,
    () => false,
  );

const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
