import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of links to every program but this one. */
function programsWithout(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'answerable-programs-'));
  const programs = new Map(
    ['/bin', '/usr/bin'].flatMap((from) =>
      readdirSync(from).map((program) => [program, path.join(from, program)]),
    ),
  );
  programs.delete(name);
  for (const [program, at] of programs) symlinkSync(at, path.join(folder, program));
  return folder;
}

test('without Go the database says so before it fetches or writes anything', async () => {
  const [programs, nowhere] = [
    programsWithout('go'),
    path.join(tmpdir(), `answerable-${process.pid}-nowhere`),
  ];
  const env = { PATH: programs, XDG_CACHE_HOME: `${nowhere}/cache`, DATA_DIR: `${nowhere}/data` };
  const said = await new Promise<string>((resolve) => {
    execFile('bin/database', ['up'], { env }, (error, _out, words) => resolve(`${error?.code} ${words}`));
  });
  rmSync(programs, { recursive: true });

  expect(said).toMatch(
    /^1 bin\/database: go is needed to build the gateway\. Install it, or set MONGODB_URI/,
  );
  expect(existsSync(nowhere)).toBe(false);
});
