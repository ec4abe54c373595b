import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/read-sources.js';
import { ImportSource } from '../../src/legislation/import/import-source.model.js';
import { KeptAnswer } from '../../src/legislation/import/kept-answer.model.js';
import { Publication } from '../../src/legislation/publication.model.js';
import { createTestApp } from '../support/app.js';
import { startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import { queriesOf, scansAmong } from '../support/plans.js';
import { signInAs } from '../support/visitor.js';

useDatabase();
let api: BillsApi;
beforeEach(async () => {
  api = await startBillsApi([fictionalBill()]);
});
afterEach(() => api.close());

const MANY = 4000;

/** Thousands of other sources, with what they said and listed. */
async function fill(): Promise<void> {
  const ids = Array.from({ length: MANY }, () => new Types.ObjectId());
  const later = new Date(NOW.getTime() + 86_400_000);
  await ImportSource.insertMany(
    ids.map((_id) => ({ _id, track: _id, kind: 'feed', name: String(_id), addedAt: NOW, readFrom: later })),
  );
  await KeptAnswer.insertMany(ids.map((source) => ({ source, asked: 'a', address: 'a', etag: '"1"' })));
  await Publication.insertMany(
    ids.map((track) => ({
      track,
      source: track,
      key: 'a',
      kind: 'news',
      title: 'Example',
      publishedOn: '2026-01-01',
      seenAt: NOW,
    })),
  );
}

test('whatever reading a source and the pages of a law ask is answered from an index', async () => {
  const world = createTestApp({ billsApi: api.url });
  await fill();
  const visitor = await signInAs(world, 'staff');
  const asked = ['importsources', 'keptanswers', 'publications'];
  const queries = await queriesOf(asked, async () => {
    const { location } = await visitor.postForm(
      '/legislation/bills',
      { number: '9001' },
      '/legislation/bills/new',
    );
    for (const address of [location!, `${location!}/sources`, `${location!}/publications?page=2`])
      expect((await visitor.get(address)).status).toBe(200);
    world.clock.pass({ hours: 7 });
    expect(await run(world.deps)).toContain('1 read');
  });
  expect(new Set(queries.map(({ collection }) => collection))).toEqual(new Set(asked));
  expect(await scansAmong(queries)).toEqual([]);
}, 180_000);
