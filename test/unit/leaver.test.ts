import { expect, test } from '@jest/globals';
import { leaverIn } from '../../src/replies/classify/leaver.js';

test.each<[string, string, object | null]>([
  [
    'English, with an address',
    'I no longer work for Example plc. Please contact Jane Roe at Jane.Roe@company.example.',
    { name: 'Jane Roe', address: 'jane.roe@company.example' },
  ],
  [
    'English, with a post between name and address',
    'Tom Poe has left the company. For anything about safety, write to Jane Roe, our Head of Policy, at jane@company.example',
    { name: 'Jane Roe', address: 'jane@company.example' },
  ],
  [
    'English, a given name',
    'I have left the organisation. Please contact Jane at jane@company.example instead.',
    { name: 'Jane', address: 'jane@company.example' },
  ],
  [
    'English, below each other',
    'Tom is no longer with the company.\n\nPlease contact:\n\nJane Roe\njane@company.example',
    { name: 'Jane Roe', address: 'jane@company.example' },
  ],
  [
    'English, an address alone',
    'This person is no longer employed here. Please contact press@company.example.',
    { address: 'press@company.example' },
  ],
  ['English, a name alone', 'I have now retired. My successor is Ms Jane Roe.', { name: 'Jane Roe' }],
  ['English, nobody', 'Tom Poe has left the company. This mailbox is not read.', null],
  [
    'German',
    'Ich bin nicht mehr für die Beispiel AG tätig. Bitte wenden Sie sich an meine Nachfolgerin Frau Erika Muster (erika.muster@firma.example).',
    { name: 'Erika Muster', address: 'erika.muster@firma.example' },
  ],
  [
    'German, gone from the company',
    'Herr Max Muster hat das Unternehmen verlassen. Kontaktieren Sie bitte info@firma.example',
    { address: 'info@firma.example' },
  ],
  [
    'French',
    'Je ne fais plus partie de la société. Merci de contacter Jeanne Dupré : jeanne.dupre@societe.example',
    { name: 'Jeanne Dupré', address: 'jeanne.dupre@societe.example' },
  ],
  [
    'Spanish',
    'Ya no trabajo en la empresa. Por favor, contacte con Juana Pérez (juana@empresa.example).',
    { name: 'Juana Pérez', address: 'juana@empresa.example' },
  ],
  [
    'Portuguese',
    'Já não trabalho na empresa. Contacte a Joana da Silva em joana@empresa.example',
    { name: 'Joana da Silva', address: 'joana@empresa.example' },
  ],
  [
    'Italian',
    "Non lavoro più in azienda. Può rivolgersi a Gianna Rossi all'indirizzo gianna@azienda.example",
    { name: 'Gianna Rossi', address: 'gianna@azienda.example' },
  ],
  [
    'Dutch',
    'Ik ben niet meer werkzaam bij het bedrijf. Neem contact op met Jan van der Berg via jan@bedrijf.example',
    { name: 'Jan van der Berg', address: 'jan@bedrijf.example' },
  ],
  [
    'Swedish',
    'Jag arbetar inte längre på bolaget. Kontakta Anna Svensson på anna@bolag.example',
    { name: 'Anna Svensson', address: 'anna@bolag.example' },
  ],
  [
    'Danish',
    'Jeg er ikke længere ansat i virksomheden. Kontakt venligst Anne Hansen på anne@firma.example',
    { name: 'Anne Hansen', address: 'anne@firma.example' },
  ],
  [
    'Finnish',
    'En ole enää yrityksen palveluksessa. Ottakaa yhteyttä: Anna Virtanen, anna@yritys.example',
    { name: 'Anna Virtanen', address: 'anna@yritys.example' },
  ],
  [
    'Polish',
    'Nie pracuję już w firmie. Proszę o kontakt z Anną Kowalską: anna@firma.example',
    { name: 'Anną Kowalską', address: 'anna@firma.example' },
  ],
  [
    'Russian',
    'Я больше не работаю в компании. Обращайтесь к Анне Ивановой: anna@firma.example',
    { name: 'Анне Ивановой', address: 'anna@firma.example' },
  ],
  [
    'Turkish',
    'Artık şirkette çalışmıyorum. Lütfen Ayşe Yılmaz ile iletişime geçin: ayse@sirket.example',
    { name: 'Ayşe Yılmaz', address: 'ayse@sirket.example' },
  ],
  [
    'Japanese',
    '私は退職いたしました。後任の佐藤(sato@kaisha.example)までご連絡ください。',
    { address: 'sato@kaisha.example' },
  ],
  ['Chinese', '我已离职。请联系王芳:wang@gongsi.example', { address: 'wang@gongsi.example' }],
  [
    'Korean',
    '저는 퇴사하였습니다. 문의는 kim@hoesa.example 로 연락 바랍니다.',
    { address: 'kim@hoesa.example' },
  ],
  [
    'Arabic',
    'لم أعد أعمل في الشركة. يرجى التواصل مع mona@sharika.example',
    { address: 'mona@sharika.example' },
  ],
  ['Hebrew', 'אינני עובד עוד בחברה. ניתן לפנות אל dana@hevra.example', { address: 'dana@hevra.example' }],
])('somebody has left for good: %s', (_what, words, successor) => {
  expect(leaverIn(words)).toEqual({ isGone: true, successor });
});

test.each([
  'I am out of the office until 7 December. In urgent cases please contact Jane Roe at jane@company.example.',
  'Ich bin bis zum 7. Dezember nicht im Büro. Bitte wenden Sie sich an Erika Muster, erika@firma.example.',
  'Je suis absente du bureau jusqu’au 7 décembre. En cas d’urgence, contactez jeanne@societe.example.',
  'I am on parental leave and back in May. Please contact jane@company.example.',
  '不在にしております。お急ぎの場合は sato@kaisha.example までご連絡ください。',
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
