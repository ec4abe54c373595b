import { expect, test } from '@jest/globals';
import { readMessage } from '../../src/mail/read-message.js';
import { classify } from '../../src/replies/classify/classify.js';

const failed = [
  [
    'German',
    'Fehler bei der Zustellung an diese Empfänger:',
    'Die E-Mail-Adresse konnte nicht gefunden werden.',
  ],
  ['French', 'Échec de la remise à ces destinataires :', "L'adresse de messagerie est introuvable."],
  ['Spanish', 'Error de entrega a estos destinatarios:', 'No se encontró la dirección: usuario desconocido.'],
  ['Italian', 'Impossibile recapitare il messaggio ai destinatari:', 'Utente sconosciuto.'],
  ['Portuguese', 'A mensagem não foi entregue a:', 'O endereço não existe: usuário desconhecido.'],
  ['Dutch', 'Uw bericht kon niet worden bezorgd bij:', 'Het adres is niet gevonden: gebruiker onbekend.'],
  ['Swedish', 'Meddelandet kunde inte levereras till:', 'Adressen hittades inte.'],
  ['Danish', 'Beskeden kunne ikke leveres til:', 'Adressen findes ikke.'],
  ['Polish', 'Wiadomość nie mogła zostać dostarczona do:', 'Odbiorca nie istnieje.'],
  ['Czech', 'Zprávu nelze doručit těmto příjemcům:', 'Adresa neexistuje.'],
  ['Russian', 'Не удалось доставить сообщение получателю:', 'Пользователь не найден.'],
  ['Ukrainian', 'Не вдалося доставити повідомлення:', 'Одержувача не знайдено: user unknown.'],
  ['Turkish', 'İletiniz aşağıdaki alıcıya teslim edilemedi:', 'Alıcı bulunamadı.'],
  ['Japanese', '以下の受信者へ配信できませんでした:', 'メールアドレスが見つかりませんでした。'],
  ['Chinese', '无法将邮件传递给以下收件人:', '收件人不存在。'],
  ['Chinese of Taiwan', '無法傳遞郵件給下列收件者:', '查無此使用者。'],
  ['Korean', '다음 수신자에게 전송하지 못했습니다:', '수신자가 존재하지 않습니다.'],
] as const;

const late = [
  ['English', 'This message has not been delivered yet. The server will keep trying to deliver it to:'],
  ['German', 'Die Zustellung verzögert sich. Es wird weiterhin versucht, die Nachricht zuzustellen an:'],
  ['French', 'La remise est retardée. De nouvelles tentatives suivront pour :'],
  ['Spanish', 'La entrega se ha retrasado y se seguirá intentando para:'],
  ['Japanese', '配信が遅延しています。再送を試みます。'],
] as const;

const wrote = async (sentence: string, reason: string) => {
  const mail = `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.net>
To: letters@coalition.example.org
Subject: An open letter
Content-Type: text/plain; charset=utf-8

${sentence}

kim@corp.example.com
${reason}
`;
  return classify(await readMessage(Buffer.from(mail)), { addresses: [] });
};

test.each(failed)('in %s a daemon says that there is nobody', async (_, sentence, reason) => {
  const { kind, problem } = await wrote(sentence, reason);
  expect({ kind, ...problem }).toMatchObject({
    kind: 'bounce',
    hard: true,
    cause: 'no such mailbox',
    address: 'kim@corp.example.com',
  });
});

test.each(late)('in %s a daemon says that it still tries', async (_, sentence) => {
  const { kind, problem } = await wrote(sentence, '451 4.7.1 try again later');
  expect({ kind, ...problem }).toMatchObject({
    kind: 'delayed',
    hard: false,
    address: 'kim@corp.example.com',
  });
});

test.each([
  [
    'German',
    'Unzustellbar: Brief',
    'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:',
  ],
  ['French', 'Non remis : Lettre', 'Échec de la remise pour ces destinataires ou groupes :'],
  ['Spanish', 'No se puede entregar: Carta', 'Error de entrega a estos destinatarios o grupos:'],
  ['Portuguese', 'Não foi entregue: Carta', 'Falha na entrega a estes destinatários ou grupos:'],
  ['Italian', 'Non recapitabile: Lettera', 'Mancato recapito ai seguenti destinatari o gruppi:'],
  ['Dutch', 'Onbestelbaar: Brief', 'Kon niet worden bezorgd bij deze geadresseerden of groepen:'],
  ['Swedish', 'Kunde inte levereras: Brev', 'Kunde inte levereras till dessa mottagare eller grupper:'],
  [
    'Polish',
    'Nie dostarczono: List',
    'Wiadomość nie mogła zostać dostarczona do następujących adresatów lub grup:',
  ],
  ['Czech', 'Nedoručeno: Dopis', 'Zprávu nelze doručit. Týká se to těmto příjemcům nebo skupinám:'],
  ['Russian', 'Не доставлено: Письмо', 'Не удалось доставить следующим получателям или группам:'],
])(
  'Exchange in %s, sent in the name of a postmaster and nothing more, is a bounce',
  async (_, subject, sentence) => {
    const mail = `From: <postmaster@office.example.com>
To: letters@coalition.example.org
Subject: ${subject}
Content-Type: text/plain; charset=utf-8

${sentence}

mara@office.example.com
`;
    const message = await readMessage(Buffer.from(mail));
    expect(classify(message, { addresses: ['letters@coalition.example.org'] })).toMatchObject({
      kind: 'bounce',
      problem: { address: 'mara@office.example.com' },
    });
  },
);
