import type { List } from '../follow-ups/follow-up-list.js';
import type { InboxList } from '../replies/inbox.js';
import type { End, Source } from './news.rules.js';

type Words = {
  /** above the list of them */
  heading: [one: string, many: string];
  /** after their number in the subject; of follow-ups, the noun is said once */
  brief: [one: string, many: string];
  /** where all of them are listed */
  list: string;
};

const followUps = (list: List): string => `/follow-ups?list=${list}`;
const inbox = (list: InboxList): string => `/inbox?list=${encodeURIComponent(list)}`;

export const wordsOf: Record<End, Words> = {
  reply: {
    heading: [
      'One reply has come in. What is planned for them waits until you have read it:',
      'replies have come in. What is planned for them waits until you have read them:',
    ],
    brief: ['reply has come in', 'replies have come in'],
    list: inbox('to read'),
  },
  unplaced: {
    heading: [
      'One message may be an answer, and it is not certain whose. Say where it belongs:',
      'messages may be answers, and it is not certain whose. Say where they belong:',
    ],
    brief: ['message waits to be placed', 'messages wait to be placed'],
    list: inbox('waiting'),
  },
  complaint: {
    heading: ['One message of ours was reported as spam:', 'messages of ours were reported as spam:'],
    brief: ['complaint', 'complaints'],
    list: inbox('placed'),
  },
  uncertain: {
    heading: [
      'One follow-up may have gone, or not. Find out before anything is sent again:',
      'follow-ups may have gone, or not. Find out before anything is sent again:',
    ],
    brief: ['is uncertain', 'are uncertain'],
    list: followUps('attention'),
  },
  held: {
    heading: ['One follow-up is held until you decide:', 'follow-ups are held until you decide:'],
    brief: ['is held', 'are held'],
    list: followUps('attention'),
  },
  failed: {
    heading: ['One follow-up failed. Decide what to do:', 'follow-ups failed. Decide what to do:'],
    brief: ['failed', 'failed'],
    list: followUps('attention'),
  },
  bounce: {
    heading: [
      'One message of ours came back. Find another way to reach them:',
      'messages of ours came back. Find another way to reach them:',
    ],
    brief: ['bounce', 'bounces'],
    list: inbox('placed'),
  },
  left: {
    heading: [
      'One auto-reply says that somebody has left. Find out who holds the office now:',
      'auto-replies say that somebody has left. Find out who holds those offices now:',
    ],
    brief: ['auto-reply says that somebody has left', 'auto-replies say that somebody has left'],
    list: inbox('placed'),
  },
  challenge: {
    heading: [
      'One mail asks us to prove that we are people. No machine answers it:',
      'mails ask us to prove that we are people. No machine answers them:',
    ],
    brief: ['mail asks for a proof', 'mails ask for a proof'],
    list: inbox('placed'),
  },
  sent: {
    heading: ['One follow-up went out:', 'follow-ups went out:'],
    brief: ['went out', 'went out'],
    list: followUps('gone'),
  },
  captured: {
    heading: [
      'One follow-up was captured in the outbox and went to nobody:',
      'follow-ups were captured in the outbox and went to nobody:',
    ],
    brief: ['was captured', 'were captured'],
    list: followUps('gone'),
  },
  cancelled: {
    heading: [
      'One follow-up was cancelled because they answered:',
      'follow-ups were cancelled because they answered:',
    ],
    brief: ['was cancelled', 'were cancelled'],
    list: followUps('cancelled'),
  },
};

type SourceWords = {
  /** where one of them is */
  path: string;
  /** where they are listed */
  list: string;
  noun: [one: string, many: string];
  /** how it is said that one is there */
  older: string;
};

export const wordsOfSource: Record<Source, SourceWords> = {
  'follow-up': {
    path: '/follow-ups',
    list: '/follow-ups',
    noun: ['follow-up', 'follow-ups'],
    older: 'came to an end',
  },
  mail: { path: '/incoming-mail', list: '/inbox', noun: ['message', 'messages'], older: 'came in' },
};
