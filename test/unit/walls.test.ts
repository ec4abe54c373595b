import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** file, what it imports or reads, the wall it runs into (or none) */
const snippets: [string, string, RegExp | null][] = [
  ['src/history/a.ts', 'express', /speak Express/],
  ['src/history/a.routes.ts', 'express', null],
  ['src/web/a.ts', 'express', null],
  ['src/app.ts', 'express', null],
  ['src/routes.ts', 'express', null],
  ['src/mail/a.ts', 'express', /speak Express/],
  ['src/mail/a.routes.ts', 'express', null],
  ['jobs/a.ts', 'express', /speak Express/],
  ['src/history/b.ts', 'agenda', /the scheduler/],
  ['src/server.ts', 'agenda', /the scheduler/],
  ['src/web/b.ts', '@agendajs/mongo-backend', /the scheduler/],
  ['src/mail/b.ts', 'agenda', /the scheduler/],
  ['jobs/b.ts', 'agenda', null],
  ['jobs/c.ts', '@agendajs/mongo-backend', null],
  ['src/history/c.ts', 'nodemailer', /SMTP, IMAP and MIME/],
  ['src/history/d.ts', 'nodemailer/lib/mail-composer', /SMTP, IMAP and MIME/],
  ['src/web/c.ts', 'mailparser', /SMTP, IMAP and MIME/],
  ['src/history/b.routes.ts', 'mailparser', /SMTP, IMAP and MIME/],
  ['jobs/d.ts', 'imapflow', /SMTP, IMAP and MIME/],
  ['src/mail/c.ts', 'nodemailer', null],
  ['src/mail/b.routes.ts', 'mailparser', null],
  ['src/history/h.ts', 'undici', /HTTP to the world/],
  ['src/legislation/a.ts', 'undici', /HTTP to the world/],
  ['src/legislation/import/a.ts', 'ipaddr.js', /HTTP to the world/],
  ['src/legislation/tracks.routes.ts', 'undici', /HTTP to the world/],
  ['src/mail/f.ts', 'undici', /HTTP to the world/],
  ['src/mail/c.routes.ts', 'ipaddr.js', /HTTP to the world/],
  ['src/web/f.ts', 'undici', /HTTP to the world/],
  ['jobs/g.ts', 'undici', /HTTP to the world/],
  ['src/legislation/import/fetch/fetch.ts', 'undici', null],
  ['src/legislation/import/fetch/fetch-public.ts', 'ipaddr.js', null],
  ['src/legislation/import/fetch/a.ts', 'express', /speak Express/],
  ['src/legislation/import/fetch/b.ts', 'nodemailer', /SMTP, IMAP and MIME/],
  ['src/legislation/import/fetch/c.ts', '../../../../jobs/schedule.js', /src never imports it/],
  ['src/history/i.ts', 'csv-parse/sync', /reads XML and CSV/],
  ['src/legislation/b.ts', 'fast-xml-parser', /reads XML and CSV/],
  ['src/legislation/a.routes.ts', 'csv-parse', /reads XML and CSV/],
  ['src/mail/g.ts', 'fast-xml-parser', /reads XML and CSV/],
  ['src/web/g.ts', 'csv-parse/sync', /reads XML and CSV/],
  ['jobs/h.ts', 'fast-xml-parser', /reads XML and CSV/],
  ['src/legislation/import/b.ts', 'fast-xml-parser', null],
  ['src/legislation/import/c.ts', 'csv-parse/sync', null],
  ['src/legislation/import/a.routes.ts', 'express', null],
  ['src/legislation/import/b.routes.ts', 'csv-parse', /reads XML and CSV/],
  ['src/legislation/import/d.ts', 'express', /speak Express/],
  ['src/legislation/import/e.ts', 'mailparser', /SMTP, IMAP and MIME/],
  ['src/legislation/import/f.ts', '../../../jobs/schedule.js', /src never imports it/],
  ['src/history/e.ts', '../../jobs/schedule.js', /src never imports it/],
  ['src/app2.ts', '../jobs/schedule.js', /src never imports it/],
  ['src/mail/d.ts', '../../jobs/schedule.js', /src never imports it/],
  ['src/web/d.ts', '../../jobs/schedule.js', /src never imports it/],
  ['src/seed.ts', '../jobs/agenda.js', /src never imports it/],
  ['src/sharing/a.ts', 'feed', /writes feeds/],
  ['src/legislation/import/g.ts', 'feed', /writes feeds/],
  ['src/calendar/a.routes.ts', 'feed', /writes feeds/],
  ['jobs/i.ts', 'feed', /writes feeds/],
  ['src/calendar/a.ts', 'feed', null],
  ['src/calendar/b.ts', 'express', /speak Express/],
  ['src/calendar/b.routes.ts', 'express', null],
  ['src/calendar/c.ts', 'fast-xml-parser', /reads XML and CSV/],
  ['src/history/f.ts', '../users/users.routes.js', /another feature's routes/],
  ['src/history/c.routes.ts', '../users/users.routes.js', /another feature's routes/],
  ['src/mail/e.ts', '../users/users.routes.js', /another feature's routes/],
  ['jobs/e.ts', '../src/users/users.routes.js', /never on the pages/],
  ['src/history/g.ts', 'process.env', /process\.env/],
  ['src/web/e.ts', 'process.env', /process\.env/],
  ['jobs/f.ts', 'process.env', /process\.env/],
  ['config/a.ts', 'process.env', null],
  ['test/unit/a.ts', 'express', null],
  ['test/unit/b.ts', 'process.env', null],
  ['test/unit/c.ts', 'mailparser', null],
  ['bench/a.ts', 'nodemailer', null],
  ['bench/b.ts', 'process.env', null],
  ['faults/a.ts', 'process.env', null],
];

let folder: string;
let found: Map<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'answerable-walls-'));
  await cp('.oxlintrc.json', path.join(folder, '.oxlintrc.json'));
  for (const [file, what] of snippets) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), sourceOf(what));
  }
  found = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(snippets.filter(([, , wall]) => wall))('%s may not use %s', (file, _what, wall) => {
  expect(found.get(file)?.join('\n') ?? '').toMatch(wall!);
});

test.each(snippets.filter(([, , wall]) => !wall))('%s may use %s', (file) => {
  expect(found.get(file)).toBeUndefined();
});

function sourceOf(what: string): string {
  if (what === 'process.env') return "export const port = process.env['PORT'];\n";
  if (what === 'express') return "import type { Request } from 'express';\nexport type A = Request;\n";
  return `import { a } from '${what}';\nexport const b = a;\n`;
}

/** What the linter says, by file; only the rules that are walls. */
async function lint(): Promise<Map<string, string[]>> {
  const output = await new Promise<string>((resolve) => {
    execFile(
      path.resolve('node_modules/.bin/oxlint'),
      ['--format', 'json'],
      { cwd: folder },
      (_error, stdout) => resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; code: string; message: string; help?: string }[];
  };
  const by = new Map<string, string[]>();
  for (const { filename, code, message, help } of diagnostics) {
    if (!/no-restricted-imports|no-process-env/.test(code)) continue;
    by.set(filename, [...(by.get(filename) ?? []), `${message} ${help ?? ''}`]);
  }
  return by;
}
