import { expect, test } from '@jest/globals';
import { leaverIn } from '../../src/replies/classify/leaver.js';

test.each<[string, string, object | null]>([
  [
    'English, with an address',
    'I no longer work for Example plc. Please contact Jane Roe at Jane.Roe@company.test.',
    { name: 'Jane Roe', address: 'jane.roe@company.test' },
  ],
  [
    'English, with a post between name and address',
    'Tom Poe has left the company. For anything about safety, write to Jane Roe, our Head of Policy, at jane@company.test',
    { name: 'Jane Roe', address: 'jane@company.test' },
  ],
  [
    'English, a given name',
    'I have left the organisation. Please contact Jane at jane@company.test instead.',
    { name: 'Jane', address: 'jane@company.test' },
  ],
  [
    'English, below each other',
    'Tom is no longer with the company.\n\nPlease contact:\n\nJane Roe\njane@company.test',
    { name: 'Jane Roe', address: 'jane@company.test' },
  ],
  [
    'English, an address alone',
    'This person is no longer employed here. Please contact press@company.test.',
    { address: 'press@company.test' },
  ],
  ['English, a name alone', 'I have now retired. My successor is Ms Jane Roe.', { name: 'Jane Roe' }],
  ['English, nobody', 'Tom Poe has left the company. This mailbox is not read.', null],
  [
    'German',
    'Ich bin nicht mehr für die Beispiel AG tätig. Bitte wenden Sie sich an meine Nachfolgerin Frau Erika Muster (erika.muster@firma.test).',
    { name: 'Erika Muster', address: 'erika.muster@firma.test' },
  ],
  [
    'German, gone from the company',
    'Herr Max Muster hat das Unternehmen verlassen. Kontaktieren Sie bitte info@firma.test',
    { address: 'info@firma.test' },
  ],
  [
    'French',
    'Je ne fais plus partie de la société. Merci de contacter Jeanne Dupré : jeanne.dupre@societe.test',
    { name: 'Jeanne Dupré', address: 'jeanne.dupre@societe.test' },
  ],
  [
    'Spanish',
    'Ya no trabajo en la empresa. Por favor, contacte con Juana Pérez (juana@empresa.test).',
    { name: 'Juana Pérez', address: 'juana@empresa.test' },
  ],
  [
    'Portuguese',
    'Já não trabalho na empresa. Contacte a Joana da Silva em joana@empresa.test',
    { name: 'Joana da Silva', address: 'joana@empresa.test' },
  ],
  [
    'Italian',
    "Non lavoro più in azienda. Può rivolgersi a Gianna Rossi all'indirizzo gianna@azienda.test",
    { name: 'Gianna Rossi', address: 'gianna@azienda.test' },
  ],
  [
    'Dutch',
    'Ik ben niet meer werkzaam bij het bedrijf. Neem contact op met Jan van der Berg via jan@bedrijf.test',
    { name: 'Jan van der Berg', address: 'jan@bedrijf.test' },
  ],
  [
    'Swedish',
    'Jag arbetar inte längre på bolaget. Kontakta Anna Svensson på anna@bolag.test',
    { name: 'Anna Svensson', address: 'anna@bolag.test' },
  ],
  [
    'Danish',
    'Jeg er ikke længere ansat i virksomheden. Kontakt venligst Anne Hansen på anne@firma.test',
    { name: 'Anne Hansen', address: 'anne@firma.test' },
  ],
  [
    'Finnish',
    'En ole enää yrityksen palveluksessa. Ottakaa yhteyttä: Anna Virtanen, anna@yritys.test',
    { name: 'Anna Virtanen', address: 'anna@yritys.test' },
  ],
  [
    'Polish',
    'Nie pracuję już w firmie. Proszę o kontakt z Anną Kowalską: anna@firma.test',
    { name: 'Anną Kowalską', address: 'anna@firma.test' },
  ],
  [
    'Russian',
    'Я больше не работаю в компании. Обращайтесь к Анне Ивановой: anna@firma.test',
    { name: 'Анне Ивановой', address: 'anna@firma.test' },
  ],
  [
    'Turkish',
    'Artık şirkette çalışmıyorum. Lütfen Ayşe Yılmaz ile iletişime geçin: ayse@sirket.test',
    { name: 'Ayşe Yılmaz', address: 'ayse@sirket.test' },
  ],
  [
    'Japanese',
    '私は退職いたしました。後任の佐藤(sato@kaisha.test)までご連絡ください。',
    { address: 'sato@kaisha.test' },
  ],
  ['Chinese', '我已离职。请联系王芳:wang@gongsi.test', { address: 'wang@gongsi.test' }],
  ['Korean', '저는 퇴사하였습니다. 문의는 kim@hoesa.test 로 연락 바랍니다.', { address: 'kim@hoesa.test' }],
  ['Arabic', 'لم أعد أعمل في الشركة. يرجى التواصل مع mona@sharika.test', { address: 'mona@sharika.test' }],
  ['Hebrew', 'אינני עובד עוד בחברה. ניתן לפנות אל dana@hevra.test', { address: 'dana@hevra.test' }],
])('somebody has left for good: %s', (_what, words, successor) => {
  expect(leaverIn(words)).toEqual({ isGone: true, successor });
});

test.each([
  'I am out of the office until 7 December. In urgent cases please contact Jane Roe at jane@company.test.',
  'Ich bin bis zum 7. Dezember nicht im Büro. Bitte wenden Sie sich an Erika Muster, erika@firma.test.',
  'Je suis absente du bureau jusqu’au 7 décembre. En cas d’urgence, contactez jeanne@societe.test.',
  'I am on parental leave and back in May. Please contact jane@company.test.',
  '不在にしております。お急ぎの場合は sato@kaisha.test までご連絡ください。',
  '',
])('somebody comes back: %s', (words) => {
  expect(leaverIn(words)).toEqual({ isGone: false, successor: null });
});

test('words of a megabyte are read at once', () => {
  const began = performance.now();
  for (const piece of ['A', 'Ab ', 'a@', 'a.', 'no longer ', 'van der ', ':', '\n'])
    leaverIn(`Tom is no longer with the company. Contact ${piece.repeat(1_000_000 / piece.length)}`);
  expect(performance.now() - began).toBeLessThan(2000);
});
