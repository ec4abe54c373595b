import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { evenRemoved } from '../../src/removal.model.js';
import { countStanding } from '../../src/recipients/recipient-list.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { editOrganisation } from '../../src/organisations/organisations.js';
import { createTestApp, type TestApp } from '../support/app.js';
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
  NOW,
} from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const WHY = { why: 'It is the wrong office.' };

let app: TestApp;
let ana: SignedIn;
let recipient: RecipientRecord;
let page: string;
beforeEach(async () => {
  app = createTestApp();
  ana = await signInAs(app, await aUser({ name: 'Ana Example' }));
  const organisation = await anOrganisation({ name: 'Quokka Works' });
  const office = await anOffice({ organisation: organisation._id });
  recipient = await aRecipient({ office: office._id });
  page = `/recipients/${String(recipient._id)}`;
});

const list = () => `/campaigns/${String(recipient.campaign)}/recipients`;
const stored = async (): Promise<RecipientRecord> =>
  (await Recipient.findById(recipient._id, null, evenRemoved).lean<RecipientRecord>())!;
const remove = (fields = WHY) => ana.postForm(`${page}/removal`, fields);
const putBack = () => ana.postForm(`${page}/return`, {}, page);

describe('a recipient that was added by mistake', () => {
  test('is removed after a page that says what becomes of it, and its page says so from then on', async () => {
    const planned = await aFollowUp({ recipient: recipient._id });
    const failed = await aFollowUp({ recipient: recipient._id, state: 'failed' });
    expect((await ana.get(page)).$(`a[href="${page}/removal"]`).text()).toBe('Remove this recipient');
    expect((await ana.get(`${page}/removal`)).main).toContain('2 planned follow-ups are cancelled');
    expect((await remove()).location).toBe(list());
    expect((await stored()).removed).toEqual({ by: ana.user._id, at: NOW, ...WHY });
    const index = await ana.get(list());
    expect(index.main).toContain(
      'Quokka Works, Chief executive is removed. 2 planned follow-ups are cancelled. It is kept at the end of the list',
    );
    expect(index.main).toContain(
      '1 removed recipient Quokka Works, Chief executive removed 24 November 2026 It is the wrong office.',
    );
    const stateReasons = ['They were removed from the campaign: It is the wrong office.'];
    for (const { _id } of [planned, failed])
      expect(await FollowUp.findById(_id).lean()).toMatchObject({ state: 'cancelled', stateReasons });
    const { status, main } = await ana.get(page);
    expect(status).toBe(200);
    expect(main).toContain(
      'This recipient was removed from the campaign by Ana Example, 24 November 2026: It is the wrong office.',
    );
    for (const path of ['edit', 'removal', 'clock', 'entries/new', 'follow-ups/new', 'closings/new'])
      expect([path, (await ana.get(`${page}/${path}`)).status]).toEqual([path, 404]);
    expect((await ana.get(`/follow-ups/${String(planned._id)}`)).main).toContain(
      'Quokka Works, Chief executive was removed from its campaign.',
    );
  });

  test('is counted nowhere, beside those who stay, and again once it is put back', async () => {
    const { campaign } = recipient;
    await aRecipient({ campaign });
    await anEntry({ recipient: (await aRecipient({ campaign }))._id, kind: 'letter' });
    const [sent, notSent] = [
      { delivery: 'sent', engagement: 'silent' },
      { delivery: 'not sent', engagement: 'silent' },
    ];
    const counted = async (sentTo: number, sentToNobody: number) =>
      expect(new Set(await countStanding(campaign))).toEqual(
        new Set([
          { ...sent, count: sentTo },
          { ...notSent, count: sentToNobody },
        ]),
      );
    await counted(1, 2);
    await remove();
    await counted(1, 1);
    await putBack();
    await counted(1, 2);
  });

  test('where it was the only one, leaves a campaign in which nobody stands anywhere', async () => {
    await remove();
    expect(await countStanding(recipient.campaign)).toEqual([]);
  });

  test('stays until somebody says why', async () => {
    const { status, main } = await remove({ why: '' });
    expect(status).toBe(422);
    expect(main).toContain('Say in a sentence why it is removed');
    expect((await stored()).removed).toBeUndefined();
  });

  test('is put back as it was, under the name that it has by then, and its page tells of it', async () => {
    const planned = await aFollowUp({ recipient: recipient._id });
    await remove();
    const changed = { name: 'Quokka Limited', kind: 'company', website: '', notes: '' } as const;
    await editOrganisation(recipient.organisation, changed, NOW);
    app.clock.pass({ hours: 1 });
    expect((await putBack()).location).toBe(page);
    const by = ana.user._id;
    expect(await stored()).toMatchObject({
      organisationName: 'Quokka Limited',
      listedAs: 'quokka limited chief executive',
      foundBy: ['quokka', 'limited', 'chief', 'executive', 'kim', 'invented'],
      removed: null,
      onceRemoved: [{ by, at: NOW, ...WHY, backBy: by, backAt: app.clock.now() }],
    });
    const { main } = await ana.get(page);
    expect(main).toContain('What had been planned for them stays cancelled');
    expect(main).toContain('It was removed 24 November 2026 (It is the wrong office.) and put back');
    expect((await FollowUp.findById(planned._id).lean())!.state).toBe('cancelled');
    expect((await ana.get(list())).main).not.toContain('removed recipient');
    expect((await putBack()).location).toBe(page);
    expect((await stored()).onceRemoved).toHaveLength(1);
  });

  test('is not removed, nor put back, by a partner', async () => {
    const partner = await signInAs(
      app,
      await aUser({ role: 'partner', campaigns: [recipient.campaign] as never }),
    );
    for (const path of ['removal', 'return'])
      expect((await partner.postForm(`${page}/${path}`, WHY, '/account')).status).toBe(403);
    expect((await stored()).removed).toBeUndefined();
  });

  test('is put back by whoever adds it again, and does not stand there twice', async () => {
    await remove();
    const form = await ana.get(`${list()}/new?find=quokka`);
    expect(form.$('input[name=office]')).toHaveLength(0);
    expect(form.main).toContain('Removed before They were recipients of this campaign and were removed.');
    const again = await ana.postForm(list(), { office: String(recipient.office) }, '/account');
    expect(again.status).toBe(422);
    expect(again.main).toContain(
      'Quokka Works, Chief executive was a recipient of this campaign, and was removed.',
    );
    expect(again.$(`form[action="${page}/return"] button`).text()).toContain('Put it back');
    await putBack();
    expect(await Recipient.countDocuments()).toBe(1);
  });

  test('may have been captured for nobody: that is no contact', async () => {
    await aFollowUp({ recipient: recipient._id, state: 'captured', sentAt: NOW });
    expect((await remove()).status).toBe(302);
  });
});

describe('a recipient with whom something happened', () => {
  const followUp = (state: 'sent' | 'sending' | 'uncertain') => () =>
    aFollowUp({ recipient: recipient._id, state, ...(state === 'sent' && { sentAt: NOW }) });

  test.each<[string, () => Promise<unknown>, string]>([
    ['an entry', () => anEntry({ recipient: recipient._id }), 'Their history has an entry'],
    ['a follow-up that was sent', followUp('sent'), '“Our letter” was sent to them'],
    ['one that is just being sent', followUp('sending'), 'Wait a minute, and see whether it went.'],
    ['one that may have gone', followUp('uncertain'), 'Find out, and say there whether it went'],
    ['what they said to an ask', () => aCommitment({ recipient: recipient._id }), 'What they said to an ask'],
    [
      'mail that nobody has read',
      () => Recipient.updateOne({ _id: recipient._id }, { $set: { unreadMail: [recipient.campaign] } }),
      'Mail that may be theirs has come in Read it first.',
    ],
  ])('stays, and the page says why and what to do instead: %s', async (_what, happen, sentence) => {
    const planned = await aFollowUp({ recipient: recipient._id });
    const form = await ana.get(`${page}/removal`);
    const token = form.$('input[name=_csrf]').first().attr('value')!;
    await happen();
    const { main } = await ana.get(`${page}/removal`);
    expect(main).toContain(sentence);
    expect(main).toContain('Close the matter: what is planned is cancelled');
    const sent = await ana.postRaw(`${page}/removal`, `_csrf=${token}&why=Twice`);
    expect(sent.status).toBe(422);
    expect(sent.main).toContain('Nothing has been removed.');
    expect((await stored()).removed).toBeUndefined();
    expect((await FollowUp.findById(planned._id).lean())!.state).toBe('planned');
  });
});

test('a campaign has a list of its own removed recipients only', async () => {
  const other = await aRecipient({ campaign: (await aCampaign())._id });
  await remove();
  await ana.get(list());
  expect((await ana.get(`/campaigns/${String(other.campaign)}/recipients`)).main).not.toContain('Quokka');
});

test('they stand at the end of a long list, and not before', async () => {
  const { campaign } = recipient;
  await remove();
  for (let n = 0; n < 51; n += 1) await aRecipient({ campaign });
  expect((await ana.get(list())).main).not.toContain('1 removed recipient');
  expect((await ana.get(`${list()}?page=2`)).main).toContain('1 removed recipient Quokka Works');
});
