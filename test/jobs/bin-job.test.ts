import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { schedule } from '../../jobs/schedule.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { aCampaign, aLateRecipient, aUser, LATE } from '../support/factories.js';

useDatabase();

// it builds first where something is newer than what was built
const LONG = 300_000;

type Ran = { status: number; out: string; err: string };

const job = (words: string[], settings: Record<string, string> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: '.test-data',
      MONGODB_URI: testDatabaseUri(),
      ...settings,
    };
    const child = execFile('bin/job', words, { env }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out: out.trim(), err: err.trim() }),
    );
  });

test(
  'without a name it lists the jobs; what it cannot do it says in one sentence, and exits with 2',
  async () => {
    const listed = await job([]);
    expect(listed.status).toBe(0);
    expect(
      listed.out
        .split('\n')
        .slice(2)
        .map((line) => line.trim()),
    ).toEqual(Object.keys(schedule));
    const unknown = await job(['nonsense']);
    expect([unknown.status, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toBe(
      `There is no job called nonsense. There are: ${Object.keys(schedule).join(', ')}.`,
    );
    const badInstant = await job(['send-due', '--now', 'soon']);
    expect([badInstant.status, badInstant.err]).toEqual([
      2,
      'soon is not an instant such as 2026-11-24T08:00:00Z.',
    ]);
  },
  LONG,
);

test(
  'it runs one job with the clock it is told, and prints what it did in one line',
  async () => {
    const owner = await aUser();
    const campaign = await aCampaign({ owner: owner._id, ...LATE });
    await aLateRecipient({ campaign: campaign._id });
    const early = await job(['send-reminders', '--now', '2026-11-24T07:59:00Z']);
    expect(early).toEqual({ status: 0, out: 'No reminder is due.', err: '' });
    const morning = await job(['send-reminders', '--now', '2026-11-24T08:00:00Z']);
    expect(morning).toEqual({ status: 0, out: 'Reminders: 1 captured, 0 with nothing to say.', err: '' });
    expect((await CapturedMessage.findOne().lean())?.capturedAt).toEqual(new Date('2026-11-24T08:00:00Z'));
  },
  LONG,
);

test(
  'a database that cannot be reached is said in one line',
  async () => {
    const ran = await job(['check-copies'], { MONGODB_URI: 'mongodb://127.0.0.1:1/nowhere' });
    expect([ran.status, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^The database at MONGODB_URI cannot be reached: [^\n]+$/);
  },
  LONG,
);
