import { describe, expect, test } from '@jest/globals';
import { endOfMail, isAsItCame } from '../../src/reminders/mail-news.rules.js';
import { composeNews } from '../../src/reminders/news-text.js';
import {
  isNewsTo,
  isToldWith,
  newsFrom,
  newsKey,
  type End,
  type News,
  type SettledItem,
} from '../../src/reminders/news.rules.js';
import { incomingKinds } from '../../src/replies/incoming.rules.js';
import { incomingStates } from '../../src/replies/incoming-mail.model.js';

const reader = { name: 'Ana Example', timeZone: 'America/New_York' };
const compose = (items: SettledItem[], older: Partial<News['older']> = {}) =>
  composeNews({ items, older: { mail: 0, 'follow-up': 0, ...older } }, reader, 'https://a.example');

const item = (end: End, own: Partial<SettledItem> = {}): SettledItem => ({
  id: end,
  about: 'Example, Chief executive',
  subject: 'Our letter',
  end,
  at: new Date('2026-11-24T14:00:00Z'),
  reasons: [`Why it is ${end}.`],
  ...own,
});

test('it says first what needs a person, then what went, on the clock of its reader', () => {
  const all = (['cancelled', 'sent', 'captured', 'failed', 'held', 'uncertain'] as const).map((end) =>
    item(end),
  );
  const { subject, text } = compose([...all, item('sent', { id: 'sent2', subject: null })]);
  expect(subject).toBe(
    '2 follow-ups went out, 1 is held, 1 failed, 1 is uncertain, 1 was captured, 1 was cancelled',
  );
  expect(text).toBe(`Hello Ana Example,

This is what came in, and what follow-ups came to by themselves.

One follow-up may have gone, or not. Find out before anything is sent again:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00. Why it is uncertain.
  https://a.example/follow-ups/uncertain

One follow-up is held until you decide:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00. Why it is held.
  https://a.example/follow-ups/held

One follow-up failed. Decide what to do:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00. Why it is failed.
  https://a.example/follow-ups/failed

2 follow-ups went out:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00.
  https://a.example/follow-ups/sent
- Example, Chief executive, 24 November 2026, 09:00.
  https://a.example/follow-ups/sent2

One follow-up was captured in the outbox and went to nobody:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00.
  https://a.example/follow-ups/captured

One follow-up was cancelled because they answered:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00.
  https://a.example/follow-ups/cancelled

Answerable writes to you about this at most once an hour, and only when there is something to say.`);
});

test.each<[string, SettledItem[]]>([
  ['3 follow-ups went out, 1 is held', [item('held'), item('sent'), item('sent'), item('sent')]],
  ['1 follow-up went out', [item('sent')]],
  [
    '2 follow-ups are uncertain, 2 were cancelled',
    (['uncertain', 'cancelled'] as const).flatMap((end) => [item(end), item(end)]),
  ],
])('the subject counts them: %s', (subject, items) => {
  expect(compose(items).subject).toBe(subject);
});

test('fifty are written out, those that need a person before all others, and the rest is counted with a link', () => {
  const many = (end: End, count: number) =>
    Array.from({ length: count }, (_, n) => item(end, { id: `${end}-${n}` }));
  const { subject, text } = compose([...many('cancelled', 2), ...many('sent', 1200), ...many('failed', 20)]);
  expect(subject).toBe('1,200 follow-ups went out, 20 failed, 2 were cancelled');
  expect(text.match(/follow-ups\/failed-/g)).toHaveLength(20);
  expect(text.match(/follow-ups\/sent-/g)).toHaveLength(30);
  expect(text).toContain('- And 1,170 more. Start from here:\n  https://a.example/follow-ups?list=gone\n');
  expect(text).toContain('- They are listed here:\n  https://a.example/follow-ups?list=cancelled\n');
});

test('what is too old to list is counted, alone as well', () => {
  const { subject, text } = compose([], { 'follow-up': 2 });
  expect(subject).toBe('2 follow-ups came to an end more than 7 days ago');
  expect(text).toContain(
    '2 follow-ups came to an end more than 7 days ago, and no mail could tell you then. See the lists:\n\nhttps://a.example/follow-ups\n',
  );
  expect(compose([item('sent')], { 'follow-up': 1 }).subject).toBe('1 follow-up went out');
  const both = compose([], { mail: 1, 'follow-up': 1 });
  expect(both.subject).toBe(
    'One message came in more than 7 days ago, One follow-up came to an end more than 7 days ago',
  );
  expect(both.text).toContain(
    'One message came in more than 7 days ago, and no mail could tell you then. See the lists:\n\nhttps://a.example/inbox\n',
  );
});

describe('incoming mail', () => {
  test('comes first, replies before all, each with a link to it', () => {
    const { subject, text } = compose([
      item('sent'),
      item('held'),
      item('challenge', { subject: null }),
      item('left', { subject: null }),
      item('bounce', { subject: null }),
      item('complaint', { subject: null }),
      item('unplaced', { reasons: [] }),
      item('reply', { subject: 'Re: Our letter', reasons: [] }),
      item('reply', { id: 'reply2', reasons: [] }),
    ]);
    expect(subject).toBe(
      '2 replies have come in, 1 message waits to be placed, 1 complaint, 1 bounce, 1 auto-reply says that somebody has left, 1 mail asks for a proof, 1 follow-up went out, 1 is held',
    );
    expect(text).toContain(`This is what came in, and what follow-ups came to by themselves.

2 replies have come in. What is planned for them waits until you have read them:

- Example, Chief executive: “Re: Our letter”, 24 November 2026, 09:00.
  https://a.example/incoming-mail/reply
- Example, Chief executive: “Our letter”, 24 November 2026, 09:00.
  https://a.example/incoming-mail/reply2

One message may be an answer, and it is not certain whose. Say where it belongs:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00.
  https://a.example/incoming-mail/unplaced

One message of ours was reported as spam:

- Example, Chief executive, 24 November 2026, 09:00. Why it is complaint.
  https://a.example/incoming-mail/complaint

One follow-up is held until you decide:

- Example, Chief executive: “Our letter”, 24 November 2026, 09:00. Why it is held.
  https://a.example/follow-ups/held

One message of ours came back. Find another way to reach them:

- Example, Chief executive, 24 November 2026, 09:00. Why it is bounce.
  https://a.example/incoming-mail/bounce
`);
  });

  test('replies leave nothing out of the list before follow-ups do', () => {
    const replies = Array.from({ length: 60 }, (_, n) => item('reply', { id: `r${n}` }));
    const { subject, text } = compose([item('uncertain'), ...replies]);
    expect(subject).toBe('60 replies have come in, 1 follow-up is uncertain');
    expect(text.match(/incoming-mail\/r/g)).toHaveLength(50);
    expect(text).toContain('- And 10 more. Start from here:\n  https://a.example/inbox?list=to%20read\n');
    expect(text).toContain('- They are listed here:\n  https://a.example/follow-ups?list=attention\n');
  });

  test('is told where it is a person’s matter, and not where a machine only says what it does', () => {
    const as = (state: 'placed' | 'waiting', gone = false) =>
      Object.fromEntries(
        incomingKinds.map((kind) => [
          kind,
          endOfMail({ kind, state, leaver: gone ? { successorName: '', successorAddress: '' } : null }),
        ]),
      );
    const waiting = {
      reply: 'unplaced',
      'auto-reply': null,
      bounce: 'bounce',
      delayed: null,
      complaint: 'complaint',
      'read-receipt': null,
      challenge: 'challenge',
      own: null,
      list: null,
      unreadable: 'unplaced',
    };
    expect(as('waiting')).toEqual(waiting);
    expect(as('placed')).toEqual({ ...waiting, reply: 'reply' });
    expect(as('placed', true)).toEqual({ ...waiting, reply: 'reply', 'auto-reply': 'left' });
  });

  test('is news as long as it is where the machine put it', () => {
    const placements = { placed: 1, waiting: 0, 'set aside': 0 };
    const of = (own: Partial<Parameters<typeof isAsItCame>[0]>) =>
      incomingStates.map((state) =>
        isAsItCame({ state, placements: placements[state], placedBy: null, readAt: null, ...own }),
      );
    expect(of({})).toEqual([true, true, false]);
    expect(of({ readAt: new Date() })).toEqual([false, false, false]);
    expect(of({ placedBy: 'somebody' as never })).toEqual([false, false, false]);
    // taken back, and placed once more
    expect([of({ placements: 1 })[0], of({ placements: 2 })]).toEqual([false, [false, false, false]]);
  });
});

test('a subject or a name cannot begin a line of its own', () => {
  const { text } = compose([
    item('held', { about: 'Example\n# Big', subject: 'One\r\n\r\n- two', reasons: ['A\nb.'] }),
  ]);
  expect(text).toContain('- Example # Big: “One - two”, 24 November 2026, 09:00. A b.\n');
});

describe('what is news to whom', () => {
  const row = { ...item('sent'), readers: ['ana', 'ben'], toldTo: ['ben'] };

  test('what is theirs and they were not told of', () => {
    expect(['ana', 'ben', 'cleo'].map((reader) => isNewsTo(reader, row))).toEqual([true, false, false]);
  });

  test('it is told when the last of its readers is', () => {
    expect(isToldWith('ana', row)).toBe(true);
    expect(isToldWith('ana', { ...row, toldTo: [] })).toBe(false);
  });

  test('for seven days to the millisecond; then it is only counted', () => {
    const now = new Date('2026-11-24T12:00:00Z');
    const at = (instant: string) => item('sent', { at: new Date(instant) });
    const news = newsFrom([at('2026-11-17T12:00:00Z'), at('2026-11-17T11:59:59.999Z')], now);
    expect([news.items.map(({ at: when }) => when.toISOString()), news.older]).toEqual([
      ['2026-11-17T12:00:00.000Z'],
      { 'follow-up': 1, mail: 0 },
    ]);
  });

  test('one mail has the name of its reader and its hour', () => {
    expect(newsKey({ _id: 'ana' }, new Date('2026-11-24T10:59:59Z'))).toBe('news ana 2026-11-24T10');
  });
});
