import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { takeIn } from '../../src/replies/take-in.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { hostileMail, largeMail, mailOf } from '../support/hostile-mail.js';
import { anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
});

const pathOf = ({ _id }: IncomingMailRecord): string => `/incoming-mail/${String(_id)}`;

/** What turns the direction of what stands beside it, and control characters. */
const STEERING = /[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\t\r\n])/u;
/** RFC 6266: a token, or in quotes what is none; and the same in UTF-8. */
const DISPOSITION =
  /^attachment; filename=(?:[\w!#$&+.^`|~-]+|"(?:[^"\\/\r\n]|\\")+")(?:; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?$/;

/** Downloads what the page offers, and sees that each is what the page says, and that nobody else wrote a header of it. */
async function downloads(mail: IncomingMailRecord): Promise<Buffer[]> {
  const got: Buffer[] = [];
  const links = (await staff.get(pathOf(mail))).$('.attachments a').toArray().slice(0, 12);
  for (const [at, link] of links.entries()) {
    const { status, headers, body } = await staff.download(link.attribs['href']!);
    expect([status, headers['content-type']]).toEqual([200, 'application/octet-stream']);
    expect(headers['content-disposition']).toMatch(DISPOSITION);
    expect(headers['content-disposition']!.length).toBeLessThan(2500);
    expect([headers['x-own'], headers['set-cookie']]).toEqual([undefined, undefined]);
    expect((body as Buffer).length).toBe(mail.files[at]!.size);
    expect(headers['content-length']).toBe(String(mail.files[at]!.size));
    got.push(body as Buffer);
  }
  return got;
}

test.each(Object.entries(hostileMail))('%s: its pages open, and what is in it comes', async (_what, make) => {
  const mail = await comesIn(make(), world);
  const path = pathOf(mail);
  for (const page of [
    path,
    `${path}?formatted=yes`,
    `${path}/recipients`,
    '/inbox',
    '/inbox?list=set+aside',
  ]) {
    const { status, html, $ } = await staff.get(page);
    expect([page, status]).toEqual([page, 200]);
    expect(html.length).toBeLessThan(400_000);
    // its words are a block of their own, and turn nothing else around
    $('.mail-words').remove();
    expect($.html()).not.toMatch(STEERING);
  }
  await downloads(mail);
  expect((await staff.download(`${path}/source`)).body as Buffer).toHaveLength(mail.size);
  expect((await staff.download(`${path}/text`)).status).toBe(200);
  expect((await staff.get(`${path}/html`)).status).toBe(mail.htmlPart ? 200 : 404);
});

test('a recipient’s page, the first page and the lists hold all of it at once', async () => {
  const recipient = await aRecipient();
  const answers = Buffer.from(`In-Reply-To: ${await wasWrittenTo(recipient)}\r\n`);
  const mails = Object.values(hostileMail).map((make) => Buffer.concat([answers, make()]));
  const now = world.clock.now();
  await takeIn(
    mails.map((source) => ({ source, size: source.length, receivedAt: now, origin: 'A test' })),
    world.deps,
  );
  expect(await IncomingMail.countDocuments({ state: 'placed' })).toBeGreaterThan(mails.length / 2);
  const timeline = `/recipients/${String(recipient._id)}`;
  const lists = ['', '?list=placed', '?list=to+read', '?list=to+read&page=2'].map((list) => `/inbox${list}`);
  for (const page of ['/', timeline, `${timeline}?page=2`, `${timeline}?page=3`, ...lists]) {
    const { status, html } = await staff.get(page);
    expect([page, status]).toEqual([page, 200]);
    expect(html.length).toBeLessThan(400_000);
  }
}, 60_000);

test('a file that is a thousand times as large when it is opened is not opened, and comes byte for byte', async () => {
  const content = gzipSync(Buffer.alloc(200_000_000), { level: 9 });
  expect(content.length).toBeLessThan(210_000);
  const types = ['application/gzip', 'application/zip', 'text/plain'];
  const mail = await anIncoming(
    { attachments: types.map((type) => ({ name: 'a.gz', type, content })) },
    world,
  );
  const got = await downloads(mail);
  expect(got.map((bytes) => bytes.equals(content))).toEqual([true, true, true]);
});

test('a file of 50 MB comes whole, and whoever breaks it off harms nobody', async () => {
  const mail = await comesIn(largeMail['a file of 50 MB']!(), world);
  await downloads(mail);
  await staff.agent
    .get(`${pathOf(mail)}/files/2`)
    .timeout(50)
    .catch(() => {});
  expect((await staff.get(pathOf(mail))).status).toBe(200);
}, 60_000);

test('what is not there any more in the middle of a file breaks its download off, and is not taken for its end', async () => {
  const mail = await comesIn(largeMail['a file of 50 MB']!(), world);
  await mongoose.connection.collection('incoming.chunks').deleteMany({ n: { $gt: 50 } });
  await expect(staff.download(`${pathOf(mail)}/files/2`)).rejects.toThrow('aborted');
  expect((await staff.get(pathOf(mail))).status).toBe(200);
}, 60_000);

test.each([
  '__proto__',
  'constructor',
  'toString',
  '_id',
  '$where',
  '2%00',
  '%2e%2e%2f',
  '1.1',
  '1%20',
  '1'.repeat(99),
  '0x2',
  '2.0',
  '99',
])('there is no file %j', async (number) => {
  const mail = await comesIn(hostileMail['file names of the database']!(), world);
  expect((await staff.get(`${pathOf(mail)}/files/${number}`)).status).toBe(404);
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['..', 'attachment'],
  ['C:\\temp\\letter.txt', 'letter.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['_id', '_id'],
  ['$where', '$where'],
])('a file that calls itself %j is downloaded as %j', async (name, shown) => {
  const field = `attachment; filename*=utf-8''${encodeURIComponent(name)}`;
  const part = `--b\r\nContent-Type: text/plain\r\nContent-Disposition: ${field}\r\n\r\nx\r\n--b--\r\n`;
  const mail = await comesIn(mailOf({ type: 'multipart/mixed; boundary=b', body: part }), world);
  const { headers } = await staff.download(`${pathOf(mail)}/files/1`);
  expect(headers['content-disposition']!.replaceAll('"', '')).toBe(`attachment; filename=${shown}`);
  expect((await staff.get(pathOf(mail))).$('.attachments a').text()).toBe(shown);
});
