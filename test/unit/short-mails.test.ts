import { expect, test } from '@jest/globals';
import { inspectMail } from '../../src/replies/inspect-mail.js';

const generated = 'Auto-Submitted: auto-generated';
const bulk = 'Precedence: bulk';
const nobody = 'Return-Path: <>';
const suppressed = 'X-Auto-Response-Suppress: All';

const kindOf = async (headers: string, subject: string, text: string): Promise<string> => {
  const lines = [
    ...(headers ? [headers] : []),
    ...(headers.includes('From:') ? [] : ['From: Anna Sample <anna.sample@company.test>']),
    'To: letter@example.org',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
  ];
  const mail = Buffer.from(`${lines.join('\n')}\n\n${text}\n`);
  const { kind } = await inspectMail(mail, {
    ourselves: { addresses: ['letter@example.org'] },
    trustedServer: null,
  });
  return kind;
};

type Row = [headers: string, subject: string, text: string];

const programs: Row[] = [
  [
    '',
    'Automatic reply: Open letter',
    'Hi, I am currently on parental leave and will return in May 2027. Jane is covering for me.',
  ],
  [
    '',
    'Out of Office: Re: Open letter',
    'Hello, thank you for your e-mail. I am currently away and will be back on 7 December. Regards, Tom',
  ],
  ['', 'Out of office', "I'm out of the office this week with no access to email."],
  [
    nobody + '\n' + generated,
    'Re: Open letter',
    "Thanks for your email. I'm on annual leave until Monday 7 December.",
  ],
  [
    generated,
    'Re: Open letter',
    'Thank you for contacting the office of Jane Roe MP. This is an automatic acknowledgement to confirm that your email has arrived.',
  ],
  [
    generated,
    'We have received your enquiry (ref 4711)',
    'Thank you for your enquiry. Your reference number is 4711. A member of the team will be in touch within 5 working days.',
  ],
  [bulk, 'Auto: Open letter', 'Thank you for your message, which has been received by our office.'],
  [
    '',
    'Autoreply: Open letter',
    'Due to the volume of mail received, we cannot reply to everybody. This is an automated response.',
  ],
  [suppressed + '\n' + generated, 'Réponse automatique : Lettre ouverte', 'Je suis en congés.'],
  [
    '',
    'Absence du bureau : Lettre ouverte',
    'Je serai de retour le 7 décembre. Pour toute urgence contactez le secrétariat.',
  ],
  [
    '',
    'Abwesenheitsnotiz',
    'Guten Tag, ich befinde mich bis 7.12. im Urlaub. Ihre E-Mail wird nicht weitergeleitet.',
  ],
  ['', 'Automatische Antwort: Offener Brief', 'Ich bin derzeit in Elternzeit und kehre im Mai zurück.'],
  [
    '',
    'Fuera de la oficina: Carta abierta',
    'Gracias por su mensaje. Me encuentro de viaje con acceso limitado al correo hasta el lunes.',
  ],
  [
    '',
    'Fora do escritório: Carta aberta',
    'Estou de férias até 7 de dezembro. Em caso urgente ligue para a recepção.',
  ],
  ['', 'Fuori ufficio: Lettera aperta', 'Sarò assente dal 24 novembre al 7 dicembre.'],
  ['', 'Afwezig: Open brief', 'Ik ben met vakantie tot 7 december. Uw bericht wordt niet doorgestuurd.'],
  ['', 'Frånvaro: Öppet brev', 'Jag är tjänstledig till maj.'],
  [
    '',
    'Fraværsmelding: Åpent brev',
    'Jeg er på reise og har begrenset tilgang til e-post. Ved hastesaker ring kontoret.',
  ],
  [
    '',
    'Nieobecność: List otwarty',
    'Dzień dobry, do 7 grudnia jestem na urlopie. W sprawach pilnych proszę o kontakt z sekretariatem.',
  ],
  ['', 'Автоответ: Открытое письмо', 'Здравствуйте! До 7 декабря я в отпуске.'],
  ['', 'Ofis dışında: Açık mektup', '7 Aralık’a kadar yıllık izindeyim.'],
  ['', '不在通知: 公開書簡', '出張のため12月7日まで不在です。'],
  ['', '自动回复:公开信', '我现在不在办公室,请稍后联系。'],
  ['', '자동 응답: 공개서한', '출장 중이라 답변이 늦을 수 있습니다.'],
  ['', 'מענה אוטומטי: מכתב פתוח', 'אני בחופשה ואחזור ביום שני.'],
  ['', 'رد آلي: رسالة مفتوحة', 'أنا حاليا في إجازة حتى الأحد القادم.'],
  ['', 'Automatic reply: Open letter', 'This mailbox is no longer in use.'],
  ['', 'Automatic reply: Open letter', 'Please note that Tom Poe no longer works at Example Company.'],
  [
    generated + '\nX-Zendesk-Id: 1',
    'Ticket 123: Open letter',
    'Hello, we have received your email and will get back to you as soon as possible. Your ticket number is 123456.',
  ],
  [
    generated,
    'Your message to the Commission',
    'Dear Sir or Madam, we acknowledge receipt of your message. It has been registered under number Ares(2026)123456. Please do not reply to this message.',
  ],
  [
    generated,
    'Eingangsbestätigung',
    'Sehr geehrte Damen und Herren, wir haben Ihre E-Mail erhalten. Sie wird schnellstmöglich bearbeitet. Diese Nachricht wurde automatisch erstellt.',
  ],
  [
    generated,
    'Votre message',
    'Bonjour, nous avons bien reçu votre message et nous vous répondrons dans les plus brefs délais.',
  ],
  [
    'From: noreply@company.test',
    'Thank you for contacting us',
    'This is an automated message, please do not reply. We have received your enquiry and will respond within 10 working days.',
  ],
  [nobody + '\n' + bulk, 'Thank you for your e-mail', 'We will reply as soon as possible.'],
];

const people: Row[] = [
  [
    suppressed,
    'Out of office until Monday',
    'Quick heads-up: our CEO read your letter on the plane. Details when he lands.',
  ],
  [
    suppressed,
    'RE: Open letter',
    'I am out of the office until Monday. Happy to talk on Tuesday at ten; yes in principle.',
  ],
  [bulk, 'Re: Open letter', 'We have received your letter. Our answer to all three asks is yes.'],
  [generated, 'Re: Open letter', 'We have received your letter. Our answer to all three asks is yes.'],
  [
    generated,
    'Re: Open letter',
    'Thank you for writing. The board discussed it; we cannot agree to the third ask.',
  ],
  [
    generated + '\nX-Zendesk-X: 1',
    'Re: Open letter',
    'Thank you for your letter. Your request was discussed by the board. We will respond to the second point as soon as possible, but the first is accepted.',
  ],
  [generated, 'Re: [#4711] Open letter', 'Hello,\n\nyour ticket #4711 has been answered:\n\nWe agree.\n'],
  [
    bulk + '\n' + generated,
    'Re: Open letter',
    'Dear signatories, the minister has asked me to reply. The law will be changed.',
  ],
  ['', 'Automatic reply to your open letter? No, a real one', 'We are people and we agree.'],
  ['', 'Re: Open letter', 'Ich bin nicht mehr bei der Firma, aber privat unterschreibe ich gern.'],
  ['', 'Re: Open letter', 'Je suis absente du bureau cette semaine, mais oui, nous signons.'],
  ['', 'Re: 公開書簡', '出張中のため短くなりますが、賛成します。'],
  [
    '',
    'Re: Open letter',
    'Your ticket to our AGM has been created: the board wants you there on 3 December. Number 4711.',
  ],
  [
    '',
    'Re: Open letter',
    'Please confirm your address by replying to this message, then we will post the signed pledge.',
  ],
  [
    '',
    'Re: Open letter',
    'Please click on the link to confirm the meeting: https://company.test/meet. Your message was read out to the board.',
  ],
  ['', 'Subscription', 'unsubscribe'],
  [
    'List-Unsubscribe: <https://crm.test/u>\n' + bulk,
    'A word on your letter',
    'Dear coalition, our chair wants to meet you.\n\nUnsubscribe',
  ],
  [
    'List-Unsubscribe: <https://crm.test/u>',
    'A word on your letter',
    'Dear coalition, our chair wants to meet you.\n\nUnsubscribe from these mails.',
  ],
  ['List-Id: x <x.company.test>\nPrecedence: list', 'Your letter', 'We decline.'],
  [nobody, 'Re: Open letter', 'Yes.'],
  [nobody, 'Re: Open letter', "Thanks for your email. I'm on annual leave until Monday 7 December."],
  [nobody, 'Automatic reply: no, one by hand', 'No machine wrote this. I object to the third ask.'],
  [nobody, 'Re: Open letter', 'Ms Roe no longer works here. The chair took your letter home with her.'],
  [nobody, 'Re: Open letter', 'Our office is closed on Fridays; come on Thursday and we sign.'],
  [
    'Auto-Submitted: no',
    'Automatic reply: x',
    'I typed this subject myself. I am out of the office, and the answer is no.',
  ],
  ['X-Autoreply: no', 'Re: Open letter', 'No.'],
  ['X-MS-Exchange-Inbox-Rules-Loop: a@company.test', 'Open letter', 'We agree.'],
  ['', 'Read: Open letter', 'Your letter was read to the whole team on Thursday. We are in.'],
  ['', 'Not read: Open letter', 'Nobody here has time to read this.'],
  [
    '',
    'Undelivered',
    'Your parcel of signatures never reached us. Delivery has failed, it seems. Please send it again.',
  ],
  ['', 'Complaint about message from your coalition', 'I complain. Your tone is unfair.'],
  ['', 'Report Domain: example.org', 'Is this your domain? We want to report on you in the newspaper.'],
  [
    '',
    'Re: Delivery Status Notification (Failure)',
    'My mail came back, here again: we will support the bill.',
  ],
  ['', 'Mail delivery failed? No!', 'It did arrive and we agree.'],
];

test.each(programs)('a program wrote: %s / %s / %s', async (headers, subject, text) => {
  expect(await kindOf(headers, subject, text)).toBe('auto-reply');
});

test.each(people)('a person wrote: %s / %s / %s', async (headers, subject, text) => {
  expect(await kindOf(headers, subject, text)).toBe('reply');
});
