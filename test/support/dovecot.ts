import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dovecotConf, oauth2Conf, type Wanted } from './dovecot-conf.js';

const run = promisify(execFile);
/** Debian keeps servers where an ordinary account does not look. */
const env = { PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin`, LC_ALL: 'C' };

type Asked = Pick<Wanted, 'user' | 'tokenInfoUrl' | 'tls'> & { password: string };

export type Dovecot = {
  folder: string;
  ports: Wanted['ports'];
  ca: string;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  remove: () => Promise<void>;
  /** gives what the test has written to the account that the server runs as */
  own: (file: string) => Promise<void>;
  log: () => Promise<string>;
};

/** A Dovecot of the test's own: nothing of the machine's configuration is read, and nothing is left. */
export async function makeDovecot(wanted: Asked): Promise<Dovecot> {
  const { folder, account, ports } = await prepareFolder(wanted);
  let server: ChildProcess | undefined;
  let said = '';
  const log = async () => said + (await readFile(path.join(folder, 'log'), 'utf8').catch(() => ''));

  const start = async () => {
    const who = process.getuid!() === 0 ? { uid: account.uid, gid: account.gid } : {};
    const args = ['-F', '-c', path.join(folder, 'dovecot.conf')];
    server = spawn('dovecot', args, { env, stdio: ['ignore', 'ignore', 'pipe'], ...who });
    server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await untilItAnswers(server, ports.imap, log);
  };
  const stop = async () => {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  return {
    folder,
    ports,
    ca: await readFile(path.join(folder, 'cert.pem'), 'utf8'),
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
    own: (file) => chown(file, account.uid, account.gid),
    log,
  };
}

/** Everything the server reads and writes, in one directory that belongs to the account it runs as. */
async function prepareFolder(asked: Asked): Promise<Wanted> {
  const version = await dovecotVersion();
  const wanted: Wanted = {
    ...asked,
    folder: await mkdtemp(path.join(tmpdir(), 'answerable-imap-')),
    account: await accountToRunAs(),
    ports: { imap: await freePort(), imaps: await freePort() },
  };
  const { folder, account } = wanted;
  const files = {
    'dovecot.conf': dovecotConf(version, wanted),
    'oauth2.conf': oauth2Conf(wanted),
    users: `${asked.user}:{PLAIN}${asked.password}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  await makeCertificate(folder);
  for (const name of ['mail', 'mail/cur', 'mail/new', 'mail/tmp', 'run', 'state', 'home'])
    await mkdir(path.join(folder, name));
  await run('chown', ['-R', `${account.uid}:${account.gid}`, folder], { env });
  return wanted;
}

async function dovecotVersion(): Promise<string> {
  try {
    return (await run('dovecot', ['--version'], { env })).stdout;
  } catch (error) {
    throw new Error('Dovecot is needed for this test: apt-get install dovecot-imapd', { cause: error });
  }
}

/** Dovecot refuses to read mail as root: from root it is handed to an account without rights. */
async function accountToRunAs(): Promise<Wanted['account']> {
  const { uid, gid, username } = userInfo();
  const name = uid === 0 ? 'nobody' : username;
  const ask = async (what: string) => (await run('id', [what, name], { env })).stdout.trim();
  return uid === 0
    ? { name, group: await ask('-gn'), uid: Number(await ask('-u')), gid: Number(await ask('-g')) }
    : { name, group: await ask('-gn'), uid, gid };
}

async function makeCertificate(folder: string): Promise<void> {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:0.0.0.0';
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  const files = ['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')];
  await run('openssl', [...args, ...files, '-addext', names], { env });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilItAnswers(server: ChildProcess, port: number, log: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries += 1) {
    if (await answers(port)) return;
    await pause(25);
  }
  throw new Error(`Dovecot did not start:\n${await log()}`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
