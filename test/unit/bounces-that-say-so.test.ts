import { expect, test } from '@jest/globals';
import { classify } from '../../src/replies/classify/classify.js';
import { mailNamed } from '../support/mail-fixtures.js';

const HARD = true;
const SOFT = false;
const ourselves = { addresses: ['letters@coalition.example.org'] };

/** fixture, hard or soft, whose address, cause, what its reason says */
type Row = [name: string, hard: boolean, address: string, cause: string, why: RegExp];

const says = /says of itself that a mail server wrote it/;
const withoutSigns: Row[] = [
  ['says-generated-by-server', HARD, 'amos@dovetail.example.com', 'mailbox closed', says],
  ['says-message-of-server-french', HARD, 'capitaine@portsud.example.com', 'mailbox closed', says],
  ['signed-by-robot', HARD, 'glaze@kilnstreet.example.com', 'no such mailbox', says],
  ['signed-by-filter', SOFT, 'hides@tannery.example.com', 'blocked as spam', says],
  ['signed-by-mail-server-swedish', HARD, 'vd@sagverk.example.com', 'mailbox closed', says],
  ['own-mailbox-full-says-server', SOFT, 'alder@primary.example.com', 'mailbox full', says],
  ['list-robot-no-list', HARD, 'sculls@lists.oar.example.com', 'mailbox closed', says],
  ['formail', HARD, 'cooper@barrels.example.com', 'no such mailbox', /X-Loop names its sender/],
  ['x400-unrecognised-name', HARD, 'd.lowry@x400.example.com', 'unknown', /X\.400/],
  ['gateway-form-german', HARD, 'lotse@hafenamt.example.com', 'no such mailbox', /a form about one address/],
];

const answers = /its header calls it an automatic answer/;
const ofMachines: Row[] = [
  ['desk-opens-no-request', SOFT, 'rails@tramworks.example.com', 'policy', answers],
  ['desk-opens-no-ticket-german', SOFT, 'kran@hafenbahn.example.com', 'policy', answers],
  ['robot-of-a-portal-spanish', HARD, 'grua@puerto.example.com', 'no such mailbox', answers],
];

const byWords: Row[] = [
  ['unit-dissolved', HARD, 'canals.unit@county.example.com', 'mailbox closed', /Return-Path/],
  ['list-unknown-english', HARD, 'hemp@lists.ropewalk.example.com', 'no such mailbox', /no such list/],
  ['list-no-list-here', HARD, 'twill@lists.weavers.example.com', 'no such mailbox', /no such list/],
  ['list-no-list-german', HARD, 'pfeifen@listen.orgelbau.example.com', 'no such mailbox', /no such list/],
  [
    'list-sympa-no-list-french',
    HARD,
    'rosiers@listes.jardins.example.com',
    'no such mailbox',
    /no such list/,
  ],
  ['mmdf', HARD, 'porter@annex.example.com', 'no such mailbox', /Return-Path/],
  ['firstclass-ndn', HARD, 'tutor@lyceum.example.com', 'no such mailbox', /Postmaster/],
  ['thrown-away-unread', HARD, 'k.holt@lenshouse.example.com', 'mailbox closed', /Return-Path/],
  ['too-large-japanese', SOFT, 'kouhou@yakuba.example.com', 'too large', /Return-Path/],
  ['group-may-not-exist', HARD, 'all-hands@mill.example.com', 'no such mailbox', /Mail Delivery Subsystem/],
  ['exim-malformed-recipient', HARD, 'vera@pier.example.com', 'no such mailbox', /Return-Path|From/],
  ['all-recipients-rejected', HARD, 'bath@lido.example.com', 'no such mailbox', /Return-Path|From/],
  ['commands-out-of-turn', SOFT, 'keeper@sluice.example.com', 'server not reached', /delivery-status/],
  ['filter-without-an-end', SOFT, 'pilot@harbour.example.com', 'policy', /InterScan/],
  ['list-mailman-content-type', SOFT, 'rowers@lists.coop.example.com', 'policy', /a list refused our mail/],
  ['list-mailman-file-extension', SOFT, 'rowers@lists.coop.example.com', 'policy', /a list refused our mail/],
  ['list-fml-names-itself', SOFT, 'kaigi-staff@kaigi.example.com', 'policy', /a list refused our mail/],
  ['list-majordomo-no-list', HARD, 'anglers@lists.weir.example.com', 'no such mailbox', /no such list/],
];

test.each([...withoutSigns, ...ofMachines, ...byWords])(
  '%s is a bounce',
  async (name, hard, address, cause, why) => {
    const verdict = classify(await mailNamed('bounces', name), ourselves);
    expect(verdict).toMatchObject({ kind: 'bounce', problem: { hard, address, cause } });
    expect(verdict.why).toMatch(why);
  },
);

test('a robot that answers in the thread of our letter tells which letter that was', async () => {
  expect(classify(await mailNamed('bounces', 'signed-by-robot'), ourselves)).toMatchObject({
    originalMessageId: '<letter.418@coalition.example.org>',
  });
});
