import { afterAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { aVisitor } from '../support/visitor.js';
import {
  ADMIN,
  database,
  freePort,
  isDatabaseUp,
  isHealthy,
  ownDataDir,
  saysHowToSignIn,
  start,
  until,
} from './started.js';

const { dataDir, remove } = ownDataDir();
afterAll(remove, 60_000);

const LONG = 300_000;

describe('bin/start', () => {
  test(
    'seeds, serves, says where and how to sign in, and takes down what it brought up',
    async () => {
      const port = await freePort();
      const started = start({ PORT: String(port), DATA_DIR: dataDir });
      await until(() => saysHowToSignIn(started), 280, started);

      expect(started.heard.out.trim().split('\n')).toEqual([
        'The database was empty: the campaign of September 2023 is in it now.',
        `Answerable is at http://localhost:${port}`,
        'Mail is captured in the outbox: SMTP_URL is not set.',
        `Sign in as ${ADMIN.email} with ADMIN_PASSWORD.`,
      ]);
      const visitor = aVisitor({ app: `http://localhost:${port}` });
      expect((await visitor.get('/sign-in')).main).toContain('Sign in');
      expect((await visitor.postForm('/sign-in', ADMIN)).location).toBe('/');
      expect((await visitor.get('/campaigns')).main).toContain('Open letter to technology companies');

      // an open connection that is kept alive does not hold it up
      const { status, seconds } = await started.stop();
      expect(status).toBe(0);
      expect(seconds).toBeLessThan(10);
      expect(started.heard.out).toContain('Stopped.');
      expect(await isDatabaseUp(dataDir)).toBe(false);
    },
    LONG,
  );

  test(
    'leaves a database that was up before as it found it',
    async () => {
      await database('up', dataDir);
      const started = start({ PORT: String(await freePort()), DATA_DIR: dataDir, ROLE: 'worker' });
      await until(() => started.heard.out.includes('Mail is'), 60, started);
      expect(started.heard.out).toMatch(/^Answerable is working through its schedule\./m);
      expect(started.heard.out).not.toContain('Sign in');
      await until(() => isHealthy(dataDir, 'worker'), 20, started);
      expect(await isHealthy(dataDir, 'web')).toBe(false);

      expect((await started.stop()).status).toBe(0);
      expect(await isDatabaseUp(dataDir)).toBe(true);
    },
    LONG,
  );
});

describe('what keeps it from starting is said in a line', () => {
  test('a port that is taken', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, resolve));
    const started = start({ PORT: String(port), DATA_DIR: dataDir });

    expect(await started.ended).toBe(1);
    expect(started.heard).toEqual({
      out: '',
      err: `bin/start: Port ${port} is taken. Stop what uses it, or set PORT to another one.\n`,
    });
    other.close();
  });

  test('a database that cannot be reached', async () => {
    const port = String(await freePort());
    const started = start({ PORT: port, DATA_DIR: dataDir, MONGODB_URI: `mongodb://127.0.0.1:${port}/x` });

    expect(await started.ended).toBe(1);
    expect(started.heard.err).toMatch(/^The database at MONGODB_URI cannot be reached: .*ECONNREFUSED.*\n$/);
  });

  test('settings that are wrong, all of them at once and none of them repeated', async () => {
    const started = start({
      PORT: '99999',
      ROLE: 'boss',
      NODE_ENV: 'production',
      SMTP_URL: 'ftp://user:secret@example.org',
      MONGODB_URI: 'postgres://somewhere',
      ADMIN_PASSWORD: 'short',
    });

    expect(await started.ended).toBe(1);
    expect(started.heard.err).toBe(
      [
        'These settings are not right:',
        '  PORT must be a number from 1 to 65535',
        '  MONGODB_URI must be an address that starts with mongodb:// or mongodb+srv://',
        '  SMTP_URL must be an address that starts with smtp:// or smtps://',
        '  ROLE must be all, web or worker',
        '  ADMIN_PASSWORD must be at least 12 characters',
        '  SESSION_SECRET must be set when NODE_ENV is production',
        '  MAIL_FROM must be set when SMTP_URL is',
        '',
      ].join('\n'),
    );
  });
});
