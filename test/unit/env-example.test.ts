import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { variables } from '../../config/env.js';

type Variable = { name: string; fallback: string; description: string };

const declared: Variable[] = Object.entries(variables).map(([name, variable]) => {
  const { data } = variable.safeParse(undefined);
  return { name, fallback: String(data ?? ''), description: variable.description ?? '' };
});

test('every variable says in a line what it is for', () => {
  expect(declared.filter(({ description }) => description === '')).toEqual([]);
});

test('.env.example lists the variables of config/env.ts, each with its description and default', () => {
  const listed = readFileSync('.env.example', 'utf8').matchAll(/^# (.+)\n#(\w+)=(.*)$/gm);
  const found = [...listed].map(([, description, name, fallback]) => ({ name, fallback, description }));
  expect(found).toEqual(declared);
});

test('so does the table in README.md', () => {
  const rows = readFileSync('README.md', 'utf8').matchAll(
    /^\| `([A-Z_]+)` +\| (?:`(.+?)`|–) +\| (.+?) +\|$/gm,
  );
  const found = [...rows].map(([, name, fallback = '', description]) => ({ name, fallback, description }));
  expect(found).toEqual(declared);
});
