import { parseArgs } from 'node:util';

/** What `bin/answerable` can be asked for. */
const commands = {
  'inspect-mail': {
    takes: 'FILE…',
    does: 'says what each message of a file is, as one line of JSON; - is standard input',
  },
  'import-mail': {
    takes: 'FILE|DIRECTORY… [--json]',
    does: 'takes in messages and mailboxes (mbox), and whole directories of them; imported twice is stored once',
  },
  recompute: {
    takes: '[--check] [--json]',
    does: 'works out anew from history what is stored for lists; --check only says what differs, and exits with 2 if anything does',
  },
} as const;
type CommandName = keyof typeof commands;

export type Command = { name: CommandName; files: string[]; json: boolean; check: boolean };
type Answer = { said: string; status: 0 | 2 };

/** Reads `COMMAND FILE…`. @returns what to do; or what to say instead, and the exit status to say it with */
export function readCommand(words: readonly string[]): Command | Answer {
  const [name, ...others] = words;
  if (name === undefined || name === '--help' || name === '-h') return { said: usage(), status: 0 };
  if (!isCommand(name)) return refused(`There is no command ${name}. There are: ${names.join(', ')}.`);
  try {
    const options = {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      check: { type: 'boolean' },
    } as const;
    const { values, positionals } = parseArgs({ args: others, allowPositionals: true, options });
    if (values.help) return { said: usage(), status: 0 };
    const { json = false, check = false } = values;
    if (check && name !== 'recompute') return refused(`${name} takes ${commands[name].takes}.`);
    const isRight = name === 'recompute' ? positionals.length === 0 : positionals.length > 0;
    return isRight
      ? { name, files: positionals, json, check }
      : refused(`${name} ${name === 'recompute' ? 'takes' : 'needs'} ${commands[name].takes}.`);
  } catch (error) {
    return refused((error as Error).message);
  }
}

const names = Object.keys(commands);
const isCommand = (name: string): name is CommandName => names.includes(name);
const refused = (said: string): Answer => ({ said, status: 2 });

const usage = (): string =>
  [
    'Usage: bin/answerable COMMAND',
    '',
    ...Object.entries(commands).map(([name, { takes, does }]) => `  ${name} ${takes}  ${does}`),
  ].join('\n');
