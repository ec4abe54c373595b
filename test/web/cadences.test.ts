import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Cadence, type CadenceRecord } from '../../src/cadences/cadence.model.js';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { createTemplate } from '../../src/follow-ups/templates.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence, untilStarted } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aRecipient, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let at: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  campaign = await aCampaign();
  at = `/campaigns/${String(campaign._id)}/cadences`;
});

const aTemplate = async (name: string, of: Types.ObjectId = campaign._id): Promise<string> =>
  String(
    await createTemplate(
      of,
      { name, subject: 'Our letter', body: '{{ salutation }},\n\nplease answer.', version: 0 },
      { by: staff.user._id, now: NOW },
    ),
  );
const save = (fields: Record<string, string | string[]>, path = at, from = `${at}/new`): Promise<Page> =>
  staff.postForm(path, fields, from);
const saved = async (): Promise<CadenceRecord> => (await Cadence.findOne().lean<CadenceRecord>())!;
const plan = ({ steps }: CadenceRecord) => steps.map(({ template, gap }) => [String(template), gap]);

describe('writing a cadence', () => {
  test('begins with a template where there is none, and is found from the campaign', async () => {
    const empty = await staff.get(at);
    expect(empty.main).toContain('It stops by itself when they answer.');
    const form = await staff.get(`${at}/new`);
    expect(form.main).toContain('this campaign has none yet');
    expect(form.$('main form')).toHaveLength(0);
    expect((await staff.get(`/campaigns/${String(campaign._id)}`)).$(`main a[href="${at}"]`)).toHaveLength(1);
  });

  test('keeps the steps in their order; what is filled in at a step without a template is left out', async () => {
    const [one, two] = [await aTemplate('First'), await aTemplate('Second')];
    const answer = await save({
      name: '  Two reminders ',
      template1: one,
      gap1: '5',
      template2: '',
      gap2: '7',
      template4: two,
      gap4: '10',
    });
    const cadence = await saved();
    expect(cadence).toMatchObject({ name: 'Two reminders', campaign: campaign._id, createdAt: NOW });
    expect(plan(cadence)).toEqual([
      [one, 5],
      [two, 10],
    ]);
    expect(answer.location).toBe(`/cadences/${String(cadence._id)}`);
    const page = await staff.get(answer.location!);
    expect(page.main).toContain('It writes to nobody until you start it for somebody.');
    expect(page.main).toContain('Step 1: First, 5 working days after the last contact');
    expect(page.main).toContain('Step 2: Second, 10 working days after step 1');
    expect(page.main).toContain('It has been started for nobody yet.');
    expect((await staff.get(at)).main).toContain('Two reminders 2 steps');
  });

  test('a wrong form says everything that is wrong with it at once', async () => {
    await aTemplate('First');
    expectMistakes(await save({ name: ' ', template1: '', gap1: '5' }), {
      name: 'Give the cadence a name.',
      template1: 'Choose a template for the first step.',
    });
    expect(await Cadence.countDocuments({})).toBe(0);
  });

  test.each(['', '0', '-1', '121', '1.5', 'soon', 'Infinity'])('a gap of %j is refused', async (gap) => {
    const template1 = await aTemplate('First');
    const page = await save({ name: 'Reminders', template1, gap1: gap });
    const sentence = 'Step 1: enter after how many working days, from 1 to 120.';
    expectMistakes(page, { gap1: sentence }, { name: 'Reminders', template1, gap1: gap });
  });

  test('a step far down is shown with its mistake, not folded away', async () => {
    const template9 = await aTemplate('First');
    const page = await save({ name: 'Reminders', template9, gap9: '0' });
    expectMistakes(
      page,
      { gap9: 'Step 9: enter after how many working days, from 1 to 120.' },
      { template9 },
    );
    expect(page.$('details #gap9')).toHaveLength(0);
    expect(page.$('details #gap10')).toHaveLength(1);
  });

  test('a template of another campaign, or that is none, is refused', async () => {
    await aTemplate('First');
    const foreign = await aTemplate('Foreign', (await aCampaign())._id);
    expectMistakes(await save({ name: 'Reminders', template1: foreign, gap1: '1' }), {
      template1: 'One of these templates is not in this campaign any more. Choose from the list.',
    });
    for (const template1 of ['nonsense', ['a', 'b']]) {
      expectMistakes(await save({ name: 'Reminders', template1, gap1: '1' }), {
        template1: 'Step 1: choose a template from the list.',
      });
    }
    expect(await Cadence.countDocuments({})).toBe(0);
  });

  test('has ten steps at most, whatever is sent', async () => {
    const template = await aTemplate('First');
    const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
    const steps = numbers.flatMap((n) => [
      [`template${n}`, template],
      [`gap${n}`, String(n)],
    ]);
    await save({ name: 'Reminders', ...Object.fromEntries(steps) });
    expect(plan(await saved()).map(([, gap]) => gap)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const form = await staff.get(`/cadences/${String((await saved())._id)}/edit`);
    expect(form.$('details')).toHaveLength(0);
    expect(form.$('fieldset.step')).toHaveLength(10);
  });

  test('is changed in a form that holds what it says; whoever it was started for keeps their steps', async () => {
    const recipient = await aRecipient({ campaign: campaign._id, delivery: 'sent', lastContactAt: NOW });
    const id = String(await aCadence(campaign._id, [3, 4], staff.user._id, NOW));
    const first = plan(await saved())[0]![0] as string;
    const seen = valueOf(await staff.get(`/cadences/${id}/start`), 'seen')!;
    await staff.postForm(`/cadences/${id}/starts`, { seen, everybody: 'yes' }, `/cadences/${id}/start`);
    await untilStarted();
    const before = await FollowUp.find({ recipient: recipient._id }).lean();
    expect(before).toHaveLength(2);

    const form = await staff.get(`/cadences/${id}/edit`);
    expect(form.main).toContain('Whoever it was started for keeps the steps as they are now.');
    expect(valueOf(form, 'name')).toBe('Reminders');
    expect(['template1', 'gap1', 'gap2', 'template3'].map((name) => valueOf(form, name))).toEqual([
      first,
      '3',
      '4',
      '',
    ]);
    const wrong = await save({ name: '' }, `/cadences/${id}`, `/cadences/${id}/edit`);
    expect(wrong.status).toBe(422);
    const foreign = await aTemplate('Foreign', (await aCampaign())._id);
    const refused = { name: 'Reminders', template1: foreign, gap1: '1' };
    expect((await save(refused, `/cadences/${id}`, `/cadences/${id}/edit`)).main).toContain(
      'not in this campaign any more',
    );
    const fields = { name: 'One reminder', template1: first, gap1: '8' };
    const answer = await save(fields, `/cadences/${id}`, `/cadences/${id}/edit`);
    expect(answer.location).toBe(`/cadences/${id}`);
    expect(await saved()).toMatchObject({ name: 'One reminder', steps: [{ gap: 8 }] });
    expect(await FollowUp.find({ recipient: recipient._id }).lean()).toEqual(before);
  });

  test('nothing but text reaches it', async () => {
    const template = await aTemplate('First');
    const token = await staff.tokenFrom(`${at}/new`);
    const fields = `name[$ne]=x&name=Reminders&template1=${template}&gap1=1&template2[$ne]=&gap2[$gt]=0&createdAt=x&__proto__=y&_csrf=${token}`;
    expect((await staff.postRaw(at, fields)).status).toBe(302);
    expect(await saved()).toMatchObject({ name: 'Reminders', createdAt: NOW });
    expect(plan(await saved())).toEqual([[template, 1]]);
  });
});

test('partners are refused, unknown ids are not found', async () => {
  const partner = await signInAs(app, 'partner');
  const id = String(await aCadence(campaign._id, [1], staff.user._id, NOW));
  for (const path of [at, `${at}/new`, `/cadences/${id}`, `/cadences/${id}/edit`, `/cadences/${id}/start`])
    expect((await partner.get(path)).status).toBe(403);
  const unknown = 'ffffffffffffffffffffffff';
  for (const path of [
    `/campaigns/${unknown}/cadences`,
    `/campaigns/${unknown}/cadences/new`,
    `${at}?recipient=${unknown}`,
    `/cadences/${unknown}`,
    `/cadences/${unknown}/edit`,
    `/cadences/${unknown}/start`,
    `/cadence-starts/${unknown}`,
    `/cadences/${id}/start?recipient=${unknown}`,
    `/cadences/${id}/start?recipient=${String((await aRecipient())._id)}`,
  ])
    expect([path, (await staff.get(path)).status]).toEqual([path, 404]);
  for (const path of [
    `/campaigns/${unknown}/cadences`,
    `/cadences/${unknown}`,
    `/cadences/${unknown}/starts`,
    `/recipients/${unknown}/cadence-stop`,
    `/recipients/${unknown}/cadence-renewal`,
  ])
    expect([path, (await staff.postForm(path, {}, '/account')).status]).toEqual([path, 404]);
});
