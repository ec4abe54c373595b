import { beforeEach, describe, expect, test } from '@jest/globals';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { onlyTrigger, openTriggers, type TriggerPages } from '../support/trigger-pages.js';
import { aTrack } from '../support/triggers.js';
import type { SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let pages: TriggerPages;
let staff: SignedIn;
let home: string;
beforeEach(async () => {
  world = createTestApp();
  pages = await openTriggers(world);
  ({ staff, home } = pages);
});

describe('the way to a trigger', () => {
  test('leads from the campaign and from the milestone, by what it is to do, to a form', async () => {
    const milestone = `/tracks/${String(pages.track._id)}/milestones/${pages.timing.milestone}/triggers`;
    expect((await staff.get(`/campaigns/${String(pages.campaign._id)}`)).$(`a[href="${home}"]`)).toHaveLength(
      1,
    );
    expect((await staff.get(`/tracks/${String(pages.track._id)}`)).$(`a[href="${milestone}"]`)).toHaveLength(
      1,
    );
    expect((await staff.get(home)).main).toContain('A trigger says what a milestone of a law sets in motion');
    const choose = (await staff.get(milestone)).$(`a[href^="${home}/new"]`).attr('href')!;
    const effects = (await staff.get(choose)).$('main a[href*="effect="]').toArray();
    expect(effects).toHaveLength(3);
    const form = await staff.get(effects[0]!.attribs['href']!);
    expect(valueOf(form, 'milestone')).toBe(pages.timing.milestone);
    expect(form.$('[name=milestone] optgroup').attr('label')).toBe('A fictional safety bill');
  });

  test('says what is missing before there can be one', async () => {
    const bare = await aCampaign({ asks: [] as never });
    const { main } = await staff.get(`/campaigns/${String(bare._id)}/triggers/new?effect=plan+cadence`);
    expect(main).toContain('This campaign has no cadence yet.');
    expect(main).toContain('This campaign has no asks yet');
  });
});

describe('the form', () => {
  test('keeps what was typed and says what is wrong, each effect for itself', async () => {
    const wrong = { ...pages.plan, days: 'ten', milestone: '', cadence: '', ask: '', below: '' };
    expectMistakes(
      await pages.send(wrong),
      {
        milestone: 'Choose a milestone from the list.',
        days: 'Enter how many working days, from 0 to 120.',
        cadence: 'Choose a cadence from the list.',
        ask: 'Choose an ask from the list.',
        below: 'Choose a stance from the list.',
      },
      { days: 'ten' },
    );
    expectMistakes(await pages.send({ effect: 'remind staff', ...pages.timing, text: '' }), {
      staff: 'Tick at least one person.',
      text: 'Write what they are to be told.',
    });
    expectMistakes(
      await pages.send({ effect: 'show notice', ...pages.timing, text: 'Read this.', until: '2026-11-23' }),
      { until: 'Enter a date that is not over, such as 2026-11-30, or leave it empty.' },
      { text: 'Read this.' },
    );
    expect(await Trigger.countDocuments()).toBe(0);
  });

  test('knows no date before something has happened', async () => {
    expectMistakes(await pages.send({ ...pages.plan, basis: 'happened' }), {
      basis: 'Before something has happened only the expected date is known. Choose that, or after.',
    });
  });

  test('takes nothing from another pages.campaign, and nobody who is not staff', async () => {
    const other = await aCampaign();
    const theirs = await aCadence(other._id, [1], staff.user._id, NOW);
    const partner = await aUser({ role: 'partner', campaigns: [pages.campaign._id] });
    expectMistakes(await pages.send({ ...pages.plan, cadence: String(theirs) }), {
      cadence: 'This cadence is not in the campaign. Choose from the list.',
    });
    expectMistakes(await pages.send({ ...pages.plan, ask: String(other.asks[0]!._id) }), {
      ask: 'This ask is not in the campaign. Choose from the list.',
    });
    expectMistakes(await pages.send({ ...pages.plan, milestone: String(pages.campaign._id) }), {
      milestone: 'This milestone is not there any more. Choose from the list.',
    });
    expectMistakes(
      await pages.send({
        effect: 'remind staff',
        ...pages.timing,
        text: 'Call.',
        staff: String(partner._id),
      }),
      {
        staff: 'One of them has no account in use any more. Choose from the list.',
      },
    );
    expect(await Trigger.countDocuments()).toBe(0);
  });

  test('saves a trigger that does nothing yet', async () => {
    const at = await pages.saved();
    expect(await onlyTrigger()).toMatchObject({
      track: pages.track._id,
      days: 10,
      below: 'committed',
      author: staff.user._id,
      approval: null,
    });
    const { main } = await staff.get(at);
    expect(main).toContain('10 working days before “Report stage” is expected');
    expect(main).toContain(
      'Plan the cadence “Reminders” for recipients whose stance on “Answer the letter” is below Committed.',
    );
    expect(main).toContain('It waits for approval and does nothing until then.');
    expect(main).toContain('30 November 2026');
    expect((await staff.get(home)).main).toContain('It waits for approval');
  });

  test('of one that is there keeps its milestone and its effect', async () => {
    const at = await pages.saved();
    const form = await staff.get(`${at}/edit`);
    expect(['days', 'side', 'cadence', 'below'].map((name) => valueOf(form, name))).toEqual([
      '10',
      'before',
      String(pages.cadence),
      'committed',
    ]);
    const other = await aTrack({ title: 'Another stage' });
    const changed = {
      ...pages.plan,
      effect: 'show notice',
      milestone: String(other.milestones[0]!._id),
      days: '5',
    };
    expect((await staff.postForm(at, changed, `${at}/edit`)).location).toBe(at);
    expect(await onlyTrigger()).toMatchObject({
      effect: 'plan cadence',
      milestone: pages.track.milestones[0]!._id,
      days: 5,
    });
    expectMistakes(await staff.postForm(at, { ...pages.plan, days: '' }, `${at}/edit`), {
      days: 'Enter how many working days, from 0 to 120.',
    });
  });
});
