import { expect, test } from '@jest/globals';
import mongoose, { Types } from 'mongoose';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { logEntry } from '../../src/history/log-entry.js';
import { Track } from '../../src/legislation/track.model.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  checked,
  LATE,
  NOW,
} from '../support/factories.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

/** A word that must never leave the house; by it a leak says where it came from. */
const secret = (field: string) => `canary-${field}-yranac`;
const secretAddress = (field: string) => `canary-${field}-yranac@example.org`;

/** Every private field of every record that the page is about holds a canary. */
async function aCampaignFullOfSecrets() {
  const owner = await aUser({ name: secret('user-name'), email: secretAddress('user-email') });
  const campaign = await aCampaign({
    owner: owner._id,
    liveBy: owner._id,
    ...LATE,
    asks: [{ title: 'Answer the letter' }, { title: 'Publish' }] as never,
  });
  const person = Object.fromEntries(
    ['name', 'role', 'email', 'phone', 'notes'].map((field) => [field, secret(`person-${field}`)]),
  );
  const organisation = await anOrganisation({
    name: 'Example Platform',
    website: secret('organisation-website'),
    notes: secret('organisation-notes'),
    people: [person] as never,
  });
  const office = await anOffice({
    organisation: organisation._id,
    email: secretAddress('office-email'),
    postalAddress: secret('office-address'),
    phone: secret('office-phone'),
    notes: secret('office-notes'),
    holders: [
      { name: 'Kim Invented', salutation: secret('holder-salutation') },
      { name: secret('former-holder'), until: '2020-01-01' },
    ],
  });
  const recipient = await aRecipient({
    campaign: campaign._id,
    office: office._id,
    owner: owner._id,
    notes: secret('recipient-notes'),
  });
  await logSecrets(recipient, owner._id);
  await planSecrets(recipient._id, owner._id);
  await receiveSecrets(recipient);
  await saySecrets(recipient._id, campaign);
  await Track.create({
    title: 'A fictional safety bill',
    jurisdiction: 'Utopia',
    summary: secret('track-summary'),
    sourceLink: `https://${secret('track-source')}.example`,
    createdAt: NOW,
    milestones: [
      { title: 'It became law', stage: 'assent', happenedOn: '2026-11-05', note: secret('milestone-note') },
    ],
  });
  await Suppression.create({
    kind: 'organisation',
    value: secret('suppression-value'),
    key: `organisation ${String(organisation._id)}`,
    organisation: organisation._id,
    reason: secret('suppression-reason'),
    source: secret('suppression-source'),
    from: '2026-11-01',
    recordedBy: owner._id,
    recordedAt: NOW,
  });
  await growSecretFields();
  return { campaign, partner: await aUser({ role: 'partner', campaigns: [campaign._id] }) };
}

/** One message that is placed and one that may be theirs; nobody has read either. */
async function receiveSecrets(recipient: { _id: Types.ObjectId }) {
  const wanted = {
    from: `${secret('incoming-name')} <${secretAddress('incoming-address')}>`,
    subject: secret('incoming-subject'),
    text: `${secret('incoming-words')}\n\n> ${secret('incoming-quoted')}`,
    attachments: [
      { name: secret('incoming-file'), type: 'text/plain', content: Buffer.from(secret('incoming-content')) },
    ],
  };
  const world = createTestApp({ now: NOW });
  await anIncoming({ ...wanted, inReplyTo: await wasWrittenTo(recipient) }, world);
  await anIncoming({ ...wanted, from: `Kim Invented <${secretAddress('incoming-suggested')}>` }, world);
}

/** One commitment that partners may see, but for what is private in it, and some of which they may not know at all. */
async function saySecrets(recipient: Types.ObjectId, { asks }: CampaignRecord) {
  const secretly = (what: string) => ({
    recipient,
    quote: secret(`${what}-quote`),
    note: secret(`${what}-note`),
    askTitle: secret(`${what}-ask-title`),
    source: `https://example.org/${secret(`${what}-source`)}`,
  });
  const { _id: entry } = await anEntry({ recipient, text: secret('evidence-text') });
  const known = { ...secretly('known'), quote: 'We will.', source: 'https://example.org/said' };
  await aCommitment({ ...known, entry, ...checked() });
  await aCommitment({ ...secretly('waiting'), stance: 'withdrawn', on: '2026-11-23' });
  const wrong = { takenBackAt: NOW, takenBackReason: secret('taken-back-reason') };
  await aCommitment({ ...secretly('taken-back'), ...wrong, ...checked(), on: '2026-11-24' });
  const told = { ...secretly('told'), source: '', entry, stance: 'partial' } as const;
  await aCommitment({ ...told, ask: asks[1]!._id, ...checked() });
}

const file = { file: new Types.ObjectId(), type: 'application/pdf', size: 1 };

async function logSecrets(recipient: { _id: Types.ObjectId; campaign: Types.ObjectId }, by: Types.ObjectId) {
  const said = { who: secret('entry-who'), channel: secret('entry-channel'), text: secret('entry-text') };
  const entry = await anEntry({
    recipient: recipient._id,
    recordedBy: by,
    messageId: secret('message-id'),
    ...said,
  });
  await anEntry({
    recipient: recipient._id,
    supersedes: entry._id,
    reason: secret('entry-reason'),
    attachments: [{ ...file, name: secret('attachment-name') }] as never,
  });
  const heard = {
    kind: 'email',
    direction: 'in',
    receivedAs: 'acknowledgement',
    occurredAt: NOW,
    precision: 'time',
    ...said,
  } as const;
  await logEntry({ campaign: recipient.campaign, recipient: recipient._id }, heard, {
    by: { _id: by } as never,
    now: NOW,
  });
}

async function planSecrets(recipient: Types.ObjectId, by: Types.ObjectId) {
  for (const state of ['planned', 'scheduled', 'held', 'failed', 'cancelled', 'sent'] as const) {
    const field = (name: string) => secret(`follow-up-${state}-${name}`);
    await aFollowUp({
      recipient,
      state,
      plannedBy: by,
      to: { name: field('to'), address: secretAddress(`follow-up-${state}`) },
      holderName: field('holder'),
      subject: field('subject'),
      text: field('text'),
      html: field('html'),
      subjectTemplate: field('subject-template'),
      bodyTemplate: field('body-template'),
      problems: [field('problems')],
      stateReasons: [field('reasons')],
      response: field('response'),
      messageId: field('message-id'),
      attachments: [{ ...file, name: field('attachment-name') }] as never,
    });
  }
}

/** Records grow: here every record has got one more field that no code knows. */
async function growSecretFields() {
  for (const name of Object.keys(mongoose.connection.collections)) {
    const grown = { grownLater: secret(`grown-in-${name}`), internalStatus: secret(`also-grown-in-${name}`) };
    if (name !== 'entries') await mongoose.connection.collection(name).updateMany({}, { $set: grown });
  }
  await mongoose.connection
    .collection('tracks')
    .updateMany({}, { $set: { 'milestones.$[].grownLater': secret('grown-milestone') } });
}

test.each(['partner', 'admin'] as const)(
  'nothing private is on any shared page, whoever reads it: %s',
  async (role) => {
    const { campaign, partner } = await aCampaignFullOfSecrets();
    const visitor = await signInAs(createTestApp(), role === 'partner' ? partner : role);
    const path = `/shared/campaigns/${String(campaign._id)}`;
    const addresses = [
      '/shared',
      path,
      `${path}?engagement=acknowledged`,
      `${path}?page=2`,
      `${path}/recipients.csv`,
      `${path}/figures`,
      `${path}/commitments`,
      `${path}/commitments.csv`,
    ];
    for (const address of addresses) {
      const { text, status } = await visitor.agent.get(address);
      expect(status).toBe(200);
      expect(text.match(/canary-[a-z-]+-yranac/g) ?? []).toEqual([]);
      // neither do the ids of people and follow-ups, nor the time of day of a contact
      expect(text).not.toMatch(/T\d\d:\d\d/);
      expect(text).not.toContain(String(campaign.owner));
    }
  },
);

test('what a second person has checked is shared, with words that are public, and nothing else of it', async () => {
  const { campaign, partner } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(`/shared/campaigns/${String(campaign._id)}/commitments`);
  const cells = page.$('.matrix tbody td').toArray();
  expect(cells.map((cell) => page.$(cell).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
    'C Committed 20 November 2026 Source: Example Platform We will.',
    'P Partial 20 November 2026',
  ]);
});

test('the canaries would sing: a page for staff holds some of them', async () => {
  const { campaign } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), 'staff');
  expect((await visitor.get(`/campaigns/${String(campaign._id)}`)).html).toContain(secret('user-name'));
  const matrix = await visitor.get(`/campaigns/${String(campaign._id)}/commitments`);
  const cell = await visitor.get(matrix.$('.matrix td a').first().attr('href')!);
  for (const field of ['waiting-quote', 'known-note', 'taken-back-source', 'taken-back-reason'])
    expect(cell.html).toContain(secret(field));
  const inbox = await visitor.get('/inbox?list=to+read');
  expect(inbox.html).toContain(secret('incoming-subject'));
  expect(inbox.html).toContain(secretAddress('incoming-address'));
  const { html } = await visitor.get(inbox.$('main .rows li > a').attr('href')!);
  for (const field of ['incoming-name', 'incoming-words', 'incoming-quoted', 'incoming-file'])
    expect(html).toContain(secret(field));
});
