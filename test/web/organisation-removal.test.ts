import { beforeEach, describe, expect, test } from '@jest/globals';
import { evenRemoved } from '../../src/removal.model.js';
import { backgroundEnded } from '../../src/in-background.js';
import { addClosure } from '../../src/organisations/closures.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation, type OrganisationRecord } from '../../src/organisations/organisation.model.js';
import { removeOffice, removeOrganisation } from '../../src/organisations/remove.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { addRecipient } from '../../src/recipients/recipients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, anOrganisation, aRecipient, aUser, NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const WHY = { why: 'Entered twice.' };

let app: TestApp;
let ana: SignedIn;
let organisation: OrganisationRecord;
let office: OfficeRecord;
let at: { organisation: string; office: string };
beforeEach(async () => {
  app = createTestApp();
  ana = await signInAs(app, await aUser({ name: 'Ana Example' }));
  organisation = await anOrganisation({ name: 'Quokka Works' });
  office = await anOffice({ organisation: organisation._id, title: 'Chief executive' });
  at = {
    organisation: `/organisations/${String(organisation._id)}`,
    office: `/offices/${String(office._id)}`,
  };
});

const storedOrganisation = () => Organisation.findById(organisation._id, null, evenRemoved).lean();
const storedOffice = () => Office.findById(office._id, null, evenRemoved).lean();

describe('an organisation that was entered by mistake', () => {
  test('is removed with a reason, is in no list, and is put back', async () => {
    expect((await ana.get(at.organisation)).$(`a[href="${at.organisation}/removal"]`)).toHaveLength(1);
    expect((await ana.postForm(`${at.organisation}/removal`, { why: '' })).status).toBe(422);
    expect((await ana.postForm(`${at.organisation}/removal`, WHY)).location).toBe('/organisations');
    expect((await storedOrganisation())!.removed).toEqual({ by: ana.user._id, at: NOW, ...WHY });
    const { main } = await ana.get('/organisations');
    expect(main).toContain('1 removed organisation Quokka Works removed 24 November 2026 Entered twice.');
    const page = await ana.get(at.organisation);
    expect(page.main).toContain(
      'This organisation was removed by Ana Example, 24 November 2026: Entered twice.',
    );
    for (const path of ['edit', 'removal', 'offices/new', 'people/new', 'closures/new'])
      expect([path, (await ana.get(`${at.organisation}/${path}`)).status]).toEqual([path, 404]);
    expect((await ana.get(`${at.office}/edit`)).status).toBe(404);
    const campaign = await aCampaign();
    const add = () => ana.get(`/campaigns/${String(campaign._id)}/recipients/new?find=quokka`);
    expect((await add()).main).toContain('No office is found by that.');
    expect((await ana.get('/suppressions/new')).main).not.toContain('Quokka Works');

    app.clock.pass({ hours: 1 });
    await ana.postForm(`${at.organisation}/return`, {}, at.organisation);
    const by = ana.user._id;
    expect(await storedOrganisation()).toMatchObject({
      removed: null,
      onceRemoved: [{ by, at: NOW, ...WHY, backBy: by, backAt: app.clock.now() }],
    });
    expect((await ana.get(at.organisation)).main).toContain(
      'It was removed 24 November 2026 (Entered twice.)',
    );
    expect((await add()).main).toContain('Quokka Works: Chief executive');
  });

  test('is put back rather than entered again under its name', async () => {
    await ana.postForm(`${at.organisation}/removal`, WHY);
    const typed = { name: 'Quokka  WORKS', kind: 'company', website: '', notes: '' };
    const { status, main } = await ana.postForm('/organisations', typed, '/organisations/new');
    expect(status).toBe(422);
    expect(main).toContain('An organisation called Quokka WORKS was removed. Put it back instead');
  });

  test('stays while one of its offices is a recipient, and says of which campaign', async () => {
    const campaign = await aCampaign({ title: 'The wombat letter' });
    const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
    for (const removal of [`${at.organisation}/removal`, `${at.office}/removal`]) {
      const { main, $ } = await ana.get(removal);
      expect(main).toContain('Quokka Works, Chief executive The wombat letter');
      const token = $('input[name=_csrf]').first().attr('value')!;
      const refused = await ana.postRaw(removal, `_csrf=${token}&why=Twice`);
      expect(refused.status).toBe(422);
      expect(refused.main).toContain('Nothing was removed: read below which, and what to do.');
    }
    expect((await storedOrganisation())!.removed).toBeUndefined();
    expect((await storedOffice())!.removed).toBeUndefined();

    await ana.postForm(`/recipients/${String(recipient._id)}/removal`, WHY);
    expect((await ana.postForm(`${at.organisation}/removal`, WHY)).location).toBe('/organisations');
    const page = `/recipients/${String(recipient._id)}`;
    const back = await ana.postForm(`${page}/return`, {}, page);
    expect([back.status, back.main]).toEqual([404, expect.stringContaining('Quokka Works was removed.')]);
    await ana.postForm(`${at.organisation}/return`, {}, at.organisation);
    expect((await ana.postForm(`${page}/return`, {}, page)).location).toBe(page);
  });

  test('keeps the closures that were written down meanwhile from being forgotten when it is put back', async () => {
    const closure = { from: '2026-12-24', until: '2026-12-31', name: 'Works holiday' };
    await addClosure(organisation._id, closure, ana.user._id, app.deps);
    await backgroundEnded();
    await ana.postForm(`${at.organisation}/removal`, WHY);
    await Office.collection.updateOne({ _id: office._id }, { $set: { closed: [] } });
    await ana.postForm(`${at.organisation}/return`, {}, at.organisation);
    expect((await storedOffice())!.closed).toEqual([closure]);
  });

  test('is not removed, nor put back, by a partner', async () => {
    const partner = await signInAs(app, 'partner');
    for (const page of [at.organisation, at.office])
      for (const path of ['removal', 'return'])
        expect((await partner.postForm(`${page}/${path}`, WHY, '/account')).status).toBe(403);
    expect((await storedOrganisation())!.removed).toBeUndefined();
  });
});

describe('an office that was entered by mistake', () => {
  test('is removed, kept on the page of its organisation, and put back there', async () => {
    expect((await ana.postForm(`${at.office}/removal`, WHY)).location).toBe(at.organisation);
    const { main, $ } = await ana.get(at.organisation);
    expect(main).toContain(
      '1 removed office Chief executive Entered twice. Removed by Ana Example, 24 November 2026.',
    );
    expect($(`#office-${String(office._id)}`)).toHaveLength(0);
    for (const path of ['edit', 'removal', 'holders/new', 'vacancy/new'])
      expect([path, (await ana.get(`${at.office}/${path}`)).status]).toEqual([path, 404]);
    await ana.postForm(`${at.office}/return`, {}, at.organisation);
    const page = await ana.get(at.organisation);
    expect(page.$(`#office-${String(office._id)}`)).toHaveLength(1);
    expect(page.main).not.toContain('removed office');
    expect(page.main).toContain('It was removed 24 November 2026 (Entered twice.)');
  });

  test('and its organisation are there where a recipient was added at the moment of the removal', async () => {
    const campaign = await aCampaign();
    const removing = { by: ana.user._id, now: NOW, ...WHY };
    for (let round = 0; round < 8; round += 1) {
      const own = await anOffice();
      const adding = addRecipient(campaign._id, own._id, NOW).catch(() => {});
      await Promise.all([
        adding,
        removeOffice(own._id, removing).catch(() => {}),
        removeOrganisation(own.organisation, removing).catch(() => {}),
      ]);
      const isRecipient = (await Recipient.exists({ office: own._id })) !== null;
      const there = [
        await Office.exists({ _id: own._id }),
        await Organisation.exists({ _id: own.organisation }),
      ];
      expect([isRecipient, there.every((one) => one !== null)]).toEqual([isRecipient, isRecipient]);
    }
  });
});
