import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { replyAddress } from '../../src/mail/reply-address.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { forgetSources } from '../../src/replies/source.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, aRecipient } from '../support/factories.js';
import { anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const BASE = 'replies@example.org';
let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp({ replyTo: BASE, authServer: 'mx.example.org' });
  staff = await signInAs(world, 'staff');
  recipient = await aRecipient({ office: (await anOffice({ email: 'kim@platform.invalid' }))._id });
});

const open = (mail: IncomingMailRecord, query = '') =>
  staff.get(`/incoming-mail/${String(mail._id)}${query}`);
const file = (name: string, content: string) => ({ name, type: 'text/plain', content: Buffer.from(content) });

describe('the page of a message', () => {
  test('says what it is, then what to do, then the words, the quote folded, the files and the source', async () => {
    const mail = await anIncoming(
      {
        inReplyTo: await wasWrittenTo(recipient),
        text: 'We publish it in May.\n\nOn Mon, 23 Nov 2026, the campaign wrote:\n> Please answer.',
        attachments: [file('report.txt', 'The report.')],
      },
      world,
    );
    const { main, $ } = await open(mail);
    const parts = [
      'Re: Our letter',
      'A person wrote it.',
      'What does it amount to?',
      'We publish it in May.',
      'What it quotes',
      'Attached: 1 file',
      'Its source',
    ];
    const places = parts.map((part) => main.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect($('details.quoted').attr('open')).toBeUndefined();
    expect($('details.quoted').text()).toContain('> Please answer.');
    expect($('iframe')).toHaveLength(0);
  });

  test('loads the formatted text only when it is asked for, in a frame in which nothing runs', async () => {
    const mail = await anIncoming(
      {
        text: 'Plain.',
        html: '<p>Formatted.</p><script>alert(1)</script><img src="https://x.invalid/y.png">',
      },
      world,
    );
    const page = await open(mail);
    const link = page.$('a:contains("Show it as formatted mail")').attr('href')!;
    const asked = await staff.get(link.replace('#formatted', ''));
    const frame = asked.$('iframe');
    expect([frame.attr('sandbox'), frame.attr('src')]).toEqual([
      '',
      `/incoming-mail/${String(mail._id)}/html`,
    ]);
    const html = await staff.get(frame.attr('src')!);
    expect(html.html).toContain('Formatted.');
    expect(html.html).not.toMatch(/<script|<img|x\.invalid/);
    expect(html.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  });

  test('hands out the files, the text and the source byte for byte, as downloads', async () => {
    const attachments = [file('..\\\u202Etxt.exe', 'One.'), file('größe.txt', 'Two.')];
    const mail = await anIncoming({ text: 'Look.', attachments }, world);
    const page = await open(mail);
    const links = page.$('.attachments a').toArray();
    expect(links.map((link) => page.$(link).text())).toEqual(['txt.exe', 'größe.txt']);
    const got = await Promise.all(links.map((link) => staff.download(page.$(link).attr('href')!)));
    expect(got.map(({ body }) => String(body))).toEqual(['One.', 'Two.']);
    const names = got.map(({ headers }) => decodeURIComponent(headers['content-disposition']!));
    expect(names[0]).toBe('attachment; filename=txt.exe');
    expect(names[1]).toContain("filename*=UTF-8''größe.txt");
    for (const { headers } of got) expect(headers['content-type']).toBe('application/octet-stream');
    const source = await staff.download(page.$('a:contains("Download the source")').attr('href')!);
    expect((source.body as Buffer).length).toBe(mail.size);
    const text = await staff.download(`/incoming-mail/${String(mail._id)}/text`);
    expect([String(text.body), text.headers['content-type']]).toEqual(['Look.', 'text/plain; charset=utf-8']);
    expect((await open(mail, '/files/9.9')).status).toBe(404);
    expect((await open(mail, '/html')).status).toBe(404);
  });

  test('says that the source is not kept any more instead of leading nowhere', async () => {
    const mail = await anIncoming({ html: '<p>Hello.</p>', attachments: [file('a.txt', 'One.')] }, world);
    await forgetSources(new Date(world.clock.now().getTime() + 1));
    const { main, $ } = await open(mail);
    expect(main).toContain('The source of this message is not kept any more');
    expect(main).toContain('Its formatted text and its files went with the source.');
    expect(main).toContain('We have read it.');
    expect($('main a[download], a:contains("formatted")')).toHaveLength(0);
    for (const part of ['/source', '/html', '/files/2'])
      expect((await open(mail, part)).main).toContain('is not kept any more');
  });
});

describe('a message that may not be what it says is shown with a warning', () => {
  const warning = async (mail: IncomingMailRecord) => (await open(mail)).$('[aria-label=Warning]').text();

  test('when it came to an address of ours that we did not sign', async () => {
    const { _id } = await aFollowUp({ recipient: recipient._id, state: 'sent' });
    const to = `replies+${String(_id)}${'0'.repeat(20)}@example.org`;
    const mail = await anIncoming({ to }, world);
    expect(mail.state).toBe('waiting');
    expect(await warning(mail)).toContain('the signature in it is not right');
  });

  test('when that address is too old, and still after somebody has placed it', async () => {
    const { _id } = await aFollowUp({ recipient: recipient._id, state: 'sent' });
    const tag = { followUp: String(_id), recipient: String(recipient._id) };
    const to = replyAddress(BASE, tag, world.deps.sessionSecret);
    world.clock.pass({ days: 800 });
    staff = await signInAs(world, staff.user);
    const mail = await anIncoming({ to }, world);
    expect(await warning(mail)).toContain('too old to be relied on');
    const path = `/incoming-mail/${String(mail._id)}`;
    await staff.postForm(`${path}/placement`, { recipient: String(recipient._id) }, path);
    expect(await warning(mail)).toContain('too old to be relied on');
  });

  test.each([
    ['although it names a message of ours', true],
    ['also when nothing points anywhere', false],
  ])('when the server that took it in does not believe its sender, %s', async (_how, names) => {
    const mail = await anIncoming(
      {
        headers: { 'Authentication-Results': 'mx.example.org; dmarc=fail header.from=stranger.invalid' },
        ...(names && { inReplyTo: await wasWrittenTo(recipient) }),
      },
      world,
    );
    expect(mail.state).toBe('waiting');
    expect(await warning(mail)).toContain('its sender is not who it claims to be (DMARC)');
  });

  test('and one that is what it says is not', async () => {
    expect(await warning(await anIncoming({}, world))).toBe('');
  });
});

describe('an answer to a message that may have gone or not', () => {
  test('says that it went, and leads to where that is settled', async () => {
    const { _id, messageId } = await aFollowUp({ recipient: recipient._id, state: 'uncertain' });
    const mail = await anIncoming({ inReplyTo: messageId }, world);
    expect(mail).toMatchObject({ state: 'placed', followUp: _id });
    const { main, $ } = await open(mail);
    expect(main).toContain('So that one went. It was not certain whether “Our letter” had left');
    const link = $('a:contains("Settle that it went")').attr('href')!;
    expect(link).toBe(`/follow-ups/${String(_id)}#settle`);
    expect((await staff.get(link.replace('#settle', ''))).$('#settle').text()).toBe('Did it go?');
    await FollowUp.updateOne({ _id }, { $set: { state: 'sent' } });
    expect((await open(mail)).main).not.toContain('So that one went.');
  });
});

describe('hostile and odd messages are shown harmless:', () => {
  const raw = (lines: string[], body = 'Hello.') =>
    comesIn(['From: a@stranger.invalid', ...lines, '', body].join('\r\n'), world);

  test('one that cannot be taken apart says so and gives its source', async () => {
    const huge = `From: a@stranger.invalid\r\nX-Long: ${'x'.repeat(2_100_000)}\r\n\r\nHello.`;
    const mail = await comesIn(huge, world);
    expect(mail.kind).toBe('unreadable');
    const { main, $ } = await open(mail);
    expect(main).toContain('It could not be taken apart, so what it says is not shown.');
    expect(main).toContain('Its headers are longer than 2 MB.');
    const source = await staff.download($('a:contains("Download the source")').attr('href')!);
    expect(String(source.body)).toBe(huge);
  });

  test('one without a subject or a sender', async () => {
    const mail = await comesIn('Subject: =?utf-8?q?=E2=80=AE?=\r\nDate: x\r\n\r\n', world);
    const { $, main } = await open(mail);
    expect($('h1').text()).toBe('A message without a subject');
    expect(main).toContain('nobody named');
    expect(main).toContain('It has no words of its own.');
    expect((await staff.get('/inbox')).main).toContain('No subject');
  });

  test('line breaks and changes of direction in subject and sender', async () => {
    const mail = await raw([
      'Subject: =?utf-8?q?Hello=0D=0ABcc:_all=40example.org_=E2=80=AEevil?=',
      'From: =?utf-8?q?Kim_=E2=80=AEdetnevnI_=07?= <a@stranger.invalid>',
    ]);
    const { html, $ } = await open(mail);
    expect($('h1').text()).toBe('Hello Bcc: all@example.org evil');
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007]/);
    const placed = await staff.postForm(
      `/incoming-mail/${String(mail._id)}/placement`,
      { recipient: String(recipient._id) },
      `/incoming-mail/${String(mail._id)}`,
    );
    expect(placed.status).toBe(302);
    for (const path of ['/inbox?list=to+read', `/recipients/${String(recipient._id)}`, '/'])
      expect((await staff.get(path)).html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007]/);
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

  test('a line of a megabyte without a space, and a name of a hundred thousand characters', async () => {
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
});
