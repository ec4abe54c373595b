import { beforeEach, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { stanceLetters, stanceNames, stances } from '../../src/commitments/commitment.rules.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { readCsv } from '../support/csv.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  checked,
} from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let staff: SignedIn;
let campaign: CampaignRecord;
let path: string;

beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
  campaign = await aCampaign({
    title: 'A letter about safety',
    asks: [{ title: 'Answer', text: 'In writing.' }, { title: 'Publish' }] as never,
  });
  path = `/campaigns/${String(campaign._id)}/commitments`;
});

async function named(name: string) {
  const organisation = await anOrganisation({ name });
  const office = await anOffice({ organisation: organisation._id });
  return aRecipient({ campaign: campaign._id, office: office._id });
}

async function take(ending: string): Promise<{ text: string; headers: Record<string, string> }> {
  const { body, headers, status } = await staff.download(`${path}.${ending}`);
  expect(status).toBe(200);
  return { text: (body as Buffer).toString('utf8'), headers };
}

/** Alpha said something to both asks, Beta nothing. */
async function aMatrix() {
  const [alpha, beta] = [await named('Alpha'), await named('Beta')];
  const confirmer = await signInAs(createTestApp(), 'staff');
  const { _id: entry } = await anEntry({ recipient: alpha._id });
  const first = await aCommitment({
    recipient: alpha._id,
    stance: 'partial',
    on: '2026-10-02',
    quote: 'A “part”,\nand "more", later.',
    setBy: staff.user._id,
    ...checked(),
    confirmedBy: confirmer.user._id,
  });
  const second = {
    ask: campaign.asks[1]!._id,
    stance: 'non-committal',
    source: '',
    note: 'Not for others.',
  } as const;
  await aCommitment({ recipient: alpha._id, ...second, entry, setBy: staff.user._id });
  return { alpha, beta, first, entry, confirmer };
}

test('as CSV the whole matrix has a line for each recipient and five columns for each ask', async () => {
  await aMatrix();
  const { text, headers } = await take('csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toBe(
    'attachment; filename=commitments-a-letter-about-safety-2026-11-24.csv',
  );
  expect(text.startsWith('\uFEFF')).toBe(true);
  const of = (ask: string) =>
    ['', ': said on', ': checked', ': their words', ': source'].map((what) => ask + what);
  const nothing = ['None', '', '', '', ''];
  expect(readCsv(text)).toEqual([
    ['Organisation', 'Office', 'Held by', ...of('Answer'), ...of('Publish')],
    [
      'Alpha',
      'Chief executive',
      'Kim Invented',
      'Partial',
      '2026-10-02',
      'yes',
      'A “part”,\nand "more", later.',
      'https://example.org/statement',
      'Non-committal',
      '2026-11-20',
      'no',
      '',
      'an entry in their history',
    ],
    ['Beta', 'Chief executive', 'Kim Invented', ...nothing, ...nothing],
  ]);
});

test.each(['=', '+', '-', '@', '\t', '\r'])('no cell of the CSV begins like a formula: %j', async (sign) => {
  const formula = `${sign}HYPERLINK("http://evil.example")`;
  await Campaign.updateOne({ _id: campaign._id }, { $set: { 'asks.0.title': formula } });
  const { _id } = await named(formula);
  await aCommitment({ recipient: _id, quote: formula });
  const { text } = await take('csv');
  const cells = readCsv(text).flat();
  expect(cells.filter((cell) => cell.includes('HYPERLINK')).length).toBeGreaterThan(5);
  expect(cells.filter((cell) => cell.startsWith(sign))).toEqual([]);
});

test.each([';', '\t'])('what a spreadsheet may take for the end of a cell ends none: %j', async (sign) => {
  const { _id } = await named('Alpha');
  await aCommitment({ recipient: _id, quote: `Yes${sign}=A1+B1` });
  const { text } = await take('csv');
  const options = { bom: true, delimiter: [',', ';', '\t'] };
  expect(parse(text, options)).toEqual(readCsv(text));
});

test.each(['\n', '\r'])('words over several lines stay in their cell: %j', async (end) => {
  const { _id } = await named('Alpha');
  await aCommitment({ recipient: _id, quote: `One${end}Two` });
  const { text } = await take('csv');
  expect(readCsv(text)[1]![6]).toBe(`One${end}Two`);
});

test('as JSON it has the shape that is documented, with who set and who checked each', async () => {
  const { alpha, beta, first, entry, confirmer } = await aMatrix();
  const { text, headers } = await take('json');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(text).not.toContain('Not for others.');
  const read = JSON.parse(text);
  const [answer, publish] = campaign.asks.map(({ _id }) => String(_id));
  expect(read).toMatchObject({
    format: 'answerable-commitments-1',
    on: '2026-11-24',
    campaign: { id: String(campaign._id), title: 'A letter about safety' },
    asks: [
      { id: answer, title: 'Answer', text: 'In writing.' },
      { id: publish, title: 'Publish', text: '' },
    ],
  });
  expect(read.stances.map(({ id }: { id: string }) => id)).toEqual(stances);
  expect(read.stances.find(({ id }: { id: string }) => id === 'non-committal').isProgress).toBe(false);
  expect(read.recipients).toEqual([
    {
      id: String(alpha._id),
      organisation: 'Alpha',
      office: 'Chief executive',
      holder: 'Kim Invented',
      commitments: [
        {
          ask: answer,
          stance: 'partial',
          on: '2026-10-02',
          quote: first.quote,
          source: 'https://example.org/statement',
          entry: null,
          setBy: staff.user.name,
          setAt: '2026-11-24T12:00:00.000Z',
          isChecked: true,
          checkedBy: confirmer.user.name,
          checkedAt: '2026-11-24T12:00:00.000Z',
        },
        {
          ask: publish,
          stance: 'non-committal',
          on: '2026-11-20',
          quote: null,
          source: null,
          entry: String(entry),
          setBy: staff.user.name,
          setAt: '2026-11-24T12:00:00.000Z',
          isChecked: false,
          checkedBy: null,
          checkedAt: null,
        },
      ],
    },
    {
      id: String(beta._id),
      organisation: 'Beta',
      office: 'Chief executive',
      holder: 'Kim Invented',
      commitments: [],
    },
  ]);
});

test('as a picture it has a title, says every cell in words, and needs no colour, script or font', async () => {
  await aMatrix();
  const { text, headers } = await take('svg');
  expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
  const $ = load(text, { xml: true });
  expect($('svg > title').text()).toBe('Commitments: A letter about safety');
  expect($('svg > desc').text()).toContain('What 2 recipients said to 2 asks, as known on 24 November 2026.');
  expect($('script, style, image, foreignObject, use, a')).toHaveLength(0);
  expect(text).not.toMatch(/href|url\(|on\w+=/);
  const words = $('g > title')
    .toArray()
    .map((title) => $(title).text());
  expect(words).toContain(
    'Alpha, Chief executive, Publish: Non-committal, said on 20 November 2026, not yet checked',
  );
  expect(words).toContain('Beta, Chief executive, Answer: None');
  const shown = $('text')
    .toArray()
    .map((one) => $(one).text());
  for (const stance of stances) {
    expect(shown).toContain(stanceLetters[stance]);
    expect(shown.some((one) => one.startsWith(`${stanceNames[stance]}: `))).toBe(true);
  }
});

test('whatever names and asks hold, the picture is well-formed and shows it as words', async () => {
  const hostile = '</text><script>alert(1)</script>&\u0000\u0008\uFFFE\uD800 \u202Eabc "\'';
  await Campaign.updateOne(
    { _id: campaign._id },
    { $set: { 'asks.0.title': hostile.replace('\u0000', ''), title: ']]><!--' } },
  );
  await named(`${hostile.replaceAll('\u0000', '')} ${'Long'.repeat(80)}`);
  const { text } = await take('svg');
  // what XML 1.0 allows, and nothing that turns the direction of what stands beside it
  expect(text).toMatch(/^[\t\n\r\u0020-\u202D\u202F-\uD7FF\uE000-\uFFFD]*$/);
  const $ = load(text, { xml: true });
  expect($('script')).toHaveLength(0);
  expect($('svg > title').text()).toBe('Commitments: ]]><!--');
  expect(
    $('text')
      .toArray()
      .some((one) => $(one).text().startsWith('</text><script>')),
  ).toBe(true);
});

test('an empty campaign is taken away as well', async () => {
  expect(readCsv((await take('csv')).text)).toHaveLength(1);
  expect(JSON.parse((await take('json')).text).recipients).toEqual([]);
  expect(load((await take('svg')).text, { xml: true })('desc').text()).toContain('0 recipients');
  await Campaign.updateOne({ _id: campaign._id }, { $set: { asks: [] } });
  await named('Alpha');
  expect(readCsv((await take('csv')).text)).toEqual([
    ['Organisation', 'Office', 'Held by'],
    ['Alpha', 'Chief executive', 'Kim Invented'],
  ]);
  await take('svg');
});

test('more recipients than are read at once all come, each once, in the order of their names', async () => {
  const { _id: _, ...copy } = await named('Example 000');
  const name = (n: number) => `Example ${String(n).padStart(3, '0')}`;
  const copies = Array.from({ length: 449 }, (_none, n) => ({
    ...copy,
    office: new Types.ObjectId(),
    organisationName: name(n + 1),
    listedAs: name(n + 1).toLowerCase(),
  }));
  await Recipient.insertMany(copies);
  const all = Array.from({ length: 450 }, (_none, n) => name(n));
  expect(
    readCsv((await take('csv')).text)
      .slice(1)
      .map(([organisation]) => organisation),
  ).toEqual(all);
  const { recipients } = JSON.parse((await take('json')).text) as { recipients: { organisation: string }[] };
  expect(recipients.map(({ organisation }) => organisation)).toEqual(all);
  expect(await Commitment.countDocuments()).toBe(0);
});
