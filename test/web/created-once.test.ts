import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose, { type Types } from 'mongoose';
import { Track } from '../../src/legislation/track.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { createTemplate } from '../../src/follow-ups/templates.js';
import { createTestApp } from '../support/app.js';
import { startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, anOrganisation, aRecipient, NOW } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import { aTrack } from '../support/triggers.js';
import { openTriggers } from '../support/trigger-pages.js';
import { signInAs, type Fields, type Page, type SignedIn, type TestFile } from '../support/visitor.js';

useDatabase();

let api: BillsApi;
let world: ReturnType<typeof createTestApp>;
let staff: SignedIn;
beforeEach(async () => {
  api = await startBillsApi([fictionalBill({ from: '2026-11-10' })]);
  world = createTestApp({ billsApi: api.url });
  staff = await signInAs(world, 'admin');
});
afterEach(() => api.close());

/** A form that creates something: where it is and is sent to, what is typed, and how many of it there are then. */
type Form = {
  action: string;
  page?: string;
  fields: Fields;
  files?: TestFile[];
  stored: () => Promise<number>;
};

const inCollection =
  (name: string, filter = {}) =>
  () =>
    mongoose.connection.collection(name).countDocuments(filter);
const addressOf = (what: string, { _id }: { _id: Types.ObjectId }) => `/${what}/${String(_id)}`;

const decision = async (what: string, fields: Fields): Promise<Form> => ({
  action: `${addressOf('recipients', await aRecipient())}/${what}`,
  fields,
  stored: inCollection('entries'),
});

const forms: Record<string, () => Promise<Form>> = {
  'a promised day': () => decision('promises', { on: '2026-11-23', until: '2026-12-01', reason: '' }),
  'a pause of the clock': () =>
    decision('clock-pauses', { on: '2026-11-23', until: '', reason: 'They moved.' }),
  'the closing of a matter': () => decision('closings', { reason: 'They did what was asked.' }),
  'a stance': async () => {
    const campaign = await aCampaign({ asks: [{ title: 'Answer', text: 'In writing.' }] as never });
    const recipient = await aRecipient({ campaign: campaign._id });
    const action = `${addressOf('recipients', recipient)}/commitments/${String(campaign.asks[0]!._id)}`;
    const said = {
      stance: 'committed',
      on: '2026-11-12',
      quote: 'We will.',
      source: 'https://example.org/',
      note: '',
    };
    return { action, page: action, fields: { ...said, entry: '' }, stored: inCollection('commitments') };
  },
  'somebody not to be written to': async () => ({
    action: '/suppressions',
    fields: {
      kind: 'address',
      value: 'kim@example.org',
      organisation: '',
      reason: 'They asked us to stop.',
      source: 'Their office',
      from: '2026-11-24',
      until: '',
    },
    stored: inCollection('suppressions'),
  }),
  'a campaign': async () => ({
    action: '/campaigns',
    fields: {
      title: 'An open letter',
      letter: 'Dear all',
      asks: 'Answer',
      owner: '',
      timeZone: 'Europe/Berlin',
      lateAfter: '20',
      veryLateAfter: '40',
    },
    stored: inCollection('campaigns'),
  }),
  'a template': async () => ({
    action: `${addressOf('campaigns', await aCampaign())}/templates`,
    fields: { name: 'First', subject: 'Our letter', body: 'Please answer.' },
    stored: inCollection('templates'),
  }),
  'a cadence': async () => {
    const campaign = await aCampaign();
    const text = { name: 'First', subject: 'Our letter', body: 'Please answer.', version: 0 };
    const template = await createTemplate(campaign._id, text, { by: staff.user._id, now: NOW });
    return {
      action: `${addressOf('campaigns', campaign)}/cadences`,
      fields: { name: 'Reminders', template1: String(template), gap1: '5' },
      stored: inCollection('cadences'),
    };
  },
  'a trigger': async () => {
    const { home, plan } = await openTriggers(world);
    return {
      action: home,
      page: `${home}/new?effect=plan%20cadence`,
      fields: plan,
      stored: inCollection('triggers'),
    };
  },
  'a law': async () => ({
    action: '/legislation/tracks',
    fields: { title: 'Example Act', jurisdiction: 'Ruritania', procedure: 'free' },
    stored: inCollection('tracks'),
  }),
  'a bill that is followed': async () => ({
    action: '/legislation/bills',
    fields: { number: '9001' },
    stored: inCollection('tracks'),
  }),
  'a milestone': async () => ({
    action: `${addressOf('tracks', await aTrack())}/milestones`,
    fields: {
      title: 'The vote',
      stage: 'final vote',
      expectedOn: '2026-12-01',
      happenedOn: '',
      sourceLink: '',
      note: '',
    },
    files: [{ name: 'evidence.txt', content: 'What they said.' }],
    stored: async () => (await Track.findOne().lean())!.milestones.length - 1,
  }),
  'an office': async () => ({
    action: `${addressOf('organisations', await anOrganisation())}/offices`,
    fields: { title: 'Chief executive', email: 'chief@example.org', timeZone: 'America/Los_Angeles' },
    stored: inCollection('offices'),
  }),
  'a person': async () => ({
    action: `${addressOf('organisations', await anOrganisation())}/people`,
    fields: { name: 'Alex Imaginary', email: 'press@example.org' },
    stored: async () => (await Organisation.findOne().lean())!.people.length,
  }),
};

/** What there cannot be two of anyway: a second sending is told so. */
const singleByNature: Record<string, () => Promise<Form>> = {
  'an organisation': async () => ({
    action: '/organisations',
    fields: { name: 'Example Platform', kind: 'company', website: '', notes: '' },
    stored: inCollection('organisations'),
  }),
  'a recipient': async () => ({
    action: `${addressOf('campaigns', await aCampaign())}/recipients`,
    fields: { office: String((await anOffice())._id) },
    stored: inCollection('recipients'),
  }),
  'a holder': async () => ({
    action: `${addressOf('offices', await anOffice())}/holders`,
    fields: { name: 'Sam Follower', salutation: 'Dear Sam Follower', from: '2026-11-24', until: '' },
    stored: async () => (await mongoose.connection.collection('offices').findOne())!['holders'].length - 1,
  }),
  'a closure': async () => ({
    action: `${addressOf('organisations', await anOrganisation())}/closures`,
    fields: { from: '2026-11-25', until: '2026-11-27', name: 'Works holiday' },
    stored: async () => (await Organisation.findOne().lean())!.closures.length,
  }),
  'a holiday': async () => ({
    action: '/holidays',
    page: '/holidays',
    fields: { country: 'GB-SCT', day: '2026-11-26', name: 'A day of celebration' },
    stored: inCollection('holidays'),
  }),
  'an account': async () => ({
    action: '/users',
    fields: { name: 'Nour Example', email: 'nour@example.org', role: 'partner', timeZone: 'Europe/Paris' },
    stored: inCollection('users', { email: 'nour@example.org' }),
  }),
};

const ways: Record<string, (send: () => Promise<Page>) => Promise<Page[]>> = {
  'one after the other': async (send) => [await send(), await send()],
  'at once': (send) => Promise.all([send(), send()]),
};

describe.each(Object.entries(ways))('sent twice, %s,', (_how, twice) => {
  async function sendTwice(make: () => Promise<Form>) {
    const { action, page = `${action}/new`, fields, files, stored } = await make();
    const sent = { ...(await staff.hiddenOf(page, action)), ...fields };
    const pages = await twice(() =>
      files ? staff.upload(action, sent, files, page) : staff.postForm(action, sent, page),
    );
    return { pages, stored: await stored(), files: (files ?? []).length };
  }

  test.each(Object.entries(forms))('the form of %s creates it once, and leads to it', async (_what, make) => {
    const { pages, stored, files } = await sendTwice(make);
    expect({ stored, status: pages.map(({ status }) => status) }).toEqual({ stored: 1, status: [302, 302] });
    expect(pages[1]!.location).toBe(pages[0]!.location);
    expect(await inCollection('attachments.files')()).toBe(files);
  });

  test.each(Object.entries(singleByNature))('the form of %s creates it once', async (_what, make) => {
    const { pages, stored } = await sendTwice(make);
    const [first, second] = pages.map(({ status }) => status).toSorted((a, b) => a - b);
    expect({ stored, first, wasTold: [409, 422].includes(second!) }).toEqual({
      stored: 1,
      first: 302,
      wasTold: true,
    });
  });
});
