import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { Activity } from '../../src/history/activity.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { aCampaign, anEntry, aRecipient } from '../support/factories.js';

useDatabase();

// it builds first where something is newer than what was built
const LONG = 300_000;

const recompute = (...words: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: '.test-data',
      MONGODB_URI: testDatabaseUri(),
    };
    const command = path.resolve('bin/answerable');
    const child = execFile(command, ['recompute', ...words], { env }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out: out.trim(), err: err.trim() }),
    );
  });

test(
  'what is stored is proved against history, and put right only when asked to',
  async () => {
    const campaign = (await aCampaign({ lateAfter: 10, veryLateAfter: 20 }))._id;
    const recipient = await aRecipient({ campaign });
    await anEntry({ recipient: recipient._id, kind: 'email' });
    await aRecipient({ campaign });
    const right = (await Recipient.findById(recipient._id).lean())!;

    const well = await recompute('--check');
    expect(well.out).toBe(
      'Offices: 2. Recipients: 2. Weeks of contact: 1. Commitments: 0. What is stored equals what follows from history.',
    );
    expect([well.status, well.err]).toEqual([0, expect.stringContaining('2 of 2 recipients …')]);

    await Recipient.updateOne({ _id: recipient._id }, { $set: { engagement: 'replied', lateFrom: null } });
    await Activity.updateOne({ campaign }, { $set: { 'in.2026-11-02': 7 } });
    const wrong = await recompute('--check');
    expect([wrong.status, wrong.out]).toEqual([
      2,
      'Offices: 2. Recipients: 2. Weeks of contact: 2. Commitments: 0. 2 differ. bin/answerable recompute puts them right.',
    ]);
    expect(wrong.err).toContain(`Recipient ${String(recipient._id)} differs in engagement, lateFrom.`);
    expect((await Recipient.findById(recipient._id).lean())!.engagement).toBe('replied');

    const mended = await recompute('--json');
    expect([mended.status, JSON.parse(mended.out)]).toEqual([
      0,
      {
        offices: { checked: 2, differed: 0 },
        recipients: { checked: 2, differed: 1 },
        weeks: { checked: 2, differed: 1 },
        cells: { checked: 0, differed: 0 },
        repaired: true,
      },
    ]);
    expect(await Recipient.findById(recipient._id).lean()).toEqual(right);
    expect((await recompute('--check')).status).toBe(0);
  },
  LONG,
);

test(
  'it takes no file, and other commands take no --check',
  async () => {
    expect(await recompute('a-file')).toMatchObject({
      status: 2,
      err: expect.stringContaining('takes [--check]'),
    });
  },
  LONG,
);
