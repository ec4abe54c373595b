import mongoose, { Types } from 'mongoose';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { logEntry } from '../../src/history/log-entry.js';
import { Track } from '../../src/legislation/track.model.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { readTrigger } from '../../src/triggers/read-trigger.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { createTestApp } from './app.js';
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
} from './factories.js';
import { anIncoming, wasWrittenTo } from './incoming.js';
import { aTrigger } from './triggers.js';

/** A word that must never leave the house; by it a leak says where it came from. */
export const secret = (field: string) => `canary-${field}-yranac`;
export const secretAddress = (field: string) => `canary-${field}-yranac@example.org`;

/** Every private field of every record that the page is about holds a canary. */
export async function aCampaignFullOfSecrets() {
  const owner = await aUser({ name: secret('user-name'), email: secretAddress('user-email') });
  const campaign = await aCampaign({
    owner: owner._id,
    liveBy: owner._id,
    fromForm: secret('campaign-form'),
    ...LATE,
    asks: [{ title: 'Answer the letter' }, { title: 'Publish' }] as never,
  });
  const person = Object.fromEntries(
    ['name', 'role', 'email', 'phone', 'notes', 'fromForm'].map((field) => [
      field,
      secret(`person-${field}`),
    ]),
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
    fromForm: secret('office-form'),
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
  const track = await Track.create({
    title: 'A fictional safety bill',
    shortTitle: 'Safety Bill',
    jurisdiction: 'Utopia',
    summary: secret('track-summary'),
    fromForm: secret('track-form'),
    sourceLink: `https://${secret('track-source')}.example`,
    sunsetOn: '2031-01-19',
    createdAt: NOW,
    milestones: [
      ...['2026-09-01', '2026-09-08'].map((happenedOn) => ({
        title: 'A sitting',
        stage: 'committee',
        happenedOn,
        note: secret('milestone-note'),
      })),
      {
        title: 'It became law',
        stage: 'assent',
        expectedOn: '2026-11-04',
        happenedOn: '2026-11-05',
        note: secret('milestone-note'),
      },
      aMilestoneFullOfSecrets(owner._id),
    ] as never,
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
  await setSecretsInMotion(campaign._id, track._id, owner._id);
  await growSecretFields();
  return { campaign, partner: await aUser({ role: 'partner', campaigns: [campaign._id] }) };
}

/** Staff are told one thing; of two notices one was never approved, and of the other the words are public. */
async function setSecretsInMotion(campaign: Types.ObjectId, track: Types.ObjectId, author: Types.ObjectId) {
  const set = { campaign, track, author };
  const notice = { ...set, effect: 'show notice' } as const;
  await aTrigger({ ...set, effect: 'remind staff', staff: [author], text: secret('trigger-text') });
  const hidden = await aTrigger({ ...notice, text: secret('notice-not-approved') });
  const shown = await aTrigger({ ...notice, text: 'Tell your members.' });
  const { hash } = await readTrigger(shown);
  await Trigger.updateOne({ _id: shown._id }, { $set: { approval: { by: author, at: NOW, hash } } });
  for (const { _id, milestone } of [hidden, shown])
    await Firing.create({
      trigger: _id,
      milestone,
      to: campaign,
      campaign,
      effect: 'show notice',
      state: 'done',
      at: NOW,
      day: '2026-11-20',
      on: '2026-11-05',
      how: secret('firing-how'),
      said: secret('firing-said'),
      moves: [{ from: '2026-11-19', to: '2026-11-20', why: secret('firing-move'), at: NOW }],
    });
}

/** It moved, a source told of it, and a person wrote something to it; the source's address is public. */
const aMilestoneFullOfSecrets = (by: Types.ObjectId) => ({
  title: 'Review of the law',
  stage: 'report',
  expectedOn: '2026-12-20',
  sourceLink: 'https://example.org/review',
  sourceSeenOn: '2026-01-17',
  note: secret('milestone-note'),
  evidence: [{ ...file, name: secret('milestone-evidence') }],
  enteredBy: by,
  enteredAt: NOW,
  fromForm: secret('milestone-form'),
  byHand: ['title'],
  formerly: [
    { field: 'title', value: secret('former-title'), until: NOW, by },
    { field: 'sourceLink', value: `https://example.org/${secret('former-link')}`, until: NOW, by },
    { field: 'expectedOn', value: '2026-12-01', until: NOW, by },
  ],
  imported: {
    source: new Types.ObjectId(),
    key: secret('import-key'),
    said: { stage: 'other', title: secret('import-title'), on: '2026-01-18', link: secret('import-link') },
    seenAt: NOW,
    goneAt: NOW,
    declined: { sourceLink: secret('declined') },
  },
});

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
    fromForm: secret(`${what}-form`),
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
    fromForm: secret('entry-form'),
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
      // partners are told of the one that is next, and of one that is held only that it waits
      ...(state === 'held' && { dueAt: new Date('2026-12-18T10:00:00Z') }),
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
      fromForm: field('form'),
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
  const inTracks = {
    'milestones.$[].grownLater': secret('grown-milestone'),
    'milestones.$[].formerly.$[].grownLater': secret('grown-former'),
  };
  await mongoose.connection.collection('tracks').updateMany({}, { $set: inTracks });
}

/** The canaries that got into a text. */
export const singing = (text: string): string[] => text.match(/canary-[a-z-]+-yranac/g) ?? [];
