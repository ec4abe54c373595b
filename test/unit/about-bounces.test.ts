import { expect, test } from '@jest/globals';
import { asBounceInWords } from '../../src/replies/classify/bounces-in-words.js';
import { asDeliveryReport } from '../../src/replies/classify/delivery-reports.js';
import { whatItSays } from '../../src/replies/classify/what-it-says.js';
import { mailNamed, mailNames } from '../support/mail-fixtures.js';

const nobody = { addresses: [] };

test.each(mailNames('about-bounces'))('%s speaks of a bounce and is none', async (name) => {
  const message = await mailNamed('about-bounces', name);
  const said = whatItSays(message);
  expect(asDeliveryReport(message, nobody, said)).toBeNull();
  expect(asBounceInWords(message, nobody, said)).toBeNull();
});
