import { expect, test } from '@jest/globals';
import { classify } from '../../src/replies/classify/classify.js';
import { mailNamed } from '../support/mail-fixtures.js';

const HARD = true;
const SOFT = false;
const ourselves = { addresses: ['letters@coalition.example.org'] };

/** fixture, kind, hard or soft, whose address, cause */
const reports: [string, string, boolean, string, string][] = [
  ['gateway-form', 'bounce', SOFT, 'warden@hall.example.com', 'policy'],
  ['virus-filter', 'bounce', SOFT, 'desk@clinic.example.com', 'blocked as spam'],
  ['attachment-refused-german', 'bounce', SOFT, 'poststelle@amt.example.com', 'policy'],
  ['filter-polish', 'bounce', SOFT, 'biuro@gmina.example.com', 'blocked as spam'],
  ['certified-italian', 'bounce', HARD, 'anagrafe@comune.example.com', 'no such mailbox'],
  ['storage-limit-german', 'bounce', SOFT, 'lager@verein.example.com', 'mailbox full'],
  ['x400-time-expired', 'bounce', SOFT, 'clerk@x400.example.com', 'expired'],
  ['list-mailman-moderator', 'bounce', SOFT, 'debate@lists.example.com', 'policy'],
  ['gateway-rule', 'bounce', SOFT, 'board@savings.example.com', 'policy'],
  ['german-without-code', 'bounce', HARD, 'bauamt@gemeinde.example.com', 'no such mailbox'],
  ['german-greets-html', 'bounce', SOFT, 'kanzlei@hoster.example.com', 'blocked as spam'],
  ['spanish-no-reply', 'bounce', HARD, 'secretaria@villa.example.com', 'mailbox closed'],
  ['hungarian', 'bounce', SOFT, 'jegyzo@kozseg.example.com', 'mailbox full'],
  ['quota-robot', 'bounce', SOFT, 'prof.lind@lab.example.com', 'mailbox full'],
  ['expired-in-queue', 'bounce', SOFT, 'envoy@legation.example.com', 'server not reached'],
  ['still-in-queue', 'delayed', SOFT, 'clerk@slow.example.com', 'policy'],
  ['no-from', 'bounce', HARD, 'zed@bare.example.com', 'no such mailbox'],
  ['server-notice', 'bounce', HARD, 'old.name@former.example.com', 'mailbox closed'],
  ['account-of-its-own-name', 'bounce', HARD, 'sheila.marsh@office.example.com', 'mailbox closed'],
  ['names-our-message', 'bounce', HARD, '0005550101@mobile.example.com', 'no such mailbox'],
  ['quoted-printable-undeclared', 'bounce', HARD, 'bjarne.s@lost.example.com', 'no such mailbox'],
  ['qmail-with-underscores', 'bounce', SOFT, 'desk@thinktank.example.com', 'policy'],
  ['account-says-it-is-closed', 'bounce', HARD, 'nora.marsh@press.example.com', 'mailbox closed'],
  ['directory-removed', 'bounce', HARD, 'k.olm@campus.example.com', 'mailbox closed'],
  ['product-as-name', 'bounce', SOFT, 'trustees@trust.example.com', 'policy'],
  ['antivirus-spanish', 'bounce', SOFT, 'caja@banco.example.com', 'blocked as spam'],
  ['quota-daemon-form', 'bounce', SOFT, 'teacher.lowe@school.example.com', 'mailbox full'],
  ['spam-points-html', 'bounce', SOFT, 'office@notary.example.com', 'blocked as spam'],
  ['gateway-alert-form', 'bounce', SOFT, 'claims@insurer.example.com', 'blocked as spam'],
  ['james', 'bounce', HARD, 'quinn@museum.example.com', 'no such mailbox'],
  ['filter-in-its-own-frame', 'bounce', SOFT, 'pilot@harbour.example.com', 'expired'],
  ['matches-no-address', 'bounce', HARD, 'olsen@lab.example.com', 'no such mailbox'],
  ['told-twice', 'bounce', HARD, 'vorstand@versicherung.example.com', 'unknown'],
  ['name-at-the-host-that-took-it', 'bounce', SOFT, 'delia@ferry.example.com', 'mailbox full'],
  ['mistyped-domain', 'bounce', HARD, 'chair@#nowhere.example.com', 'domain gone'],
  ['forward-mark-above-the-copy', 'bounce', HARD, 'pia@orchard.example.com', 'no such mailbox'],
  ['carried-by-a-collector', 'bounce', HARD, 'vera@deep.example.com', 'no such mailbox'],
];

test.each(reports)('%s is a %s', async (name, kind, hard, address, cause) => {
  const { why, ...verdict } = classify(await mailNamed('bounces', name), ourselves);
  expect({ why, ...verdict }).toMatchObject({ kind, problem: { hard, address, cause } });
});

test.each([
  ['list-fml', 'staff@kaigi.example.com'],
  ['list-fml-greets', 'hall@kaigi.example.com'],
  ['list-majordomo', 'members@club.example.com'],
  ['list-majordomo-silent', 'crew@rowing.example.com'],
  ['list-listserv', 'press-l@lists.campus.example.com'],
  ['list-mailman', 'rivers@lists.coop.example.com'],
  ['list-ezmlm', 'council@lists.town.example.com'],
  ['list-mlmmj', 'town@lists.burg.example.com'],
  ['list-groups', 'rivers@groups.example.com'],
  ['list-sympa-french', 'eau@listes.fac.example.com'],
])('%s refuses us for a rule of the list, and names it', async (name, address) => {
  expect(classify(await mailNamed('bounces', name), ourselves)).toMatchObject({
    kind: 'bounce',
    why: expect.stringContaining('a list refused our mail') as unknown as string,
    problem: { hard: false, cause: 'policy', address },
  });
});

test('a report within a message tells which letter of ours it is about, and that it was carried', async () => {
  expect(classify(await mailNamed('bounces', 'carried-by-a-collector'), ourselves)).toMatchObject({
    why: expect.stringMatching(/^It carries nothing but a report: /) as unknown as string,
    originalMessageId: '<letter.418@coalition.example.org>',
  });
});
