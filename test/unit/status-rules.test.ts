import { describe, expect, test } from '@jest/globals';
import type { EntryFacts } from '../../src/history/entry.rules.js';
import {
  answered,
  deliveries,
  deliveryNames,
  engagementNames,
  engagements,
  hasAnswered,
  isSettled,
  settled,
  statusInWords,
  statusOf,
  unanswered,
  unheard,
  type Delivery,
  type Engagement,
} from '../../src/recipients/status.rules.js';
import { october, thereWas, weGot, weSent } from '../support/facts.js';

const letter = weSent('letter', 1);
const email = weSent('email', 1);
const handedOver = (entry: EntryFacts): EntryFacts => ({ ...entry, delivers: true });

test.each<[string, EntryFacts[], Delivery, Engagement]>([
  ['nothing', [], 'not sent', 'silent'],
  ['only a note', [thereWas('note', 9)], 'not sent', 'silent'],
  ['only a call of ours', [weSent('call', 1)], 'not sent', 'silent'],
  ['the letter', [letter], 'sent', 'silent'],
  ['an email', [email], 'sent', 'silent'],
  ['the letter, read out on the telephone', [handedOver(weSent('call', 1))], 'other channel', 'silent'],
  ['the letter and a bounce', [letter, weGot('bounce', 2)], 'bounced', 'silent'],
  ['a bounce of what nobody logged', [weGot('bounce', 2)], 'bounced', 'silent'],
  ['a bounce, then sent again', [email, weGot('bounce', 2), weSent('email', 3)], 'sent', 'silent'],
  ['a bounce, then by post', [email, weGot('bounce', 2), weSent('letter', 3)], 'other channel', 'silent'],
  [
    'a bounce, then read out on the telephone',
    [email, weGot('bounce', 2), handedOver(weSent('call', 3))],
    'other channel',
    'silent',
  ],
  [
    'a bounce, then a call about something else',
    [email, weGot('bounce', 2), weSent('call', 3)],
    'bounced',
    'silent',
  ],
  [
    'handed over, then a bounce of something else',
    [handedOver(weSent('call', 1)), weGot('bounce', 2)],
    'other channel',
    'silent',
  ],
  ['handed over, then an email', [handedOver(weSent('call', 1)), weSent('email', 2)], 'sent', 'silent'],
  ['a bounce on the day of the letter', [weGot('bounce', 1), letter], 'bounced', 'silent'],
  ['an auto-reply', [letter, weGot('auto-reply', 2)], 'sent', 'auto-answered'],
  ['a statement that is no answer', [letter, weGot('not an answer', 2)], 'sent', 'silent'],
  ['an acknowledgement', [letter, weGot('acknowledgement', 2)], 'sent', 'acknowledged'],
  [
    'an acknowledgement, then an auto-reply',
    [letter, weGot('acknowledgement', 2), weGot('auto-reply', 3)],
    'sent',
    'acknowledged',
  ],
  [
    'an auto-reply, then an acknowledgement',
    [letter, weGot('auto-reply', 2), weGot('acknowledgement', 3)],
    'sent',
    'acknowledged',
  ],
  [
    'an acknowledgement, then a follow-up',
    [letter, weGot('acknowledgement', 2), weSent('email', 3)],
    'sent',
    'acknowledged',
  ],
  [
    'an acknowledgement, then a bounce',
    [letter, weGot('acknowledgement', 2), weGot('bounce', 3)],
    'bounced',
    'acknowledged',
  ],
  ['a reply', [letter, weGot('reply', 2)], 'sent', 'replied'],
  ['a reply to a letter nobody logged', [weGot('reply', 2)], 'not sent', 'replied'],
  ['a reply, then a follow-up', [letter, weGot('reply', 2), weSent('email', 3)], 'sent', 'replied'],
  [
    'a reply, then an acknowledgement',
    [letter, weGot('reply', 2), weGot('acknowledgement', 3)],
    'sent',
    'replied',
  ],
  ['a reply, then a bounce', [letter, weGot('reply', 2), weGot('bounce', 3)], 'bounced', 'replied'],
  ['a meeting', [letter, thereWas('meeting', 2)], 'sent', 'in talks'],
  ['a meeting without any letter', [thereWas('meeting', 2)], 'not sent', 'in talks'],
  [
    'a meeting at which the letter was handed over',
    [handedOver(thereWas('meeting', 2))],
    'other channel',
    'in talks',
  ],
  [
    'a bounce, then handed over at a meeting',
    [email, weGot('bounce', 2), handedOver(thereWas('meeting', 3))],
    'other channel',
    'in talks',
  ],
  ['a meeting, then a reply', [letter, thereWas('meeting', 2), weGot('reply', 3)], 'sent', 'in talks'],
  ['a refusal', [letter, weGot('declined', 2)], 'sent', 'declined'],
  ['a meeting, then a refusal', [letter, thereWas('meeting', 2), weGot('declined', 3)], 'sent', 'declined'],
  ['a refusal, then a reply', [letter, weGot('declined', 2), weGot('reply', 3)], 'sent', 'replied'],
  ['a refusal, then a meeting', [letter, weGot('declined', 2), thereWas('meeting', 3)], 'sent', 'in talks'],
  [
    'a reply and a refusal on the same day',
    [letter, weGot('declined', 2), weGot('reply', 2)],
    'sent',
    'declined',
  ],
  [
    'a promise, a pause and the end of it',
    [
      letter,
      { ...weGot(null, 2), kind: 'promise' },
      thereWas('clock pause', 2),
      thereWas('clock resumption', 3),
    ],
    'sent',
    'silent',
  ],
  ['closed before anybody wrote', [thereWas('closing', 2)], 'not sent', 'closed'],
  ['a letter sent after closing', [thereWas('closing', 1), weSent('letter', 2)], 'sent', 'closed'],
])('%s: %#', (_what, entries, delivery, engagement) => {
  expect(statusOf(entries)).toMatchObject({ delivery, engagement });
});

describe('a closed matter', () => {
  const closed = [letter, weGot('acknowledgement', 2), thereWas('closing', 3)];

  test.each<[string, EntryFacts[], Engagement]>([
    ['stays closed', [], 'closed'],
    ['stays closed when it is closed again', [thereWas('closing', 4)], 'closed'],
    ['stays closed for an acknowledgement', [weGot('acknowledgement', 4)], 'closed'],
    ['stays closed for an auto-reply', [weGot('auto-reply', 4)], 'closed'],
    ['is as before when it is reopened', [thereWas('reopening', 4)], 'acknowledged'],
    [
      'is as before also when it was closed twice',
      [thereWas('closing', 4), thereWas('reopening', 5)],
      'acknowledged',
    ],
    ['is reopened once only', [thereWas('reopening', 4), thereWas('reopening', 5)], 'acknowledged'],
    ['is opened by a reply', [weGot('reply', 4)], 'replied'],
    ['is opened by a meeting', [thereWas('meeting', 4)], 'in talks'],
    ['is opened by a refusal', [weGot('declined', 4)], 'declined'],
    [
      'is as it was before the last closing',
      [weGot('reply', 4), thereWas('closing', 5), thereWas('reopening', 6)],
      'replied',
    ],
    [
      'is not set back by a reopening after a reply',
      [weGot('reply', 4), thereWas('reopening', 5)],
      'replied',
    ],
    ['and reopened on the same day is as before', [thereWas('reopening', 3)], 'acknowledged'],
  ])('%s', (_what, then, engagement) => {
    expect(statusOf([...closed, ...then]).engagement).toBe(engagement);
  });

  test('stands, once reopened, where what came meanwhile has led', () => {
    const meanwhile = [letter, thereWas('closing', 2), weGot('acknowledgement', 3), thereWas('reopening', 4)];
    expect(statusOf(meanwhile).engagement).toBe('acknowledged');
  });

  test('was open, if it is only ever reopened', () => {
    expect(statusOf([letter, thereWas('reopening', 2)])).toMatchObject({ engagement: 'silent' });
  });
});

describe('a confirmed stance', () => {
  test.each<[string, EntryFacts[], Engagement]>([
    ['of somebody silent is an answer', [letter], 'replied'],
    ['after an auto-reply is an answer', [letter, weGot('auto-reply', 2)], 'replied'],
    ['after an acknowledgement is an answer', [letter, weGot('acknowledgement', 2)], 'replied'],
    ['does not end talks', [letter, thereWas('meeting', 2)], 'in talks'],
    ['does not undo a refusal', [letter, weGot('declined', 2)], 'declined'],
    ['does not open a closed matter', [letter, thereWas('closing', 2)], 'closed'],
    ['before a refusal leaves the refusal', [letter, weGot('declined', 9)], 'declined'],
  ])('%s', (_what, entries, engagement) => {
    expect(statusOf(entries, [{ at: october(5) }]).engagement).toBe(engagement);
  });

  test('changes nothing about delivery, and is no entry', () => {
    expect(statusOf([], [{ at: october(5) }])).toEqual({
      delivery: 'not sent',
      engagement: 'replied',
      changes: [{ axis: 'engagement', from: 'silent', to: 'replied', at: october(5), entry: null }],
    });
  });

  test('and the reply it was taken from, on the same day, are one answer', () => {
    const { changes } = statusOf([weGot('reply', 5)], [{ at: october(5) }]);
    expect(changes).toHaveLength(1);
  });
});

test('each change names the entry that caused it, in the order in which they happened', () => {
  const bounce = weGot('bounce', 2);
  const meeting = handedOver(thereWas('meeting', 3));
  const closing = thereWas('closing', 5);
  const reopening = thereWas('reopening', 6);
  const { changes } = statusOf([reopening, meeting, weSent('email', 4), closing, bounce, email]);
  expect(changes.map(({ axis, from, to }) => `${axis}: ${from} → ${to}`)).toEqual([
    'delivery: not sent → sent',
    'delivery: sent → bounced',
    'delivery: bounced → other channel',
    'engagement: silent → in talks',
    'delivery: other channel → sent',
    'engagement: in talks → closed',
    'engagement: closed → in talks',
  ]);
  expect(changes[0]!.entry).toBe(email);
  expect(changes[1]!.entry).toBe(bounce);
  expect(changes[2]!.entry).toBe(meeting);
  expect(changes[3]!.entry).toBe(meeting);
  expect(changes[5]!.entry).toBe(closing);
  expect(changes[6]!.entry).toBe(reopening);
});

test('each engagement either awaits an answer or is settled, and only answers and closing settle it', () => {
  expect([...unanswered, ...settled].toSorted()).toEqual(engagements.toSorted());
  expect(engagements.filter(isSettled)).toEqual(['replied', 'in talks', 'declined', 'closed']);
  expect(engagements.filter(hasAnswered)).toEqual(['replied', 'in talks', 'declined']);
  expect(answered).not.toContain('closed');
  expect(unheard).toEqual(['silent', 'auto-answered']);
});

test('every status reads as a few words, and no two read the same', () => {
  const all = deliveries.flatMap((delivery) =>
    engagements.map((engagement) => statusInWords({ delivery, engagement })),
  );
  expect(new Set(all).size).toBe(deliveries.length * engagements.length);
  for (const words of all) expect(words).toMatch(/^[A-Z][a-z ]+(, [a-z][a-z -]+)?$/);
  expect(all[0]).toBe('Not sent');
  expect(statusInWords({ delivery: 'sent', engagement: 'silent' })).toBe('Sent, silent');
  expect(statusInWords({ delivery: 'bounced', engagement: 'acknowledged' })).toBe(
    'Bounced, acknowledged only',
  );
  for (const name of [...Object.values(deliveryNames), ...Object.values(engagementNames)])
    expect(name).not.toMatch(/^$|undefined/);
});
