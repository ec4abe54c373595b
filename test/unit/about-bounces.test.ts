import { expect, test } from '@jest/globals';
import { readMessage } from '../../src/mail/read-message.js';
import { asBounceInWords } from '../../src/replies/classify/bounces-in-words.js';
import { asDeliveryReport } from '../../src/replies/classify/delivery-reports.js';
import { classify } from '../../src/replies/classify/classify.js';
import { whatItSays } from '../../src/replies/classify/what-it-says.js';
import { mailBytes, mailNamed, mailNames } from '../support/mail-fixtures.js';

const nobody = { addresses: [] };

test.each(mailNames('about-bounces'))('%s speaks of a bounce and is none', async (name) => {
  const message = await mailNamed('about-bounces', name);
  const said = whatItSays(message);
  expect(asDeliveryReport(message, nobody, said)).toBeNull();
  expect(asBounceInWords(message, nobody, said)).toBeNull();
});

/** What is said in them is a report itself, as a server attaches it. */
const carriers = ['attaches-report-parts', 'carries-a-report-silently'];
/** With an empty return path as well, nothing about its header is a person's. */
const servers = [
  'mail-system-of-a-cooperative',
  'postmaster-fills-in-a-form',
  'postmaster-matches-addresses-by-hand',
  'cleaned-by-a-filter',
  'filter-frame-and-a-word',
  'company-called-gateway',
];
/** There is another mark of programs on these. */
const marked = [
  'bulk-and-on-leave',
  'leave-in-unknown-desk',
  'automatic-title-by-hand-russian',
  'osticket-marks-what-people-write',
  'ticket-number-and-auto-replied',
  'desk-lost-the-first-mail',
  'desk-agrees-if-you-need-more',
  'out-of-office-typed-on-the-way',
];
const people = mailNames('replies').filter((name) => ![...carriers, ...servers, ...marked].includes(name));

test.each(people)('an empty return path alone makes nothing but a reply of %s', async (name) => {
  const mail = mailBytes('replies', name)
    .toString('latin1')
    .replace(/^Return-Path:.*\n/i, '');
  const message = await readMessage(Buffer.from(`Return-Path: <>\n${mail}`, 'latin1'));
  expect(classify(message, nobody)).toMatchObject({ kind: 'reply' });
});
