import { phrases } from './phrases.js';

/** The writer, or whose mailbox it was, has left for good. */
export const hasLeft = phrases(
  // English
  '(?:no longer|not) (?:work(?:s|ing)?|employed|with|at|part of|affiliated|associated) (?:at |for |with |by |in |here|of )?(?:the |our |this )?(?:company|organi[sz]ation|firm|agency|team|office|here|business|institution|ministry|department)',
  "(?:i|he|she|they|who) …(?:no longer|don't|do not) (?:work|works)\\b",
  '(?:is|am|are) no longer (?:with|employed|working|at)\\b',
  'longer (?:an employee|a member of staff|in (?:this|the) (?:position|post|role))',
  "(?:has|have|i've) (?:now |recently |since |already )?(?:left|retired from|departed(?: from)?|moved on from|resigned from) ",
  '(?:has|have) (?:now |recently |since |already )?retired\\b',
  'my last (?:working )?day (?:at|with|in|was)',
  'no longer (?:work|works|working|employed)\\b',
  // German
  'nicht (?:mehr|länger) (?:(?:bei|für|in|im|beim) …)?(?:tätig|beschäftigt|angestellt|im (?:unternehmen|hause?|amt)|arbeite|da\\b)',
  'arbeitet? nicht (?:mehr|länger)',
  '(?:unternehmen|firma|organisation|haus) (?:inzwischen |bereits )?verlassen',
  '(?:im|in den) ruhestand',
  'ausgeschieden',
  // French
  '(?:ne fait|fais|font) plus parti(?:e)? (?:de|du|des)',
  'ne (?:travaille|travaillent|suis|sera) plus …(?:chez|pour|à|au|dans|en poste|salarié|société)',
  '(?:a|ai|ayant) (?:définitivement )?quitté (?:l|la |le |notre |ses |mes |son )',
  '(?:à la|en) retraite',
  // Spanish, Portuguese, Italian
  'ya no (?:trabaj[ao]|forma|formo|pertenec|labora)',
  '(?:ha|he) dejado (?:de trabajar|la empresa|la organización|su puesto|mi puesto)',
  'já não (?:trabalh|faz|faço|exerç|se encontra)',
  'não (?:trabalh[ao]|faz|faço) mais',
  'deix(?:ou|ei) (?:de trabalhar|a empresa|a organização)',
  'non (?:lavor[ao]|fa|fanno|faccio|opera) più',
  'non è più (?:in forza|dipendente|impiegat|operativ|attiv|con noi)',
  "ha(?:nno)? lasciato (?:l'azienda|la società|il gruppo|l'organizzazione)",
  // Dutch, Nordic
  '(?:niet (?:meer|langer)) (?:werkzaam|in dienst|actief|werken|bij ons)',
  'werkt? niet (?:meer|langer)',
  '(?:uit dienst|met pensioen)',
  '(?:inte längre|ej längre|slutat|har slutat|arbetar inte)',
  '(?:ikke længere|ikke lenger|har sluttet|har slutta|er fratrådt|arbejder ikke|jobber ikke)',
  '(?:ei enää työskentele|en enää työskentele|e[in] ole enää|jäänyt eläkkeelle|eläkkeellä)',
  // Slavic, Baltic, Hungarian, Romanian, Greek, Turkish
  '(?:nie pracuj[eę] już|już nie pracuj|nie jest już pracownik|zakończył[a]? (?:pracę|współpracę))',
  '(?:již|už) ne(?:pracuj|ní|jsem)',
  '(?:už|viac) nepracuj',
  '(?:больше|уже) не (?:работа|являе)',
  'уволил',
  '(?:більше|вже) не працю',
  '(?:više ne radi|ne dela več|вече не работи)',
  '(?:vairs nestrādā|nebedirba|enam ei tööta)',
  '(?:már nem dolgozi|már nem a cég|távozott a cégtől)',
  'nu mai (?:lucre|face|sunt angajat)',
  '(?:δεν εργάζ\\S+ πλέον|δεν εργάζ\\S+ πια|έχει αποχωρήσει|έχω αποχωρήσει)',
  '(?:artık …çalışmı|ayrıl(?:mış|dı|mıştır)|emekli oldu)',
  // Asia
  '(?:退職(?:いたし|し|と)|離職|退任)',
  '(?:已(?:经|經)?(?:离职|離職|离开|離開|退休)|不再(?:任职|任職|就职|担任|擔任))',
  '(?:퇴사|퇴직|더 이상 (?:근무|재직))',
  '(?:כבר (?:לא|אינ)|אינ(?:ו|ה|ני)) (?:עוד )?(?:עובד|מועסק)',
  '(?:سיים|סיימתי|עזב|פרש)',
  '(?:لم يعد|لم اعد|ما عاد) …(?:يعمل|اعمل|تعمل|أعمل)',
  'دیگر …(?:کار|مشغول)',
  '(?:không còn làm việc|sudah tidak bekerja|ไม่ได้ทำงาน|अब काम नहीं)',
);

/** Whom to turn to instead. */
export const turnTo = phrases(
  '(?:contact|reach|e-?mail|write to|get in touch with|speak to|direct|address|forward|send|refer|replaced by|successor|replacement|taken over by|instead)',
  '(?:wenden|kontaktieren|nachfolg|kontakt|schreiben sie|übernommen|ansprechpartner)',
  '(?:contacter|adresser|adressez|écrire|remplac|successeur|joindre)',
  '(?:contact[ea]|contacto|dirij|dirigir|escrib|remplaz|reemplaz|sustitu|sucesor)',
  '(?:contat|dirig|escrev|substitu|sucessor)',
  '(?:contatt|rivolg|scriv|sostitu|successore)',
  '(?:contact opnemen|neem contact|opvolg|richten|wend u)',
  '(?:kontakta|kontakt|efterträd|vänd dig|henvend|efterfølg|etterfølg|ottakaa yhteyttä|yhteyttä|seuraaja)',
  '(?:kontakt|następc|proszę o kontakt|kontaktujte|obraťte|obráťte|nástupc)',
  '(?:обращ|связ|преемник|пишите|звертай|зверніть|наступник)',
  '(?:forduljon|keresse|utód|contactaț|adresaț|επικοινων|απευθυν|iletişim|başvur|ulaş)',
  '(?:後任|ご連絡|宛|联系|聯繫|聯絡|接任|接替|연락|후임|לפנות|ליצור קשר|מחליפ|التواصل|الاتصال|خلف|liên hệ|hubungi)',
);
