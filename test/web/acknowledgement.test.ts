import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types, type Model } from 'mongoose';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
} from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

/** Tuesday noon in London: of what was sent on Tuesday, 17 November, five working days end today. */
let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const LONDON = { timeZone: 'Europe/London', country: 'GB' };
const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00Z`);
const typed = { title: 'An open letter', letter: '', asks: '', owner: '', timeZone: 'Europe/London' };

type Wanted = { name?: string; sentOn?: string | null; campaign?: RecipientRecord['campaign'] };

/** Somebody in London to whom the letter went on a day, without a word from them since. */
async function aSilentOne({ name, sentOn = '2026-11-16', campaign }: Wanted = {}) {
  const organisation = (await anOrganisation(name ? { name } : {}))._id;
  const office = (await anOffice({ organisation, ...LONDON }))._id;
  const of = campaign ?? (await aCampaign({ acknowledgementDays: 5 }))._id;
  const recipient = await aRecipient({ office, campaign: of });
  if (sentOn) await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: at(sentOn) });
  return { ...recipient, path: `/recipients/${String(recipient._id)}` };
}

const stored = async ({ _id }: Pick<RecipientRecord, '_id'>) =>
  (await Recipient.findById(_id).lean())!.acknowledgementMissingFrom ?? null;
const expectTrueCopies = async () =>
  expect(await checkRecipientCopies(app.clock.now())).toMatchObject({ differed: 0 });

describe('a campaign says within how many working days it expects an acknowledgement', () => {
  test('of itself it watches for none', async () => {
    expect(valueOf(await staff.get('/campaigns/new'), 'acknowledgementDays')).toBe('');
    const { location } = await staff.postForm('/campaigns', typed, '/campaigns/new');
    expect((await staff.get(location!)).main).toContain('Not watched: a missing one is not shown.');
    const recipients = await staff.get(`${location!}/recipients`);
    expect(recipients.$('[name=unacknowledged]')).toHaveLength(0);
  });

  test.each([
    ['5', 5, 'Expected within 5 working days of the first letter, on the recipient’s own calendar.'],
    ['1', 1, 'Expected within 1 working day of the first letter'],
    ['0', null, 'Not watched'],
    ['', null, 'Not watched'],
  ])('%p is kept as %p and said on its page', async (acknowledgementDays, kept, said) => {
    const { location } = await staff.postForm(
      '/campaigns',
      { ...typed, acknowledgementDays },
      '/campaigns/new',
    );
    expect((await Campaign.findOne().lean())!.acknowledgementDays).toBe(kept);
    expect((await staff.get(location!)).main).toContain(said);
    expect(valueOf(await staff.get(`${location!}/edit`), 'acknowledgementDays')).toBe(
      kept === null ? '' : String(kept),
    );
  });

  test.each(['61', '-1', '2.5', 'soon', '1e1'])('%p is refused', async (acknowledgementDays) => {
    const page = await staff.postForm('/campaigns', { ...typed, acknowledgementDays }, '/campaigns/new');
    expectMistakes(page, {
      acknowledgementDays: 'Acknowledgement: enter a whole number from 1 to 60, or leave it empty.',
    });
  });

  test('a change is seen at once, for those who were written to long ago as well', async () => {
    const campaign = (await aCampaign())._id;
    const silent = await aSilentOne({ campaign });
    const answered = await aSilentOne({ name: 'Other Example', campaign });
    await anEntry({ recipient: answered._id, kind: 'email', direction: 'in', receivedAs: 'reply' });
    const path = `/campaigns/${String(campaign)}`;
    const save = (acknowledgementDays: string) =>
      staff.postForm(path, { ...typed, acknowledgementDays }, `${path}/edit`);
    expect(await stored(silent)).toBeNull();
    await save('5');
    expect(await stored(silent)).toEqual(new Date('2026-11-24T00:00:00Z'));
    await save('6');
    expect(await stored(silent)).toEqual(new Date('2026-11-25T00:00:00Z'));
    expect(await stored(answered)).toBeNull();
    await expectTrueCopies();
    await save('');
    expect(await stored(silent)).toBeNull();
    await expectTrueCopies();
  });
});

test('a change reaches all who were written to, however many they are', async () => {
  const campaign = (await aCampaign())._id;
  const { _id: one, office } = await aSilentOne({ campaign });
  const recipients = Array.from({ length: 450 }, () => new Types.ObjectId());
  // each with an office, a letter and copies of its own, like the one that is there
  await copyOf(Office, office, (n) => ({ _id: recipients[n]! }));
  await copyOf(Recipient, one, (n) => ({ _id: recipients[n]!, office: recipients[n]! }));
  const letter = (await Entry.findOne({ recipient: one }).lean())!._id;
  await copyOf(Entry, letter, (n) => ({ _id: new Types.ObjectId(), recipient: recipients[n]! }));
  const path = `/campaigns/${String(campaign)}`;
  await staff.postForm(path, { ...typed, acknowledgementDays: '5' }, `${path}/edit`);
  expect(await Recipient.countDocuments({ acknowledgementMissingFrom: at('2026-11-24', '00:00') })).toBe(451);
  await expectTrueCopies();

  async function copyOf(
    model: Pick<Model<unknown>, 'collection'>,
    id: Types.ObjectId,
    own: (n: number) => object,
  ): Promise<void> {
    const record = await model.collection.findOne({ _id: id });
    await model.collection.insertMany(recipients.map((_, n) => ({ ...record, ...own(n) })));
  }
});

describe('the page of a recipient', () => {
  const mark = 'No acknowledgement';

  test('says by when one is expected and how that was found; from the day after, that it is missing', async () => {
    const { path } = await aSilentOne({ sentOn: '2026-11-17' });
    const how = 'Written to on 17 November 2026; 5 working days in London end on 24 November 2026.';
    app.clock.set('2026-11-24T23:59:59Z');
    const inTime = await staff.get(path);
    expect(inTime.main).toContain(`An acknowledgement is expected by 24 November 2026. ${how}`);
    expect(inTime.main).not.toContain(mark);
    app.clock.set('2026-11-25T00:00:00Z');
    expect((await staff.get(path)).main).toContain(`${mark} It was expected by 24 November 2026. ${how}`);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['an acknowledgement', { kind: 'email', direction: 'in', receivedAs: 'acknowledgement' }, false],
    ['a reply', { kind: 'call', direction: 'in', receivedAs: 'reply' }, false],
    ['a refusal', { kind: 'letter', direction: 'in', receivedAs: 'declined' }, false],
    ['a meeting', { kind: 'meeting', direction: 'none', receivedAs: '' }, false],
    ['an auto-reply', { kind: 'email', direction: 'in', receivedAs: 'auto-reply' }, true],
    ['a bounce', { kind: 'email', direction: 'in', receivedAs: 'bounce' }, true],
    ['another mail of ours', { kind: 'email', direction: 'out', receivedAs: '' }, true],
  ])('after %s that staff logged', async (_what, fields, missing) => {
    const recipient = await aSilentOne();
    const log = `${recipient.path}/entries`;
    await staff.postForm(log, { ...fields, date: '2026-11-20', time: '', text: 'So it was.' }, `${log}/new`);
    expect((await staff.get(recipient.path)).main.includes(mark)).toBe(missing);
    expect((await stored(recipient)) !== null).toBe(missing);
    await expectTrueCopies();
  });

  test('an acknowledgement that is taken back is missing again', async () => {
    const recipient = await aSilentOne();
    const { _id } = await anEntry({
      recipient: recipient._id,
      kind: 'email',
      direction: 'in',
      receivedAs: 'acknowledgement',
    });
    expect((await staff.get(recipient.path)).main).not.toContain(mark);
    const entry = `/entries/${String(_id)}`;
    await staff.postForm(`${entry}/taking-back`, { reason: 'Another campaign.' }, `${entry}/correction/new`);
    expect((await staff.get(recipient.path)).main).toContain(mark);
    await expectTrueCopies();
  });

  test('what is only planned, or was captured, was not sent', async () => {
    const recipient = await aSilentOne({ sentOn: null });
    const long = { recipient: recipient._id, dueAt: at('2026-11-02') };
    await aFollowUp({ ...long, state: 'captured', sentAt: at('2026-11-02') });
    await aFollowUp({ ...long, state: 'held' });
    expect((await staff.get(recipient.path)).main).not.toMatch(/acknowledgement/i);
    expect(await stored(recipient)).toBeNull();
  });

  test('counts anew when the office turns out to be elsewhere', async () => {
    const recipient = await aSilentOne({ sentOn: '2026-11-24' });
    expect(await stored(recipient)).toEqual(new Date('2026-12-02T00:00:00Z'));
    const office = `/offices/${String(recipient.office)}`;
    const moved = { title: 'Chief executive', email: '', timeZone: 'America/New_York', country: 'US' };
    await staff.postForm(office, moved, `${office}/edit`);
    // Thanksgiving is one of the five, and their day begins five hours later
    expect(await stored(recipient)).toEqual(new Date('2026-12-03T05:00:00Z'));
    expect((await staff.get(recipient.path)).main).toContain(
      '5 working days in New York end on 2 December 2026; 1 public holiday left out: 26 November 2026 (Thanksgiving Day).',
    );
    await expectTrueCopies();
  });
});

test('the list of recipients marks them, and shows only them when asked', async () => {
  const campaign = (await aCampaign({ acknowledgementDays: 5 }))._id;
  const late = await aSilentOne({ name: 'Late Example', campaign });
  await aSilentOne({ name: 'Recent Example', sentOn: '2026-11-17', campaign });
  await aSilentOne({ name: 'Unwritten Example', sentOn: null, campaign });
  const path = `/campaigns/${String(campaign)}`;
  const named = async (address: string) => {
    const { $ } = await staff.get(address);
    return $('[aria-label=Recipients] tbody tr')
      .toArray()
      .map((row) => [$(row).find('th a').text(), $(row).text().includes('No acknowledgement')]);
  };
  const all = [
    ['Late Example', true],
    ['Recent Example', false],
    ['Unwritten Example', false],
  ];
  expect(await named(`${path}/recipients`)).toEqual(all);
  expect(await named(`/?campaign=${String(campaign)}`)).toEqual(all);
  const link = (await staff.get(path)).$('a:contains("See whose is missing")').attr('href')!;
  expect(await named(link)).toEqual([['Late Example', true]]);
  expect(valueOf(await staff.get(link), 'unacknowledged')).toBe('on');
  await anEntry({ recipient: late._id, kind: 'call', direction: 'in', receivedAs: 'acknowledgement' });
  expect((await staff.get(link)).main).toContain('Nobody matches.');
});

test('a longer list of them keeps its filter from page to page', async () => {
  const campaign = (await aCampaign({ acknowledgementDays: 5 }))._id;
  const silent = await aSilentOne({ campaign });
  const { _id: _one, ...copy } = (await Recipient.findById(silent._id).lean())!;
  const others = Array.from({ length: 60 }, () => ({ ...copy, office: new Types.ObjectId() }));
  await Recipient.insertMany(others);
  const first = await staff.get(`/campaigns/${String(campaign)}/recipients?unacknowledged=on`);
  const next = first.$('a[rel=next]').attr('href')!;
  const second = await staff.get(next);
  expect(first.$('tbody tr').length + second.$('tbody tr').length).toBe(61);
  expect(valueOf(second, 'unacknowledged')).toBe('on');
});

describe('the first page', () => {
  test('lists those that are mine, the longest missing first, each until somebody has spoken', async () => {
    const me = await aUser();
    const other = (await aUser())._id;
    const owned = (await aCampaign({ acknowledgementDays: 5, owner: me._id }))._id;
    const theirs = (await aCampaign({ acknowledgementDays: 5, owner: other }))._id;
    const second = await aSilentOne({ name: 'Second Example', campaign: owned });
    const first = await aSilentOne({ name: 'First Example', sentOn: '2026-11-10', campaign: theirs });
    await Recipient.updateOne({ _id: first._id }, { $set: { owner: me._id } });
    const others = await aSilentOne({ campaign: owned });
    await Recipient.updateOne({ _id: others._id }, { $set: { owner: other } });
    await aSilentOne({ campaign: theirs });
    await aSilentOne({ sentOn: '2026-11-17', campaign: owned });
    const visitor = await signInAs(app, me);
    const { $ } = await visitor.get('/');
    const group = $('[data-group=unacknowledged]');
    expect(group.find('h2').text()).toBe('Not even acknowledged: chase them 2');
    const links = group.find('li > a:first-child').toArray();
    expect(links.map((link) => $(link).attr('href'))).toEqual([first.path, second.path]);
    expect(group.text()).toContain(
      'Chief executive · Sent, silent · acknowledgement expected by 17 November 2026, 7 days ago',
    );
    expect((await visitor.get('/today/unacknowledged')).$('.rows li')).toHaveLength(2);
  });

  test('lists somebody whose answer is late as late, and not twice', async () => {
    const campaign = await aCampaign({
      acknowledgementDays: 5,
      lateAfter: 6,
      veryLateAfter: 40,
      owner: staff.user._id,
    });
    const { path } = await aSilentOne({ campaign: campaign._id });
    const groups = async () => {
      const { $ } = await staff.get('/');
      return $('.attention')
        .toArray()
        .map((group) => $(group).attr('data-group'));
    };
    expect(await groups()).toEqual(['due-today', 'unacknowledged']);
    app.clock.pass({ days: 1 });
    expect(await groups()).toEqual(['late']);
    expect((await staff.get(path)).main).toMatch(/Late.*No acknowledgement/);
  });
});

test('partners see nothing of it', async () => {
  const recipient = await aSilentOne({ name: 'Silent Example' });
  const partner = await signInAs(app, await aUser({ role: 'partner', campaigns: [recipient.campaign] }));
  const shared = `/shared/campaigns/${String(recipient.campaign)}`;
  const page = await partner.get(shared);
  expect(page.main).toContain('Silent Example');
  expect(page.main).not.toMatch(/acknowledg/i);
});
