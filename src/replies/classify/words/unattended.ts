import { phrases } from './phrases.js';

/** Nobody reads what is sent to this address, it says of itself. */
export const isUnattended = phrases(
  '(?:this|the) …(?:mailbox|inbox|account|address|e-?mail address) is (?:not|un)(?: being)? ?(?:monitored|attended|checked|read|manned)',
  '(?:unmonitored|unattended|send-only|outgoing-only) …(?:mailbox|inbox|account|address)',
  '(?:cannot|can.t|can not) (?:receive|accept) (?:replies|incoming)',
  '(?:replies|responses|answers) to this (?:e-?mail|message|address|mailbox) …(?:are not|will not be|cannot be|go unread)',
  '(?:dieses? (?:postfach|adresse|e-?mail-?adresse|konto)|diese adresse) …nicht …(?:gelesen|überwacht|betreut|abgerufen)',
  '(?:antworten|rückantworten) …(?:an|auf) diese …(?:nicht gelesen|werden nicht|nicht bearbeitet)',
  "(?:cette (?:boîte|adresse)|cette adresse e-?mail) …n'est pas …(?:consultée|relevée|surveillée|lue)",
  '(?:este (?:buzón|correo)|esta (?:cuenta|dirección)) no …(?:atendid|supervisad|monitoread|revisad|recibe)',
  '(?:esta (?:caixa|conta)|este (?:e-?mail|endereço)) não …(?:monitorad|lida|verificad|recebe)',
  '(?:questa casella|questo indirizzo) non …(?:presidiat|monitorat|lett|abilitat|controllat)',
  '(?:deze (?:mailbox|postbus)|dit (?:postvak|e-?mailadres|adres)) wordt niet …(?:gelezen|gecontroleerd|beheerd)',
  '(?:denna|denne|dette|den här) …(?:brevlåda|postkasse|indbakke|adress\\S*|innboks\\S*) …(?:bevakas|overvåges|overvåkes|læses|leses|läses) …(?:inte|ikke)|(?:bevakas|overvåges|overvåkes|læses) (?:inte|ikke)',
  '(?:tätä|tähän) (?:postilaatikkoa|osoitetta|osoitteeseen) ei (?:lueta|seurata|valvota)',
  '(?:skrzynka|adres) …nie jest …(?:monitorowan|obsługiwan|odczytywan|sprawdzan)',
  '(?:schránka|adresa) není …(?:sledován|monitorován|čten)',
  '(?:ez a (?:postafiók|cím)) …nem …(?:figyel|olvas|fogad)',
  '(?:этот|данный) (?:ящик|адрес) не …(?:просматрива|отслежива|проверя|обслужива)',
  '(?:このアドレス|本メール)[^。]{0,30}(?:送信専用|返信[^。]{0,12}(?:できません|お答え))',
  '(?:此|本)(?:邮箱|郵箱|信箱)[^。]{0,12}(?:无人|無人|不接收|仅用于|僅用於)',
);

/** What was sent to it is not read and goes to nobody else, it says; whoever answers a mail has read it. */
export const isUnread = phrases(
  ...[
    'your (?:e-?mail|message|mail|letter) (?:has not been|was not|is not|will not be|has been neither|is neither|is not being) …(?:forwarded|read|redirected)(?: automatically)?',
    'ihre (?:e-?mail|nachricht|mail) (?:wird|wurde) (?:auch )?(?:nicht|weder) …(?:weitergeleitet|gelesen)',
    "votre (?:message|courriel|e-?mail) (?:n'a pas été|n'est pas|ne sera pas) …(?:transféré|transmis|lu|redirigé)",
    'su (?:mensaje|correo) no …(?:reenviado|leído|redirigido)',
    '(?:a sua|sua) (?:mensagem) não …(?:reencaminhada|encaminhada|lida)',
    '(?:il suo messaggio|la sua e-?mail|il suo indirizzo) non …(?:inoltrat[oa]|lett[oa])',
    '(?:uw|je) (?:e-?mail|bericht|mail) (?:wordt|werd|is) niet …(?:doorgestuurd|gelezen)',
    '(?:ditt|din|ert) (?:meddelande|mejl|mail|besked|e-?post) (?:vidarebefordras|videresendes|läses|læses|leses|blir) (?:inte|ikke)(?: vidarebefordrat| videresendt)?',
    'viestiäsi ei …(?:lueta|välitetä|ohjata)',
    '(?:państwa|twoja) wiadomość nie …(?:przekazan[ay]|przekazywana|odczytana)',
    '(?:vaše|váš) (?:zpráva|správa|e-?mail) ne(?:ní|byla|byl|bude|bola|bol) …(?:přeposlán[ao]?|předán[ao]?|čten[ao]?)',
    'ваше (?:письмо|сообщение) не (?:было |будет )?(?:переслано|перенаправлено|прочитано|пересылается)',
  ].map((sentence) => `${sentence}(?: ?[.!;)]|$)`),
);
