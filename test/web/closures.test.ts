import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { addHoliday } from '../../src/holidays/holidays.js';
import { backgroundEnded } from '../../src/in-background.js';
import { MOST_CLOSURES } from '../../src/organisations/closed.rules.js';
import { addClosure, removeClosure } from '../../src/organisations/closures.js';
import { Office } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, anOrganisation, aRecipient, NOW } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let organisation: Types.ObjectId;
let path: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  organisation = (await anOrganisation())._id;
  path = `/organisations/${String(organisation)}`;
});

const fields = { from: '2026-11-25', until: '2026-11-27', name: 'Works holiday' };
async function add(own: Record<string, string> = {}) {
  const answer = await staff.postForm(`${path}/closures`, { ...fields, ...own }, `${path}/closures/new`);
  await backgroundEnded();
  return answer;
}

async function remove() {
  const form = (await staff.get(path)).$('form[action$="/removal"]').first();
  const answer = await staff.postForm(form.attr('action')!, {}, path);
  await backgroundEnded();
  return answer;
}
const closures = async () => (await Organisation.findById(organisation).lean())!.closures;

test('a closure is on the page of its organisation, in the order of days, until it is removed', async () => {
  expect((await staff.get(path)).main).toContain('Add a closure Days on which nobody works here');
  await add();
  const { location } = await add({ from: '2026-10-01', until: '2026-10-01', name: 'Founding day' });
  expect(location).toBe(path);
  const page = await staff.get(path);
  expect(page.main).toContain('Founding day is written down. Deadlines do not count these days');
  const listed = page.$('h2:contains("Closures")').parent().next('ul');
  expect(listed.text().replaceAll(/\s+/g, ' ')).toMatch(
    /Founding day on 1 October 2026 Remove.* Works holiday from 25 November 2026 until 27 November 2026 Remove/,
  );
  expect(await closures()).toMatchObject([{ ...fields, addedBy: staff.user._id, addedAt: NOW }, {}]);
  const answer = await remove();
  expect([answer.status, answer.location]).toEqual([302, path]);
  expect((await closures()).map(({ name }) => name)).toEqual(['Works holiday']);
});

test('every office of the organisation is closed on these days, and no other', async () => {
  const country = 'GB-SCT';
  const [one, two] = [
    await anOffice({ organisation, country }),
    await anOffice({ organisation, title: 'President' }),
  ];
  const other = await anOffice({ country });
  await add();
  await addHoliday({ country: 'GB', day: '2026-06-15', name: 'Celebration' }, staff.user._id, app.deps);
  await backgroundEnded();
  const closed = async ({ _id }: { _id: Types.ObjectId }) => (await Office.findById(_id).lean())!.closed;
  const celebration = { from: '2026-06-15', until: '2026-06-15', name: 'Celebration' };
  expect(await Promise.all([one, two, other].map(closed))).toEqual([
    [celebration, fields],
    [fields],
    [celebration],
  ]);
  await remove();
  expect(await Promise.all([one, two].map(closed))).toEqual([[celebration], []]);
});

test('what is expected of recipients there is counted anew, and said in words', async () => {
  const campaign = (await aCampaign({ acknowledgementDays: 3 }))._id;
  const office = await anOffice({ organisation, country: 'US', timeZone: 'America/New_York' });
  const { _id } = await aRecipient({ campaign, office: office._id });
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: NOW });
  const expected = async () =>
    (await Recipient.findById(_id).lean())!.acknowledgementMissingFrom!.toISOString();
  expect(await expected()).toBe('2026-12-01T05:00:00.000Z');
  await add({ until: '2026-12-01' });
  expect(await expected()).toBe('2026-12-05T05:00:00.000Z');
  // Thanksgiving, a public holiday, lies within the closure
  expect((await staff.get(`/recipients/${String(_id)}`)).main).toContain(
    '3 working days in New York end on 4 December 2026; 5 days left out: 25 November 2026 (Works holiday), 26 November 2026 (Thanksgiving Day) and from 27 November 2026 until 1 December 2026 (Works holiday).',
  );
  await remove();
  expect(await expected()).toBe('2026-12-01T05:00:00.000Z');
});

describe('is refused, and nothing stored,', () => {
  const NO_DAY = 'Enter a date such as 2026-11-30.';
  test.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'when nothing is filled in',
      { from: '', until: '', name: '' },
      {
        from: 'Enter the first day.',
        until: 'Enter the last day.',
        name: 'Say why they are closed, for example Works holiday.',
      },
    ],
    [
      'when it ends before it begins',
      { until: '2026-11-24' },
      { until: 'The last day cannot be before the first.' },
    ],
    ['with what is no day', { from: 'soon', until: '2026-13-01' }, { from: NO_DAY, until: NO_DAY }],
    ['with a day that does not exist', { from: '2027-02-29', until: '2027-03-01' }, { from: NO_DAY }],
    [
      'when it lasts 400 days',
      { from: '2026-01-01', until: '2027-02-04' },
      {
        until:
          'A closure lasts 366 days at most. Check the year, or say on the recipient’s page that writing to them is paused.',
      },
    ],
    [
      'with a reason that is far too long',
      { name: 'x'.repeat(101) },
      { name: 'Please keep this to 100 characters.' },
    ],
  ])('%s', async (_what, own, mistakes) => {
    expectMistakes(await add(own), mistakes, { from: own['from'] ?? fields.from });
    expect(await closures()).toEqual([]);
  });

  test('when the same days are there already', async () => {
    await add();
    expectMistakes(await add({ name: 'Again' }), {
      from: 'These days are written down already. Remove that closure first if it is wrong.',
    });
    expect(await closures()).toHaveLength(1);
    // other days that overlap are another closure
    expect((await add({ from: '2026-11-26' })).status).toBe(302);
  });

  test('when there are as many as are kept', async () => {
    const one = { ...fields, addedBy: staff.user._id, addedAt: NOW };
    const many = Array.from({ length: MOST_CLOSURES - 1 }, (_, i) => ({
      ...one,
      from: `2025-01-01`,
      name: `${i}`,
    }));
    await Organisation.updateOne({ _id: organisation }, { $set: { closures: many } });
    expect((await add()).status).toBe(302);
    expectMistakes(await add({ from: '2026-11-24' }), {
      from: `There are ${MOST_CLOSURES} closures already. Remove some that are long over first.`,
    });
    expect(await closures()).toHaveLength(MOST_CLOSURES);
  });

  test('as a list, an operator, or a name of the language itself', async () => {
    const token = await staff.tokenFrom(`${path}/closures/new`);
    const sent = [
      'from[$gt]=&until[$ne]=x&name[$regex]=.',
      'from=2026-11-25&from=2026-11-26&until=2026-11-27&name=x',
      '__proto__[from]=2026-11-25&constructor=x&until=2026-11-27&name=x',
    ];
    for (const body of sent)
      expect((await staff.postRaw(`${path}/closures`, `${body}&_csrf=${token}`)).status).toBe(422);
    expect(await closures()).toEqual([]);
  });
});

test('the longest closure is a leap year', async () => {
  expect((await add({ from: '2028-01-01', until: '2028-12-31' })).status).toBe(302);
});

test('a closure is removed at its own organisation, once', async () => {
  await add();
  const [closure] = await closures();
  const elsewhere = `/organisations/${String((await anOrganisation())._id)}/closures/${String(closure!._id)}/removal`;
  expect((await staff.postForm(elsewhere, {}, path)).status).toBe(404);
  const own = `${path}/closures/${String(closure!._id)}/removal`;
  expect((await staff.postForm(own, {}, path)).status).toBe(302);
  const again = await staff.postForm(own, {}, path);
  expect([again.status, again.main]).toEqual([404, expect.stringContaining('There is no such closure.')]);
});

test('an organisation of earlier versions has none, and gets one', async () => {
  await Organisation.collection.updateOne({ _id: organisation }, { $unset: { closures: 1 } });
  expect((await staff.get(path)).main).toContain('Add a closure Days on which nobody works here');
  expect((await add()).status).toBe(302);
  expect(await closures()).toHaveLength(1);
});

test('an organisation that is edited keeps its closures', async () => {
  await add();
  await staff.postForm(path, { name: 'Another name', kind: 'charity' }, `${path}/edit`);
  expect(await closures()).toHaveLength(1);
});

test('of many who change closures and holidays at once, none is lost in the offices', async () => {
  const office = await anOffice({ organisation, country: 'GB' });
  const by = staff.user._id;
  await addClosure(organisation, fields, by, app.deps);
  const [first] = await closures();
  const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'];
  await Promise.all([
    removeClosure(organisation, first!._id, app.deps),
    ...days.map((day) => addClosure(organisation, { from: day, until: day, name: 'Closed' }, by, app.deps)),
    ...days.map((day) => addHoliday({ country: 'GB', day, name: 'Holiday' }, by, app.deps)),
  ]);
  await backgroundEnded();
  const { closed } = (await Office.findById(office._id).lean())!;
  expect(closed.map(({ from, name }) => `${from} ${name}`)).toEqual(
    days.flatMap((day) => [`${day} Closed`, `${day} Holiday`]),
  );
  expect(await Holiday.countDocuments()).toBe(4);
});

test('partners see nothing of it', async () => {
  await add();
  const [closure] = await closures();
  const partner = await signInAs(app, 'partner');
  expect((await partner.get(`${path}/closures/new`)).status).toBe(403);
  for (const action of ['closures', `closures/${String(closure!._id)}/removal`])
    expect((await partner.postForm(`${path}/${action}`, fields, '/account')).status).toBe(403);
  expect(await closures()).toHaveLength(1);
});
