import { beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import mongoose, { Types } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { approveFollowUp } from '../../src/follow-ups/approve.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { editFollowUp, findFollowUp } from '../../src/follow-ups/plan.js';
import { recordSent } from '../../src/follow-ups/record-sent.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { storeAttachments } from '../../src/history/attachments.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { aVisitor, signInAs, type Fields, type SignedIn, type TestFile } from '../support/visitor.js';

useDatabase();

const MB = 1024 * 1024;
const TOO_MUCH =
  'One mail may have attachments of up to 10 MB together, and these have more. Choose fewer or smaller ones.';
const typed = { date: '2026-12-01', time: '10:00', subject: 'Our letter', body: 'Please answer.' };
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const letter: TestFile = { name: 'The letter.pdf', content: pdf, type: 'application/pdf' };
const figures: TestFile = { name: 'figures.txt', content: 'Five of nine.' };

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  recipient = await aRecipient();
});

const plan = (files: TestFile[], fields: Fields = typed) => {
  const at = `/recipients/${String(recipient._id)}/follow-ups`;
  return staff.upload(at, fields, files, `${at}/new`);
};
const edit = (at: string, files: TestFile[], fields: Fields = {}) =>
  staff.upload(at, { ...typed, ...fields }, files, `${at}/edit`);
const row = async (): Promise<FollowUpRecord> => (await FollowUp.findOne().lean<FollowUpRecord>())!;
const fileOf = async (name: string) =>
  (await row()).attachments!.find((attachment) => attachment.name === name)!.file;
const storedFiles = () => mongoose.connection.collection('attachments.files').countDocuments();

async function approve(): Promise<void> {
  const followUp = await row();
  const { from } = world.deps.post;
  const seenHash = seenHashOf(followUp, from);
  await approveFollowUp(followUp._id, { seenHash, by: staff.user._id, from, now: world.clock.now() });
}

test('files are attached when it is planned; its page lists them, and hands them out byte for byte', async () => {
  const at = (await plan([letter, figures])).location!;
  expect((await row()).attachments).toMatchObject([
    {
      name: 'The letter.pdf',
      type: 'application/pdf',
      size: pdf.length,
      sha256: createHash('sha256').update(pdf).digest('hex'),
    },
    { name: 'figures.txt', type: 'text/plain', size: 13 },
  ]);
  const page = await staff.get(at);
  expect(page.main).toContain('Attached The letter.pdf 1 KB figures.txt 1 KB');
  const { body, headers, status } = await staff.download(page.$('.attachments a').first().attr('href')!);
  expect([status, pdf.equals(body as Buffer)]).toEqual([200, true]);
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="The letter.pdf"',
    'content-length': String(pdf.length),
    'x-content-type-options': 'nosniff',
  });
});

test('editing lists what is attached, takes away what is ticked, and adds what is chosen', async () => {
  const at = (await plan([letter, figures])).location!;
  const form = await staff.get(`${at}/edit`);
  expect(form.main).toContain('Remove The letter.pdf (1 KB)');
  expect(form.main).toContain('10 MB of them together');
  const remove = String(await fileOf('The letter.pdf'));
  expect((await edit(at, [{ name: 'more.txt', content: 'More.' }], { remove })).location).toBe(at);
  expect((await row()).attachments!.map(({ name }) => name)).toEqual(['figures.txt', 'more.txt']);
  expect(await storedFiles()).toBe(2);
  const page = await staff.get(at);
  expect(page.main).not.toContain('The letter.pdf');

  const [one, two] = [String(await fileOf('figures.txt')), String(await fileOf('more.txt'))];
  await edit(at, [], { remove: [one, two] });
  expect((await row()).attachments).toEqual([]);
  expect([await storedFiles(), (await staff.get(at)).main.includes('Attached')]).toEqual([0, false]);
});

test.each<[string, (at: string) => Promise<unknown>]>([
  ['one more file', (at) => edit(at, [figures])],
  ['one file less', async (at) => edit(at, [], { remove: String(await fileOf(letter.name)) })],
])('%s voids the approval', async (_what, change) => {
  const at = (await plan([letter])).location!;
  await approve();
  expect(await row()).toMatchObject({ state: 'scheduled' });
  await change(at);
  expect(await row()).toMatchObject({ state: 'planned', approval: null });
});

test('an approval of what was attached before the change is refused', async () => {
  const at = (await plan([letter])).location!;
  const seenHash = (await staff.get(at)).$('input[name=seenHash]').attr('value')!;
  const other: TestFile = { ...letter, content: Buffer.concat([pdf, Buffer.from('%changed')]) };
  await edit(at, [other], { remove: String(await fileOf(letter.name)) });
  const answer = await staff.postForm(`${at}/approval`, { seenHash }, at);
  expect([answer.status, (await row()).state]).toEqual([409, 'planned']);
});

test('files that no mail can carry are refused, what was typed is kept, and nothing is stored', async () => {
  const half = { name: 'half.txt', content: Buffer.alloc(5 * MB, 'a') };
  const over = { name: 'over.txt', content: Buffer.alloc(5 * MB + 1, 'a') };
  expectMistakes(await plan([half, over]), { attachments: TOO_MUCH }, typed);
  expect([await FollowUp.countDocuments(), await storedFiles()]).toEqual([0, 0]);

  const at = (await plan([half])).location!;
  expectMistakes(await edit(at, [over]), { attachments: TOO_MUCH }, typed);
  expect((await row()).attachments).toHaveLength(1);
  const remove = String(await fileOf('half.txt'));
  expect((await edit(at, [over, half], { remove })).status).toBe(422);
  expect((await edit(at, [over], { remove })).status).toBe(302);
  expect((await row()).attachments!.map(({ name }) => name)).toEqual(['over.txt']);
}, 60_000);

test('a file that is too large to be read at all is refused, and what was typed is kept', async () => {
  const huge = { name: 'huge.txt', content: Buffer.alloc(25 * MB + 1, 'a') };
  expectMistakes(
    await plan([huge]),
    { attachments: 'A file may have up to 25 MB. Choose a smaller one.' },
    typed,
  );
  expect(await storedFiles()).toBe(0);
}, 60_000);

test('a program is refused, whatever it is called', async () => {
  const program = { name: 'letter.pdf', content: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) };
  const sentence =
    'letter.pdf is not a kind of file that can be attached. Documents, pictures, sound, mail, calendar entries and plain text can.';
  expectMistakes(await plan([letter, program]), { attachments: sentence }, typed);
  expect([await FollowUp.countDocuments(), await storedFiles()]).toEqual([0, 0]);
});

test('a form with another mistake says that the files are to be chosen once more, and keeps what was ticked', async () => {
  const again = 'Choose your files once more: a form that was not saved cannot keep them.';
  expectMistakes(
    await plan([letter], { ...typed, subject: '' }),
    { subject: 'Write a subject.', attachments: again },
    { body: typed.body },
  );
  const at = (await plan([letter])).location!;
  const remove = String(await fileOf(letter.name));
  const page = await edit(at, [], { subject: '', remove });
  expectMistakes(page, { subject: 'Write a subject.' });
  expect(valueOf(page, 'remove')).toBe(remove);
  expect([await storedFiles(), (await row()).attachments!.length]).toEqual([1, 1]);
});

test('what cannot be changed any more leaves no new file behind', async () => {
  const at = (await plan([letter])).location!;
  await FollowUp.updateOne({}, { $set: { state: 'sending' } });
  expectMistakes(await edit(at, [figures]), {
    body: 'It cannot be changed any more: it has been sent, is being sent, or was cancelled.',
    attachments: 'Choose your files once more: a form that was not saved cannot keep them.',
  });
  expect(await storedFiles()).toBe(1);
});

test('a file that the history refers to outlives the follow-up that let it go', async () => {
  const at = (await plan([letter])).location!;
  await recordSent([{ ...(await row()), sentAt: world.clock.now() }], world.clock.now());
  await edit(at, [], { remove: String(await fileOf(letter.name)) });
  expect(await storedFiles()).toBe(1);
  const timeline = await staff.get(`/recipients/${String(recipient._id)}`);
  const { body } = await staff.download(timeline.$('.attachments a').attr('href')!);
  expect(pdf.equals(body as Buffer)).toBe(true);
});

test('of two people, one cannot keep what the other has just taken away', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [stored] = await storeAttachments([{ originalname: 'letter.pdf', buffer: pdf }]);
    const { _id, dueAt } = await aFollowUp({ attachments: [stored] as never });
    const words = { subject: 'Our letter', body: 'Please answer.', dueAt };
    const save = (remove: string[]) =>
      editFollowUp(_id, { ...words, remove }, staff.user._id, world.deps).then(
        () => 'saved',
        (error: Error) => error.message,
      );
    const removing = save([String(stored!.file)]);
    // so that over the rounds the other one falls into every part of it
    await pause(round);
    const keeping = await save([]);
    expect(await removing).toBe('saved');
    if (keeping !== 'saved') expect(keeping).toMatch(/^A colleague changed it while you were writing/);
    expect((await findFollowUp(_id)).attachments).toEqual([]);
  }
  expect(await storedFiles()).toBe(0);
});

test('what is saved without a word about attachments keeps them', async () => {
  const [stored] = await storeAttachments([{ originalname: 'letter.pdf', buffer: pdf }]);
  const { _id, dueAt } = await aFollowUp({ recipient: recipient._id, attachments: [stored] as never });
  await editFollowUp(_id, { subject: 'New', body: 'New', dueAt }, staff.user._id, world.deps);
  expect(await findFollowUp(_id)).toMatchObject({ subject: 'New', attachments: [{ name: 'letter.pdf' }] });
  expect(await storedFiles()).toBe(1);
});

test('a file that is gone from the database keeps it from leaving, and its page says so', async () => {
  const at = (await plan([letter])).location!;
  expect((await staff.get(at)).main).not.toContain('is missing');
  const href = (await staff.get(at)).$('.attachments a').attr('href')!;
  await mongoose.connection.collection('attachments.files').deleteMany({});
  expect((await staff.get(at)).main).toContain(
    'The attachment The letter.pdf is missing. Edit the follow-up and attach it again.',
  );
  expect((await staff.get(href)).status).toBe(404);
  const remove = String(await fileOf(letter.name));
  await edit(at, [letter], { remove });
  expect((await staff.get(at)).main).not.toContain('is missing');
});

test('the page on which many are approved lists what is attached, and what is missing', async () => {
  const at = (await plan([letter, figures])).location!;
  const list = `/campaigns/${String(recipient.campaign)}/approval`;
  const page = await staff.get(list);
  expect(page.main).toContain('Attached The letter.pdf 1 KB figures.txt 1 KB');
  expect(page.$('.attachments a').first().attr('href')).toMatch(new RegExp(`^${at}/attachments/`));
  await mongoose.connection.collection('attachments.files').deleteOne({ filename: 'figures.txt' });
  expect((await staff.get(list)).main).toContain('The attachment figures.txt is missing.');
});

test('an attachment is only found through its own follow-up, and only by staff', async () => {
  const at = (await plan([letter])).location!;
  const href = (await staff.get(at)).$('.attachments a').attr('href')!;
  const other = await aFollowUp();
  expect((await staff.get(href.replace(at, `/follow-ups/${String(other._id)}`))).status).toBe(404);
  expect((await staff.get(`${at}/attachments/${String(new Types.ObjectId())}`)).status).toBe(404);
  expect((await (await signInAs(world, 'partner')).get(href)).status).toBe(403);
  expect((await aVisitor(world).get(href)).location).toMatch(/^\/sign-in/);
});
