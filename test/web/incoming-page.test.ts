import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { replyAddress } from '../../src/mail/reply-address.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { forgetSources } from '../../src/replies/source.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, aRecipient } from '../support/factories.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
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
  test('says what it is, then the words, the quote folded and the files, then what to do, and the source', async () => {
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
      'We publish it in May.',
      'What it quotes',
      'Attached: 1 file',
      'What does it amount to?',
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
