import mongoose from 'mongoose';
import { createRouter } from './router.js';

/** For the container's health check: does this process reach its database? */
export function healthRoutes() {
  const routes = createRouter();
  routes.get('/health', 'anyone', async (_req, res) => {
    await mongoose.connection.db!.command({ ping: 1 });
    res.type('text').send('ok\n');
  });
  return routes.handler;
}
