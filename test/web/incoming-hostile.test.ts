import { beforeEach, expect, test } from '@jest/globals';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

/** What turns the direction of what stands beside it, and a bell. */
const STEERING = /[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\t\r\n])/u;

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  recipient = await aRecipient();
});

const open = (mail: IncomingMailRecord, query = '') =>
  staff.get(`/incoming-mail/${String(mail._id)}${query}`);
const file = (name: string, content: string) => ({ name, type: 'text/plain', content: Buffer.from(content) });

const raw = (lines: string[], body = 'Hello.') =>
  comesIn(['From: a@stranger.invalid', ...lines, '', body].join('\r\n'), world);

test('a message that cannot be taken apart says so and gives its source', async () => {
  const huge = `From: a@stranger.invalid\r\nX-Long: ${'x'.repeat(2_100_000)}\r\n\r\nHello.`;
  const mail = await comesIn(huge, world);
  expect(mail.kind).toBe('unreadable');
  const { main, $ } = await open(mail);
  expect(main).toContain('It could not be taken apart, so what it says is not shown.');
  expect(main).toContain('Its headers are longer than 2 MB, or have more than 31250 lines.');
  const source = await staff.download($('a:contains("Download the source")').attr('href')!);
  expect(String(source.body)).toBe(huge);
});

test('a message without a subject or a sender is shown as just that', async () => {
  const mail = await comesIn('Subject: =?utf-8?q?=E2=80=AE?=\r\nDate: x\r\n\r\n', world);
  const { $, main } = await open(mail);
  expect($('h1').text()).toBe('A message without a subject');
  expect(main).toContain('nobody named');
  expect(main).toContain('It has no words of its own.');
  expect((await staff.get('/inbox')).main).toContain('No subject');
});

test.each([
  ['1 Jan 1970', '1 January 1970, 11:00'],
  ['31 Dec 2099', '31 December 2099, 10:00'],
])('a message that is dated %s stands where it came in, and its page says so', async (date, shown) => {
  const mail = await raw([`Date: ${date} 10:00:00 +0000`, `In-Reply-To: ${await wasWrittenTo(recipient)}`]);
  const { $ } = await open(mail);
  expect(mail.happenedAt).toEqual(world.clock.now());
  expect($('dt:contains("Written")')).toHaveLength(0);
  expect($('dt:contains("Came in")').next().text()).toContain(
    `The date it gives itself, ${shown}, is not relied on.`,
  );
});

test('a message that came as soon as it was written, says just that', async () => {
  const mail = await anIncoming({ date: new Date(world.clock.now().getTime() - 60_000) }, world);
  const { $, main } = await open(mail);
  expect($('dt:contains("Written")')).toHaveLength(1);
  expect(main).not.toMatch(/Came in|relied on/);
});

test('line breaks and changes of direction in subject and sender reach no page', async () => {
  const mail = await raw([
    'Subject: =?utf-8?q?Hello=0D=0ABcc:_all=40example.org_=E2=80=AEevil?=',
    'From: =?utf-8?q?Kim_=E2=80=AEdetnevnI_=07?= <a@stranger.invalid>',
  ]);
  const { html, $ } = await open(mail);
  expect($('h1').text()).toBe('Hello Bcc: all@example.org evil');
  expect(html).not.toMatch(STEERING);
  const placed = await staff.postForm(
    `/incoming-mail/${String(mail._id)}/placement`,
    { recipient: String(recipient._id) },
    `/incoming-mail/${String(mail._id)}`,
  );
  expect(placed.status).toBe(302);
  for (const path of ['/inbox?list=to+read', `/recipients/${String(recipient._id)}`, '/'])
    expect((await staff.get(path)).html).not.toMatch(STEERING);
});

test('words from right to left have their own direction', async () => {
  const mail = await anIncoming({ subject: 'رسالة', text: 'شكرا لكم.\nThank you.' }, world);
  const { $ } = await open(mail);
  expect([$('h1').attr('dir'), $('.mail-words').attr('dir')]).toEqual(['auto', 'auto']);
});

test('HTML in every field is text', async () => {
  const EVIL = '<img src=x onerror=alert(1)>"\'<script>alert(1)</script>';
  const mail = await anIncoming(
    {
      from: `${EVIL.replaceAll(/[<>]/g, '')} <evil@stranger.invalid>`,
      subject: EVIL,
      text: `${EVIL}\n> ${EVIL}`,
      attachments: [file(`${EVIL}.txt`, EVIL)],
      inReplyTo: await wasWrittenTo(recipient),
    },
    world,
  );
  const id = String(mail._id);
  const paths = ['', '?formatted=yes'].map((query) => `/incoming-mail/${id}${query}`);
  for (const path of [...paths, '/inbox?list=placed', '/', `/recipients/${String(recipient._id)}`]) {
    const { $, status } = await staff.get(path);
    expect(`${path}: ${status}`).toBe(`${path}: 200`);
    expect(`${path}: ${$('script:not([src]), [onerror], img[src=x]').length}`).toBe(`${path}: 0`);
  }
});

test('a text of a megabyte begins on the page, and all of it can be downloaded', async () => {
  const text = `${'A line of a long text.\n'.repeat(40_000)}The end.`;
  const mail = await anIncoming({ text, inReplyTo: await wasWrittenTo(recipient) }, world);
  const { html, $ } = await open(mail);
  expect(html.length).toBeLessThan(100_000);
  const whole = await staff.download($('a:contains("Download the whole text")').attr('href')!);
  expect(String(whole.body)).toContain('The end.');
  expect((await staff.get(`/recipients/${String(recipient._id)}`)).html.length).toBeLessThan(50_000);
});

test('a line of a megabyte without a space, and a name of a hundred thousand characters, keep a page small', async () => {
  const mail = await raw(
    [`Subject: ${'s'.repeat(5000)}`, `From: ${'n'.repeat(90_000)} <a@stranger.invalid>`],
    'x'.repeat(1_000_000),
  );
  expect((await open(mail)).html.length).toBeLessThan(100_000);
  expect((await staff.get('/inbox')).html.length).toBeLessThan(50_000);
});

test('of a hundred and twenty files the first are listed, the rest folded, and the last left to the source', async () => {
  const attachments = Array.from({ length: 120 }, (_, n) => file(`file-${n}.txt`, `${n}`));
  const mail = await anIncoming({ attachments }, world);
  const { $, main } = await open(mail);
  expect(main).toContain('Attached: 100 files');
  expect($('.attachments')).toHaveLength(2);
  expect($('details .attachments li')).toHaveLength(90);
  expect(main).toContain('If there are more than a hundred, the others are in the source.');
});

test('of a message that is larger than what is kept, the source is how it begins', async () => {
  const source = 'From: a@stranger.invalid\r\nSubject: Large\r\n\r\nHello.';
  const mail = await comesIn(source, world, 60_000_000);
  const { main, $ } = await open(mail);
  expect(main).toContain('The message had 57.2 MB, which is more than is kept: this is how it begins.');
  const got = await staff.download($('a:contains("Download the source")').attr('href')!);
  expect(String(got.body)).toBe(source);
});
