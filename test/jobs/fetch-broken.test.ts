import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { fetchFrom, serve, whyNot } from '../support/fetching.js';

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** Where a server listens that speaks as the test says, below HTTP. */
async function listen(server: Server): Promise<string> {
  servers.push(server.on('connection', (socket) => sockets.push(socket.on('error', () => {}))));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const saying = (text: string): Promise<string> => listen(createServer((socket) => socket.end(text)));

test('a server that never begins to answer is given up in time', async () => {
  const { origin } = await serve(() => {});
  expect(await whyNot(fetchFrom(origin, { limits: { headers: 20 } }))).toMatch(
    /did not answer in time\. What was read before is kept\. It is tried again on its own\.$/,
  );
});

test('a server that takes the connection and never speaks TLS is given up in time', async () => {
  const where = await listen(createServer());
  expect(await whyNot(fetchFrom(`https://${where}/`, { limits: { connect: 20 } }))).toContain(
    'did not answer in time',
  );
});

test('a name that is never looked up is given up in time', async () => {
  const resolve = () => new Promise<never>(() => {});
  const fetching = fetchFrom('http://feeds.example.org/', { resolve, limits: { connect: 20 } });
  expect(await whyNot(fetching)).toContain('feeds.example.org did not answer in time');
});

test('an answer that trickles is given up when the whole of it takes too long', async () => {
  const { origin } = await serve((_request, response) => {
    response.write('a');
    const trickle = setInterval(() => response.write('a'), 5);
    response.on('close', () => clearInterval(trickle));
  });
  const why = await whyNot(fetchFrom(origin, { limits: { whole: 100 } }));
  expect(why).toContain('sent its answer too slowly, and we stopped reading');
});

test('redirects do not give more time than one answer has', async () => {
  const { origin } = await serve((request, response) => {
    setTimeout(() => response.writeHead(302, { location: `${request.url}a` }).end(), 50);
  });
  expect(await whyNot(fetchFrom(origin, { limits: { whole: 120 } }))).toContain('too slowly');
});

test.each([
  ['a connection cut before the length that was promised', { 'content-length': '1000' }, 'half'],
  ['a connection cut between two chunks', { 'transfer-encoding': 'chunked' }, 'half'],
])('%s is no answer', async (_what, headers, half) => {
  const { origin } = await serve((_request, response) => {
    response.writeHead(200, headers).write(half, () => setTimeout(() => response.destroy(), 20));
  });
  expect(await whyNot(fetchFrom(origin))).toContain('broke off in the middle of the answer');
});

test.each([
  ['gzip', gzipSync('a'.repeat(1000))],
  ['br', brotliCompressSync('a'.repeat(1000))],
])('an answer whose %s ends in the middle is no answer', async (coding, packed) => {
  const { origin } = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': coding }).end(packed.subarray(0, -4)),
  );
  expect(await whyNot(fetchFrom(origin))).toContain('broke off in the middle of the answer');
});

test.each(['gzip', 'deflate', 'br'])('an answer that is no %s at all cannot be unpacked', async (coding) => {
  const { origin } = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': coding }).end('<feed>plain</feed>'.repeat(9)),
  );
  expect(await whyNot(fetchFrom(origin))).toContain('sent an answer that cannot be unpacked');
});

test.each([
  ['closes without a word', '', 'broke off'],
  ['speaks no HTTP', '220 mail.example.org ESMTP\r\n', 'is no answer of a web server'],
  [
    'sends endless headers',
    `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
    'is no answer of a web server',
  ],
  ['sends two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 'broke off'],
  [
    'changes to another protocol',
    'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    'broke off',
  ],
])('a server that %s has not answered', async (_what, text, words) => {
  expect(await whyNot(fetchFrom(`http://${await saying(text)}/`))).toContain(words);
});

test('a port where nothing listens is said', async () => {
  const { origin, close } = await serve(() => {});
  await close();
  expect(await whyNot(fetchFrom(origin))).toContain(`Nothing answers at ${new URL(origin).host}.`);
});

test.each([
  ['ENOTFOUND', 'There is no server named nowhere.invalid.'],
  ['EAI_AGAIN', 'The name nowhere.invalid could not be looked up just now.'],
  ['EAI_FAIL', 'There is no way to nowhere.invalid just now (EAI_FAIL).'],
  ['CERT_REVOKED', 'cannot be trusted: it is not in order (CERT_REVOKED).'],
  ['EHOSTUNREACH', 'There is no way to nowhere.invalid just now (EHOSTUNREACH).'],
])('%s is said in words: %s', async (code, words) => {
  const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code }));
  expect(await whyNot(fetchFrom('http://nowhere.invalid/', { resolve }))).toContain(words);
});

test.each([undefined, 'ERR_INVALID_ARG_TYPE', 'UND_ERR_INVALID_ARG'])(
  'a mistake of ours (%s) is no failure of the source',
  async (code) => {
    const resolve = () => Promise.reject(Object.assign(new TypeError('a mistake'), { code }));
    await expect(fetchFrom('http://feeds.example.org/', { resolve })).rejects.toThrow('a mistake');
  },
);

test('a server without TLS is not taken for one with it', async () => {
  const { port } = await serve((_request, response) => response.end());
  expect(await whyNot(fetchFrom(`https://127.0.0.1:${port}/`))).toContain('does not speak TLS');
});

test('a certificate that nobody vouches for is not trusted', async () => {
  const where = await listen(
    createTlsServer(await selfMade(), (_request, response) => response.end('secret')),
  );
  expect(await whyNot(fetchFrom(`https://${where}/`))).toBe(
    `The certificate of ${where} cannot be trusted: it is self-made. What was read before is kept. Check the address of the source. If it is right, tell those who run that site.`,
  );
});

async function selfMade(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'answerable-certificate-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  await promisify(execFile)('openssl', [...args, '-keyout', key, '-out', cert]);
  const made = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  await rm(folder, { recursive: true });
  return made;
}
