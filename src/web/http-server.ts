import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';

/** How long a request that has begun may go on once the process is asked to stop. */
const LAST_REQUESTS_MS = 5000;

/** @throws the system's error, with its code, when the port cannot be had */
export function listen(app: RequestListener, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** Takes no new connection, answers what was asked, closes connections as they fall idle, and in the end all of them. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    const limit = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      resolve();
    });
  });
}
