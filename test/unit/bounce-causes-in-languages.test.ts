import { expect, test } from '@jest/globals';
import type { BounceCause } from '../../src/replies/incoming.rules.js';
import { diagnose } from '../../src/replies/classify/causes.js';

/** What servers say in each language of a full mailbox, and of one that is not there. */
const languages: [string, full: string, nobody: string][] = [
  ['Arabic', 'صندوق بريد المستلم ممتلئ', 'المستخدم غير موجود'],
  ['Bulgarian', 'Пощенската кутия е пълна', 'Получателят не съществува'],
  ['Croatian', 'Sandučić primatelja je pun', 'Korisnik ne postoji'],
  ['Czech', 'Schránka příjemce je plná', 'Adresa neexistuje'],
  ['Danish', 'Modtagerens postkasse er fuld', 'Modtageren findes ikke'],
  ['Dutch', 'Het postvak van de ontvanger is vol', 'De gebruiker is onbekend'],
  ['Estonian', 'Saaja postkast on täis', 'Sellist kasutajat ei leitud: tundmatu kasutaja'],
  ['Finnish', 'Vastaanottajan postilaatikko on täynnä', 'Vastaanottajaa ei löydy'],
  ['French', "L'utilisateur a dépassé son quota", "Cette adresse est inconnue: l'utilisateur n'existe pas"],
  ['German', 'Das Kontingent des Postfachs ist überschritten', 'Der Empfänger ist unbekannt'],
  ['Greek', 'Το γραμματοκιβώτιο του παραλήπτη είναι πλήρες', 'Ο παραλήπτης δεν υπάρχει'],
  ['Hebrew', 'תיבת הדואר של הנמען מלאה', 'הכתובת אינה קיימת'],
  ['Hungarian', 'A címzett postafiókja megtelt', 'Nincs ilyen felhasználó'],
  ['Indonesian', 'Kotak surat penerima penuh', 'Pengguna tidak ditemukan'],
  ['Italian', 'La casella di posta ha superato la quota', 'Utente sconosciuto'],
  ['Latvian', 'Saņēmēja pastkaste ir pilna', 'Lietotājs neeksistē'],
  ['Lithuanian', 'Gavėjo pašto dėžutė perpildyta', 'Gavėjas nerastas'],
  ['Norwegian', 'Mottakerens postboks er full', 'Mottakeren finnes ikke'],
  ['Polish', 'Przekroczono limit skrzynki', 'Nie ma takiego użytkownika'],
  ['Portuguese', 'A caixa postal excedeu a cota', 'Usuário desconhecido'],
  ['Romanian', 'Căsuța poștală este plină', 'Utilizatorul nu există'],
  ['Serbian', 'Сандуче примаоца је пуно', 'Корисник не постоји'],
  ['Slovak', 'Schránka príjemcu je plná', 'Adresát neexistuje: adresa neexistuje'],
  ['Slovene', 'Nabiralnik prejemnika je poln', 'Naslov ne obstaja'],
  ['Spanish', 'Se ha superado la cuota del buzón', 'El usuario no existe'],
  ['Swedish', 'Mottagarens brevlåda är full', 'Adressen finns inte'],
  ['Thai', 'กล่องจดหมายของผู้รับเต็ม', 'ไม่พบผู้รับ'],
  ['Turkish', 'Alıcının posta kutusu dolu', 'Kullanıcı bulunamadı'],
  ['Ukrainian', 'Поштова скринька переповнена', 'Одержувача не знайдено: користувача не існує'],
  ['Vietnamese', 'Hộp thư của người nhận đã đầy', 'Địa chỉ không tồn tại'],
];

test.each(languages)('in %s a full mailbox is told from one that is not there', (_, full, nobody) => {
  expect(diagnose(full, null)).toMatchObject({ cause: 'mailbox full', hard: false });
  expect(diagnose(nobody, null)).toMatchObject({ cause: 'no such mailbox', hard: true });
});

test.each<[BounceCause, string]>([
  ['mailbox closed', 'La cuenta de correo ha sido dada de baja'],
  ['mailbox closed', 'A postafiók megszűnt'],
  ['mailbox closed', 'Brevlådan är avslutad'],
  ['mailbox closed', 'Contul a fost dezactivat'],
  ['mailbox closed', 'Tài khoản đã bị khóa'],
  ['mailbox closed', 'The account of the recipient was removed'],
])('an address that is closed will not work again: %s, %s', (cause, words) => {
  expect(diagnose(words, null)).toMatchObject({ cause, hard: true });
});

test.each<[BounceCause, string]>([
  ['too large', 'Meddelelsen er større end den tilladte størrelse for modtageren'],
  ['too large', 'Viesti on liian suuri'],
  ['too large', 'Il messaggio supera la dimensione massima'],
  ['too large', 'Сообщение слишком большое: превышает допустимый размер'],
  ['server not reached', 'Palvelimeen ei saatu yhteyttä'],
  ['expired', 'Le serveur ne répond pas depuis 5 jours'],
  ['expired', 'Der Server hat innerhalb von 5 Tagen nicht geantwortet'],
  ['blocked as spam', 'Mottagarens server avvisade meddelandet som skräppost'],
  ['blocked as spam', 'Nadawca jest na czarnej liście'],
  ['policy', 'Motivo: archivo adjunto no permitido'],
  ['policy', 'because they have set their terminal to limit mail by domain'],
  ['policy', 'The recipient only accepts messages from senders on an approved list, and yours is deleted'],
  ['policy', 'Remote_host_said:_550_SPF_check_failed:_192.0.2.10_is_not_allowed_to_send'],
  ['blocked as spam', 'The e-mail message was deleted because a virus was found in it'],
])('a cause that may pass leaves the address as it is: %s, %s', (cause, words) => {
  expect(diagnose(words, null)).toMatchObject({ cause, hard: false });
});

test.each<[BounceCause, string, string | null]>([
  ['domain gone', "DNS type 'mx' lookup of gone.example.com responded with code NXDOMAIN", '4.0.0'],
  ['domain gone', 'Reason: Illegal host/domain name found', null],
  ['rejected', '524 5.2.4 Mailing list expansion problem', '5.2.4'],
])('a name that is not there is final, be the status what it may: %s, %s', (cause, words, status) => {
  expect(diagnose(words, status)).toMatchObject({ cause, hard: true });
});

test('a name server that could not answer may answer later', () => {
  expect(diagnose('450 4.1.2 Domain not found', '4.1.2').hard).toBe(false);
  expect(diagnose('Host or domain name not found. Name service error: try again', '4.4.3').hard).toBe(false);
});
