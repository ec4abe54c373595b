import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { Entry } from '../../src/history/entry.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anEntry, aRecipient } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { aTrack } from '../support/triggers.js';
import { aVisitor, signInAs, type SignedIn, type TestFile } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let path: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  path = `/recipients/${String((await aRecipient())._id)}`;
});

const note = { kind: 'note', direction: 'none', receivedAs: '', date: '2026-11-23', text: 'See the file.' };
const log = (...files: TestFile[]) => staff.upload(`${path}/entries`, note, files, `${path}/entries/new`);
const storedFiles = () => mongoose.connection.collection('attachments.files').countDocuments();
const storedChunks = () => mongoose.connection.collection('attachments.chunks').countDocuments();

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NOT_ACCEPTED =
  'is not a kind of file that can be attached. Documents, pictures, sound, mail, calendar entries and plain text can.';
/** a field in which nothing was chosen is sent without a name */
const NO_FILE: TestFile = { name: '', content: '' };
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);

async function downloadFirst() {
  const { $ } = await staff.get(path);
  return staff.download($('.attachments a').attr('href')!);
}

test('a file comes back byte for byte, as a download that no page shows', async () => {
  expect((await log({ name: 'letter.pdf', content: pdf, type: 'application/pdf' })).location).toBe(path);
  const { body, headers, status } = await downloadFirst();
  expect(status).toBe(200);
  expect(Buffer.compare(body as Buffer, pdf)).toBe(0);
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename=letter.pdf',
    'content-length': String(pdf.length),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store, no-transform',
  });
});

test('a file of many chunks comes back whole', async () => {
  const large = Buffer.concat([pdf, Buffer.alloc(3_000_000, 'An open letter. ')]);
  await log({ name: 'large.pdf', content: large });
  expect(Buffer.compare((await downloadFirst()).body as Buffer, large)).toBe(0);
});

test('the type is read from the content, whatever the name and the browser say', async () => {
  await log({ name: 'picture.pdf', content: png, type: 'application/pdf' });
  expect((await downloadFirst()).headers['content-type']).toBe('image/png');
});

test('a page of HTML is handed out as plain text to download, never shown', async () => {
  await log({ name: 'page.html', content: '<script>alert(1)</script>', type: 'text/html' });
  const { headers } = await downloadFirst();
  expect(headers['content-type']).toBe('text/plain');
  expect(headers['content-disposition']).toBe('attachment; filename=page.html');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

const invitation = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';

test.each([
  ['a table of Excel in Windows-1252', Buffer.from('Gr\xfc\xdfe;100 \x80\r\n', 'latin1'), 'text/plain'],
  ['text in ISO 8859-5 with a form feed', Buffer.from([0xbf, 0xe0, 0xd8, 0x0c, 0x0a]), 'text/plain'],
  ['an invitation', Buffer.from(invitation), 'text/calendar'],
  ['an invitation in Windows-1252', Buffer.from(`${invitation}\xfc`, 'latin1'), 'text/calendar'],
  ['an invitation with a byte order mark', Buffer.from(`\ufeff${invitation}`), 'text/calendar'],
  ['a text about invitations', Buffer.from(`They begin: ${invitation}`), 'text/plain'],
])('%s is attached, and handed out as a download that no page shows', async (_what, content, type) => {
  expect((await log({ name: 'file', content })).location).toBe(path);
  const { body, headers } = await downloadFirst();
  expect(Buffer.compare(body as Buffer, content)).toBe(0);
  expect(headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff' });
  expect(headers['content-disposition']).toMatch(/^attachment/);
});

test.each([
  [
    'a program named .pdf',
    { name: 'letter.pdf', content: exe, type: 'application/pdf' },
    `letter.pdf ${NOT_ACCEPTED}`,
  ],
  [
    'a program named .png',
    { name: 'run.png', content: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0]) },
    `run.png ${NOT_ACCEPTED}`,
  ],
  [
    'an SVG picture',
    {
      name: 'a.svg',
      content: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    },
    `a.svg ${NOT_ACCEPTED}`,
  ],
  [
    'bytes that are no UTF-8, with an escape among them',
    { name: 'noise.txt', content: Buffer.from('Gr\xfc\x1b\xdfe', 'latin1') },
    `noise.txt ${NOT_ACCEPTED}`,
  ],
  [
    'what only begins like an invitation',
    { name: 'a.ics', content: `${invitation}\0` },
    `a.ics ${NOT_ACCEPTED}`,
  ],
  ['bytes of no kind', { name: 'noise', content: Buffer.from([0, 1, 2, 255, 254]) }, `noise ${NOT_ACCEPTED}`],
  ['an empty file', { name: 'empty.txt', content: '' }, 'One of the files is empty. Choose it again.'],
])('%s is refused, and nothing is stored', async (_what, file, sentence) => {
  const page = await log({ name: 'good.txt', content: 'This one is fine.' }, file);
  expectMistakes(page, { attachments: sentence }, { text: note.text, date: note.date });
  expect(page.main).toContain('what you typed is still here, files apart.');
  expect([await Entry.countDocuments(), await storedFiles(), await storedChunks()]).toEqual([0, 0, 0]);
});

describe('a form that is not right', () => {
  const again = 'Choose your files once more: a form that was not saved cannot keep them.';
  const wrong = { ...note, text: '' };
  const forms: [string, () => Promise<[at: string, from: string]>][] = [
    ['contact', async () => [`${path}/entries`, `${path}/entries/new`]],
    [
      'a correction',
      async () => {
        const at = `/entries/${String((await anEntry())._id)}/correction`;
        return [at, `${at}/new`];
      },
    ],
    ['a follow-up', async () => [`${path}/follow-ups`, `${path}/follow-ups/new`]],
    [
      'a milestone',
      async () => {
        const at = `/tracks/${String((await aTrack())._id)}/milestones`;
        return [at, `${at}/new`];
      },
    ],
  ];

  test.each(forms)('of %s says that files are to be chosen once more where some were', async (_of, form) => {
    const [at, from] = await form();
    const page = await staff.upload(at, wrong, [{ name: 'good.txt', content: 'This one is fine.' }], from);
    expect([page.status, page.$('#attachments-error').text()]).toEqual([422, again]);
    expect(page.main).toContain('what you typed is still here, files apart.');
  });

  test.each(forms)('of %s says nothing of files where none was chosen', async (_of, form) => {
    const [at, from] = await form();
    const page = await staff.upload(at, wrong, [NO_FILE], from);
    expect([page.status, page.$('#attachments-error').text()]).toEqual([422, '']);
    expect(page.main).toContain('what you typed is still here.');
    expect(page.$('.error-summary').text()).not.toMatch(/files?\b/i);
  });
});

test('a file of more than 25 MB is refused, what was typed is kept, and nothing is stored', async () => {
  const huge = { name: 'huge.txt', content: Buffer.alloc(25 * 1024 * 1024 + 1, 'a') };
  expectMistakes(
    await log(huge),
    { attachments: 'A file may have up to 25 MB. Choose a smaller one.' },
    { text: note.text, date: note.date },
  );
  expect([await Entry.countDocuments(), await storedFiles()]).toEqual([0, 0]);
}, 60_000);

test('a sixth file is refused, what was typed is kept, and nothing is stored', async () => {
  const six = Array.from({ length: 6 }, (_, n) => ({ name: `${n}.txt`, content: 'text' }));
  expectMistakes(
    await log(...six),
    { attachments: 'At most five files can be sent at once. Choose five or fewer.' },
    { text: note.text, date: note.date },
  );
  expect([await Entry.countDocuments(), await storedFiles()]).toEqual([0, 0]);
});

test.each([
  ['Brief über Größe – «Entwurf».txt', 'Brief über Größe – «Entwurf».txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\letter.txt', 'letter.txt'],
  ['invoice\u202Efdp.txt', 'invoicefdp.txt'],
  ['a"; filename="b.txt', 'a"; filename="b.txt'],
  ['<img src=x onerror=alert(1)>.txt', '<img src=x onerror=alert(1)>.txt'],
])('a file named %j is stored as %j', async (name, stored) => {
  await log({ name, content: 'text' });
  const [attachment] = (await Entry.findOne().lean())!.attachments;
  expect(attachment!.name).toBe(stored);
  expect((await staff.get(path)).$('.attachments a').text()).toBe(stored);
  const disposition = (await downloadFirst()).headers['content-disposition']!;
  expect(disposition).toMatch(/^attachment; filename=/);
  const encoded = /filename\*=UTF-8''(.+)$/.exec(disposition);
  if (encoded) expect(decodeURIComponent(encoded[1]!)).toBe(stored);
});

test('an attachment is only found through its own entry, and only by staff', async () => {
  await log({ name: 'letter.txt', content: 'text' });
  const href = (await staff.get(path)).$('.attachments a').attr('href')!;
  const other = await anEntry();
  expect((await staff.get(href.replace(/entries\/\w+/, `entries/${String(other._id)}`))).status).toBe(404);
  expect((await (await signInAs(app, 'partner')).get(href)).status).toBe(403);
  expect((await aVisitor(app).get(href)).location).toMatch(/^\/sign-in/);
});

test('a correction keeps the attachments and may add one', async () => {
  await log({ name: 'first.txt', content: 'one' });
  const entry = `/entries/${String((await Entry.findOne().lean())!._id)}`;
  await staff.upload(
    `${entry}/correction`,
    { ...note, reason: 'More to see.' },
    [{ name: 'second.txt', content: 'two' }],
    `${entry}/correction/new`,
  );
  const newest = (await Entry.findOne({ supersedes: { $exists: true } }).lean())!;
  expect(newest.attachments.map(({ name }) => name)).toEqual(['first.txt', 'second.txt']);
});

test('a correction that loses leaves no files behind', async () => {
  const { _id, recipient } = await anEntry();
  const entry = `/entries/${String(_id)}`;
  const send = (name: string) =>
    staff.upload(
      `${entry}/correction`,
      { ...note, reason: 'Wrong.' },
      [{ name, content: name }],
      `/recipients/${String(recipient)}/entries/new`,
    );
  await staff.get(path);
  const answers = await Promise.all([send('one.txt'), send('two.txt')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409]);
  expect([await storedFiles(), await storedChunks()]).toEqual([1, 1]);
});

test('nobody who is not signed in can hand in a file', async () => {
  const answer = await aVisitor(app).upload(
    `${path}/entries`,
    note,
    [{ name: 'letter.txt', content: 'text' }],
    '/sign-in',
  );
  expect(answer.status).toBe(403);
  expect(answer.main).toContain('You are signed out, so nothing was saved');
  expect(await storedFiles()).toBe(0);
});
