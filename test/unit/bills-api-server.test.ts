import { afterEach, expect, test } from '@jest/globals';
import { redirect, startBillsApi, tooMany, type BillsApi } from '../support/bills-api.js';
import { fictionalBill } from '../support/fictional-bill.js';

let api: BillsApi;
afterEach(() => api.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}${path}`, { redirect: 'manual', ...init });

test('an answer that is still the same is 304 to whoever sends its tag back', async () => {
  const fictional = fictionalBill();
  api = await startBillsApi([fictional]);
  const etag = (await ask('/Bills/9001')).headers.get('etag')!;
  const again = () => ask('/Bills/9001', { headers: { 'if-none-match': etag } });
  expect((await again()).status).toBe(304);
  expect(api.requests[1]!.headers['if-none-match']).toBe(etag);
  fictional.bill['shortTitle'] = 'Example (Safety) Act 2026';
  expect((await again()).status).toBe(200);
});

test('too many requests are told how long to wait, and may be redirected', async () => {
  api = await startBillsApi([fictionalBill()], { fault: () => tooMany(3) });
  const refused = await ask('/Bills/9001');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
  api.behave({ fault: () => redirect('http://192.0.2.1/') });
  const sent = await ask('/Bills/9001');
  expect([sent.status, sent.headers.get('location')]).toEqual([302, 'http://192.0.2.1/']);
});

test.each(['hang', 'drop'] as const)('a request that is left to %s gets no answer', async (fault) => {
  api = await startBillsApi([fictionalBill()], { fault: () => fault });
  await expect(ask('/Bills/9001', { signal: AbortSignal.timeout(200) })).rejects.toThrow(
    fault === 'hang' ? 'timeout' : 'fetch failed',
  );
});

test('what is not there is an error in the words of the API', async () => {
  api = await startBillsApi([fictionalBill()]);
  const nothing = await ask('/Bills/9001/Amendments');
  expect(nothing.status).toBe(404);
  expect(await nothing.json()).toMatchObject({ title: 'Not Found', status: 404 });
});
