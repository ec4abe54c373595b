import { Notice, type NoticeRecord } from '../mail/notice.model.js';

const SHOWN_DAYS = 7;

const troubled = ['deferred', 'failed', 'uncertain', 'suppressed'];

/** The last mail with a link to each person within seven days, by the person's id, where it may not have arrived. */
export async function readMailTrouble(now: Date): Promise<Record<string, MailTrouble>> {
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000);
  const mails = await Notice.find(
    { createdAt: { $gte: since }, kind: 'account' },
    { key: 1, state: 1, response: 1, createdAt: 1 },
  )
    .sort({ createdAt: 1 })
    .lean<MailTrouble[]>();
  const last = new Map(mails.map((mail) => [whose(mail.key), mail]));
  return Object.fromEntries([...last].filter(([, { state }]) => troubled.includes(state)));
}

export type MailTrouble = Pick<NoticeRecord, 'key' | 'state' | 'response' | 'createdAt'>;

/** `invitation <user> <instant>` and `password-reset <user> <instant>` */
const whose = (key: string): string => key.split(' ')[1] ?? '';
