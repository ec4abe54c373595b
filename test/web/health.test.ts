import { expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';

useDatabase();

test('the health check answers while the database does', async () => {
  const { app } = createTestApp();
  const answer = await request(app).get('/health');
  expect(answer.status).toBe(200);
  expect(answer.text).toBe('ok\n');
});
