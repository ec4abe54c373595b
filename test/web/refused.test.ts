import { expect, test } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('a follow-up that was refused for good says what that means, beside the server’s words', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const response = '550 5.2.2 <office@example.org>: over quota';
  const stateReasons = ['The mail server refused it for good.'];
  const failed = await aFollowUp({ state: 'failed', response, stateReasons });
  const page = await staff.get(`/follow-ups/${String(failed._id)}`);
  expect(page.main).toContain(
    `${stateReasons[0]} The mailbox is full. Try again some days later, or find another address. The mail server’s words: ${response}`,
  );
});

test('one that was only ever put off says nothing of the kind', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const failed = await aFollowUp({
    state: 'failed',
    response: '451 4.2.2 over quota',
    stateReasons: ['It was tried 8 times and never got through.'],
  });
  const page = await staff.get(`/follow-ups/${String(failed._id)}`);
  expect(page.main).toContain('never got through. The mail server’s words: 451 4.2.2 over quota');
});
