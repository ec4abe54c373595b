import { expect, test } from '@jest/globals';
import { classify } from '../../src/replies/classify/classify.js';
import { mailNamed } from '../support/mail-fixtures.js';

const HARD = true;
const SOFT = false;

/** fixture, kind, hard or soft, status, whose address, cause, and the number in the Message-ID of our letter */
const reports: [string, string, boolean, string | null, string, string, number | null][] = [
  ['qmail-no-mailbox', 'bounce', HARD, '5.1.1', 'nina@box.example.com', 'no such mailbox', 101],
  ['qmail-too-long-in-queue', 'bounce', SOFT, '4.4.3', 'nina@quiet.example.com', 'server not reached', 102],
  ['qmail-successor', 'bounce', SOFT, null, 'ute@folder.example.com', 'mailbox full', 103],
  ['exim-unrouteable', 'bounce', HARD, null, 'jo@lost.example.com', 'no such mailbox', 104],
  ['exim-retry-timeout', 'bounce', SOFT, null, 'jo@down.example.com', 'expired', 105],
  ['exim-delayed', 'delayed', SOFT, '4.7.1', 'jo@later.example.com', 'server not reached', null],
  ['postfix-before-reports', 'bounce', HARD, null, 'rob@attic.example.com', 'no such mailbox', 107],
  ['sendmail-transcript', 'bounce', HARD, null, 'olaf@nohost.example.com', 'domain gone', 108],
  ['sendmail-warning', 'delayed', SOFT, null, 'olaf@away.example.com', 'expired', null],
  ['exchange-2003', 'bounce', HARD, '5.1.1', 'tess@office.example.com', 'no such mailbox', null],
  ['exchange-5.5-html', 'bounce', HARD, null, 'hugh@office.example.com', 'no such mailbox', null],
  ['office-365-html-only', 'bounce', HARD, '5.1.10', 'dora@tenant.example.com', 'no such mailbox', null],
  ['domino', 'bounce', HARD, null, 'pia@notes.example.com', 'no such mailbox', null],
  ['domino-german', 'bounce', HARD, null, 'pia@notes.example.com', 'no such mailbox', null],
  ['notes-smtp-mta', 'bounce', HARD, null, 'carl@notes.example.com', 'no such mailbox', 115],
  ['groupwise', 'bounce', HARD, null, 'lars@gw.example.com', 'no such mailbox', 116],
  ['imail-unknown-user', 'bounce', HARD, null, 'greta@imail.example.com', 'no such mailbox', 117],
  ['imail-local-name', 'bounce', HARD, null, 'greta@imail.example.com', 'no such mailbox', 118],
  ['mdaemon', 'bounce', HARD, null, 'petra@md.example.com', 'no such mailbox', 119],
  ['mailenable', 'bounce', HARD, null, 'dirk@me.example.com', 'no such mailbox', 120],
  ['hmailserver', 'bounce', HARD, null, 'elke@hm.example.com', 'no such mailbox', null],
  ['kerio', 'bounce', HARD, '5.1.1', 'ruth@kerio.example.com', 'no such mailbox', 122],
  ['communigate', 'bounce', SOFT, null, 'ingo@cgp.example.com', 'mailbox full', 123],
  ['opensmtpd', 'bounce', HARD, null, 'bert@sea.example.com', 'no such mailbox', 124],
  ['yahoo', 'bounce', HARD, null, 'omar@mail.example.com', 'no such mailbox', 125],
  ['aol-name-only', 'bounce', SOFT, null, 'mysticpine77@screen.example.com', 'policy', null],
  ['gmx', 'bounce', SOFT, null, 'axel@heim.example.com', 'mailbox full', 127],
  ['einsundeins', 'bounce', SOFT, null, 'axel@weit.example.com', 'too large', 128],
  ['t-online', 'bounce', HARD, null, 'ilse@provider.de.example.com', 'no such mailbox', 129],
  ['german-provider', 'bounce', SOFT, null, 'hanne@provider.de.example.com', 'mailbox full', 130],
  ['mailru', 'bounce', HARD, null, 'oleg@pochta.ru.example.com', 'no such mailbox', 131],
  ['russian-koi8', 'bounce', SOFT, null, 'zoya@pochta.ru.example.com', 'mailbox full', null],
  ['qq-chinese', 'bounce', HARD, null, 'wei@qq.example.com', 'no such mailbox', null],
  ['163-chinese-gbk', 'bounce', SOFT, null, 'lin@netease.example.com', 'mailbox full', null],
  ['naver-korean', 'bounce', HARD, null, 'minji@naver.example.com', 'no such mailbox', null],
  ['docomo-japanese', 'bounce', HARD, null, 'hana.@docomo.jp.example.com', 'no such mailbox', 136],
  ['au-japanese', 'bounce', HARD, null, 'kenji@au.jp.example.com', 'no such mailbox', null],
  ['kddi-no-reply', 'bounce', SOFT, null, 'yuki@net.jp.example.com', 'mailbox full', 138],
  ['orange-french', 'bounce', HARD, null, 'luc@fai.fr.example.com', 'no such mailbox', 139],
  ['laposte-french', 'bounce', SOFT, null, 'camille@poste.fr.example.com', 'mailbox full', null],
  [
    'exchange-german-mailbox-full',
    'bounce',
    SOFT,
    null,
    'anmeldung@praxis.example.com',
    'mailbox full',
    null,
  ],
  ['mail-daemon-greets', 'bounce', HARD, null, 'mira@groupware.example.com', 'no such mailbox', null],
  ['expanded-without-copy', 'bounce', SOFT, null, 'board@umbra.example.com', 'policy', null],
  ['sendmail-expanded-and-late', 'bounce', SOFT, null, 'vera@loki.example.com', 'expired', null],
  ['spanish', 'bounce', HARD, null, 'pilar@correo.es.example.com', 'no such mailbox', 141],
  ['uol-portuguese', 'bounce', SOFT, null, 'joana@uol.br.example.com', 'mailbox full', 142],
  ['libero-italian', 'bounce', HARD, null, 'gianni@posta.it.example.com', 'no such mailbox', 143],
  ['wp-polish', 'bounce', HARD, null, 'zofia@poczta.pl.example.com', 'no such mailbox', 144],
  ['dutch', 'bounce', SOFT, null, 'joost@post.nl.example.com', 'mailbox full', null],
  ['turkish', 'bounce', HARD, null, 'elif@posta.tr.example.com', 'no such mailbox', null],
  ['czech', 'bounce', HARD, null, 'petr@posta.cz.example.com', 'no such mailbox', null],
  ['swedish', 'bounce', HARD, null, 'maja@post.se.example.com', 'no such mailbox', null],
  ['smtp-service', 'bounce', HARD, null, 'abe@gate.example.com', 'no such mailbox', 149],
  ['verp-and-plus', 'bounce', HARD, null, "petra.o'neil+press=2026@box.example.com", 'mailbox closed', 150],
  ['gateway-postmaster', 'bounce', HARD, '5.1.1', 'hal@behind.example.com', 'no such mailbox', 151],
  ['advisory-delay', 'delayed', SOFT, null, 'calla@full.example.com', 'mailbox full', null],
  ['chinese-traditional', 'bounce', HARD, null, 'mei@mail.tw.example.com', 'no such mailbox', null],
  ['mms-gateway', 'bounce', HARD, null, '0005550100@pix.example.com', 'no such mailbox', null],
  ['report-within-a-report', 'bounce', HARD, '5.1.1', 'wilma@inner.example.com', 'no such mailbox', null],
  ['dovecot-rejection', 'bounce', SOFT, null, 'gudrun@box.example.com', 'mailbox full', 157],
  ['report-lost-its-parts', 'bounce', SOFT, '5.2.2', 'edda@list.example.com', 'mailbox full', 156],
  ['verp-only', 'bounce', SOFT, null, 'ines.kahl@box.example.com', 'mailbox full', null],
  ['named-in-subject', 'bounce', HARD, null, 'bodo.lenz@box.example.com', 'no such mailbox', null],
  ['status-in-a-text-file', 'bounce', SOFT, '5.2.2', 'hedda@box.example.com', 'mailbox full', null],
  ['exim-refused-at-mail-from', 'bounce', SOFT, null, 'emil@strict.example.com', 'policy', 164],
  ['opensmtpd-expired', 'bounce', SOFT, null, 'arne@slow.example.com', 'expired', 165],
  ['type-without-semicolon', 'bounce', HARD, null, 'svenja@box.example.com', 'no such mailbox', null],
  [
    'to-ourselves-by-another-name',
    'bounce',
    SOFT,
    null,
    'office@coalition.example.org',
    'mailbox full',
    null,
  ],
  ['notes-hops-over-a-list', 'bounce', SOFT, null, 'gesa@ring.example.com', 'mail loop', 166],
];

test.each(reports)('%s is a %s', async (name, kind, hard, status, address, cause, letter) => {
  const verdict = classify(await mailNamed('bounces', name), {
    addresses: ['letters@coalition.example.org'],
  });
  expect(verdict).toMatchObject({ kind, problem: { hard, status, address, cause } });
  const id = letter === null ? null : `<letter.${String(letter).padStart(3, '0')}@coalition.example.org>`;
  expect(verdict.originalMessageId).toBe(id);
});
