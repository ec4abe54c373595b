import { beforeEach, describe, expect, test } from '@jest/globals';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { keyOf } from '../../src/suppressions/suppression.rules.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, anOrganisation, aRecipient, aUser, NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const WHY = { why: 'At another company.' };

let app: TestApp;
let ana: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  ana = await signInAs(app, await aUser({ name: 'Ana Example' }));
});

const notToBeContacted = (value: string, organisation: OfficeRecord['organisation']) =>
  Suppression.create({
    kind: 'person',
    value,
    organisation,
    key: keyOf('person', { value, organisation })!,
    reason: 'They asked for it.',
    source: 'a letter',
    from: '2026-11-01',
    recordedAt: NOW,
  });

describe('a holder who was written down by mistake', () => {
  let office: OfficeRecord;
  let page: string;
  let at: string;
  beforeEach(async () => {
    office = await anOffice({
      holders: [
        { name: 'Kim Invented', salutation: 'Dear Kim Invented', until: '2026-10-31' },
        { name: 'Sam Wrong', salutation: 'Dear Sam Wrong', from: '2026-11-01' },
      ],
    });
    page = `/organisations/${String(office.organisation)}`;
    at = `/offices/${String(office._id)}/holders/${String(office.holders[1]!._id)}`;
  });
  const stored = async () => (await Office.findById(office._id).lean<OfficeRecord>())!;

  test('is removed with a reason, holds the office nowhere, and is put back', async () => {
    const recipient = await aRecipient({ office: office._id });
    const holderName = async () => (await Recipient.findById(recipient._id).lean())!.holderName;
    expect(await holderName()).toBe('Sam Wrong');
    expect((await ana.get(page)).$(`a[href="${at}/removal"]`).text()).toBe('Remove Sam Wrong');
    expect((await ana.get(`${at}/removal`)).main).toContain('write down their last day');
    expect((await ana.postForm(`${at}/removal`, { why: '' })).status).toBe(422);
    expect((await ana.postForm(`${at}/removal`, WHY)).location).toBe(page);
    const { holders, removedHolders } = await stored();
    expect(holders.map(({ name }) => name)).toEqual(['Kim Invented']);
    expect(removedHolders).toMatchObject([
      { _id: office.holders[1]!._id, name: 'Sam Wrong', removed: { by: ana.user._id, at: NOW, ...WHY } },
    ]);
    expect(await holderName()).toBe('');
    const { main } = await ana.get(page);
    expect(main).toContain(
      '1 removed holder Sam Wrong At another company. Removed by Ana Example, 24 November 2026.',
    );
    expect((await ana.get(`${at}/edit`)).status).toBe(404);
    await ana.postForm(`${at}/return`, {}, page);
    expect((await stored()).holders.map(({ name }) => name)).toEqual(['Kim Invented', 'Sam Wrong']);
    expect((await stored()).removedHolders).toEqual([]);
    expect(await holderName()).toBe('Sam Wrong');
    expect((await ana.get(page)).main).toContain('It was removed 24 November 2026 (At another company.)');
  });

  test('stays where mail went to them', async () => {
    const recipient = await aRecipient({ office: office._id });
    await aFollowUp({ recipient: recipient._id, state: 'sent', sentAt: NOW, holderName: 'Sam Wrong' });
    const { main } = await ana.get(`${at}/removal`);
    expect(main).toContain(
      'Sam Wrong was written to as the holder of this office, and that stays on record.',
    );
    const other = `/offices/${String(office._id)}/holders/${String(office.holders[0]!._id)}/removal`;
    expect((await ana.postForm(other, WHY)).status).toBe(302);
    expect((await stored()).holders.map(({ name }) => name)).toEqual(['Sam Wrong']);
  });

  test('stays while they are not to be contacted', async () => {
    await notToBeContacted('Sam Wrong', office.organisation);
    const form = await ana.get(`${at}/removal`);
    expect(form.main).toContain('Sam Wrong is not to be contacted');
    const token = form.$('input[name=_csrf]').first().attr('value')!;
    expect((await ana.postRaw(`${at}/removal`, `_csrf=${token}&why=Wrong`)).status).toBe(422);
    expect((await stored()).holders).toHaveLength(2);
  });

  test('is not put back into days that somebody else has by now', async () => {
    await ana.postForm(`${at}/removal`, WHY);
    await Office.updateOne(
      { _id: office._id },
      { $push: { holders: { name: 'Noa Newcomer', salutation: '', from: '2026-11-01' } } },
    );
    const { status, main } = await ana.postForm(`${at}/return`, {}, page);
    expect(status).toBe(409);
    expect(main).toContain('Sam Wrong cannot be put back with the days they had');
    expect((await stored()).removedHolders).toHaveLength(1);
  });
});

describe('somebody else who was written down by mistake', () => {
  test('is removed with a reason, and put back; not while they are not to be contacted', async () => {
    const { _id } = await anOrganisation();
    const page = `/organisations/${String(_id)}`;
    const person = { name: 'Rae Stranger', role: 'Press', email: 'rae@example.org', phone: '', notes: '' };
    await ana.postForm(`${page}/people`, person, `${page}/people/new`);
    const people = async () => (await Organisation.findById(_id).lean())!.people;
    const at = `${page}/people/${String((await people())[0]!._id)}`;
    expect((await ana.postForm(`${at}/removal`, WHY)).location).toBe(page);
    expect(await people()).toEqual([]);
    const { main } = await ana.get(page);
    expect(main).toContain('1 removed person Rae Stranger At another company. Removed by Ana Example');
    await ana.postForm(`${at}/return`, {}, page);
    expect(await people()).toMatchObject([{ name: 'Rae Stranger', email: 'rae@example.org', removed: null }]);
    await notToBeContacted('Rae Stranger', _id);
    expect((await ana.get(`${at}/removal`)).main).toContain('Rae Stranger is not to be contacted');
    expect((await ana.postForm(`${at}/return`, {}, page)).status).toBe(404);
  });

  test('is not removed by a partner', async () => {
    const partner = await signInAs(app, 'partner');
    const office = await anOffice();
    const holder = `/offices/${String(office._id)}/holders/${String(office.holders[0]!._id)}`;
    for (const path of ['removal', 'return'])
      expect((await partner.postForm(`${holder}/${path}`, WHY, '/account')).status).toBe(403);
  });
});
